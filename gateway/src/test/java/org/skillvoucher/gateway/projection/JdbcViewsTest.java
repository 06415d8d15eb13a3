package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.projection.Views.Page;
import org.skillvoucher.gateway.projection.Views.Paging;
import org.skillvoucher.gateway.security.Caller.Scope;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcViewsTest {
  private static final Scope EVERYWHERE = new Scope.Everywhere();
  private static final List<String> REGIONS =
      List.of("990000", "990100", "990101", "990102", "990200", "370000", "371500");
  private static final List<CreditCode> INSTITUTIONS =
      List.of(
          ClassStory.creditCode("91990000MA0000001"), ClassStory.creditCode("91990000MA0000002"));
  private static final int CLASSES = 53;

  private final TestPool database = new TestPool();
  private final JdbcViews views = new JdbcViews(new Transactions(database.pool, Runnable::run));

  @BeforeAll
  void fill() {
    Random random = new Random(42);
    for (int n = 0; n < CLASSES; n++) {
      String id = "C" + Integer.toString(random.nextInt(1 << 30), 36) + "." + n;
      String institution = INSTITUTIONS.get(random.nextInt(2)).value();
      String region = REGIONS.get(random.nextInt(REGIONS.size()));
      String state = random.nextBoolean() ? "open" : "closed";
      database.execute(
          """
          INSERT INTO training_class VALUES
            (?, ?, ?, ?, '6-31-01-03', 4, 'title', '{}', '{}', 'then', NULL, NULL, 0, NULL)""",
          id,
          state,
          institution,
          region);
      database.execute(
          "INSERT INTO voucher VALUES (?, 'bound', NULL, ?, ?, '6-31-01-03', 4, now(), ?)",
          "V-" + id,
          ClassStory.person(n).value(),
          region,
          id);
      database.execute(
          "INSERT INTO evidence VALUES (?, ?, ?, ?, 'then', '{\"a\":1}', 'hash', ?)",
          "E-" + id,
          id,
          institution,
          region,
          n % 3 == 0 ? "parked" : "pending");
    }
    database.execute(
        """
        INSERT INTO receipt
        SELECT 'R' || n, (SELECT min(class_id) FROM training_class), n, 'p', 'L1', 'in', false,
          NULL, 'record', 'hash', n FROM generate_series(1, 123) n""");
  }

  @AfterAll
  void stop() {
    database.close();
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static Paging first(int limit) {
    return new Paging(Optional.empty(), limit);
  }

  /** Follows the cursors to the end. */
  private static <T> List<T> all(int limit, Function<Paging, CompletionStage<Page<T>>> list) {
    List<T> items = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<T> page = now(list.apply(new Paging(cursor, limit)));
      assertTrue(page.items().size() <= limit);
      assertTrue(page.nextCursor().isEmpty() || page.items().size() == limit);
      items.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return items;
  }

  @Test
  void pagesTogetherAreTheWholeListWhateverTheirLength() {
    Optional<String> any = Optional.empty();
    for (int limit : new int[] {1, 2, 7, CLASSES - 1, CLASSES, CLASSES + 1, 200}) {
      assertEquals(
          database.column("SELECT class_id FROM training_class ORDER BY class_id"),
          all(limit, paging -> views.classes(EVERYWHERE, any, paging)).stream()
              .map(Views.ClassRow::classId)
              .toList());
      assertEquals(
          database.column("SELECT voucher_id FROM voucher ORDER BY 1"),
          all(limit, paging -> views.vouchers(EVERYWHERE, any, paging)).stream()
              .map(Views.VoucherRow::voucherId)
              .toList());
      assertEquals(
          database.column("SELECT evidence_id FROM evidence ORDER BY 1"),
          all(limit, paging -> views.evidences(EVERYWHERE, Optional.empty(), any, paging)).stream()
              .map(Views.EvidenceRow::evidenceId)
              .toList());
    }
  }

  @Test
  void receiptsComeInTheOrderOfTheirChain() {
    ClassId classId = new ClassId(database.one("SELECT min(class_id) FROM training_class"));
    for (int limit : new int[] {1, 10, 123, 200}) {
      assertEquals(
          Stream.iterate(1L, n -> n + 1).limit(123).toList(),
          all(limit, paging -> views.receipts(classId, paging)).stream()
              .map(Views.ReceiptRow::sequence)
              .toList());
    }
  }

  @Test
  void whatIsAddedMeanwhileNeitherDoublesNorHidesAnything() {
    List<String> before = database.column("SELECT class_id FROM training_class ORDER BY 1");
    Page<Views.ClassRow> page = now(views.classes(EVERYWHERE, Optional.empty(), first(20)));
    String early = "A-earlier";
    try {
      database.execute(
          """
          INSERT INTO training_class
          SELECT ?, state, institution, region, occupation, level, title, filing, rules, filed_at
          FROM training_class LIMIT 1""",
          early);
      List<String> seen = new ArrayList<>();
      page.items().forEach(row -> seen.add(row.classId()));
      Optional<String> cursor = page.nextCursor();
      while (cursor.isPresent()) {
        page = now(views.classes(EVERYWHERE, Optional.empty(), new Paging(cursor, 20)));
        page.items().forEach(row -> seen.add(row.classId()));
        cursor = page.nextCursor();
      }
      assertEquals(before, seen);
    } finally {
      database.execute("DELETE FROM training_class WHERE class_id = ?", early);
    }
  }

  @Test
  void aCallerSeesWhatItsScopeCoversAndNothingElse() {
    List<Scope> scopes = new ArrayList<>(List.of(EVERYWHERE));
    REGIONS.forEach(code -> scopes.add(new Scope.InRegion(new RegionCode(code))));
    INSTITUTIONS.forEach(code -> scopes.add(new Scope.OfInstitution(code)));
    List<Views.ClassRow> every =
        all(200, paging -> views.classes(EVERYWHERE, Optional.empty(), paging));
    for (Scope scope : scopes) {
      Set<String> covered = new HashSet<>();
      for (Views.ClassRow row : every) {
        if (scope.covers(new CreditCode(row.institution()), new RegionCode(row.region()))) {
          covered.add(row.classId());
        }
      }
      assertEquals(
          covered,
          ids(
              all(9, paging -> views.classes(scope, Optional.empty(), paging)),
              row -> row.classId()));
      assertEquals(
          covered,
          ids(
              all(9, paging -> views.evidences(scope, Optional.empty(), Optional.empty(), paging)),
              row -> row.classId()));
      assertEquals(
          covered,
          ids(
              all(9, paging -> views.vouchers(scope, Optional.empty(), paging)),
              row -> row.classId().orElseThrow()));
    }
  }

  private static <T> Set<String> ids(List<T> rows, Function<T, String> id) {
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> ids.add(id.apply(row)));
    return ids;
  }

  @Test
  void aListCanBeOfOneStateOnly() {
    assertEquals(
        database.column("SELECT class_id FROM training_class WHERE state = 'open' ORDER BY 1"),
        all(5, paging -> views.classes(EVERYWHERE, Optional.of("open"), paging)).stream()
            .map(Views.ClassRow::classId)
            .toList());
    assertTrue(now(views.vouchers(EVERYWHERE, Optional.of("expired"), first(5))).items().isEmpty());
  }

  @Test
  void evidenceCanBeOfOneClassAndIsWholeOnlyByItself() {
    ClassId classId = new ClassId(database.one("SELECT min(class_id) FROM evidence"));
    Page<Views.EvidenceRow> page =
        now(views.evidences(EVERYWHERE, Optional.of(classId), Optional.empty(), first(5)));
    Views.EvidenceRow row = page.items().getFirst();
    assertEquals(1, page.items().size());
    assertEquals("", row.content());
    assertEquals("{\"a\":1}", now(views.evidence(row.evidenceId())).orElseThrow().content());
  }

  @Test
  void aReceiptIsFoundWithWhoseItIs() {
    Views.ReceiptRow row = now(views.receipt("R17")).orElseThrow();
    assertEquals(17, row.sequence());
    assertEquals("record", row.record());
    assertEquals(
        database.one("SELECT region FROM training_class ORDER BY class_id LIMIT 1"), row.region());
    assertFalse(now(views.receipt("R0")).isPresent());
  }

  @Test
  void onlyACursorOfTheSameListIsTaken() {
    Page<Views.ClassRow> page = now(views.classes(EVERYWHERE, Optional.empty(), first(1)));
    String ofClasses = page.nextCursor().orElseThrow();
    for (String bad :
        List.of(
            "",
            "x",
            "!!!",
            ofClasses + "=",
            ofClasses.substring(1),
            "a".repeat(5000),
            encoded("classes:'; DROP TABLE voucher"),
            encoded("vouchers:V1"))) {
      assertThrows(
          InvalidCursor.class,
          () -> views.classes(EVERYWHERE, Optional.empty(), new Paging(Optional.of(bad), 5)),
          bad);
    }
    assertThrows(
        InvalidCursor.class,
        () -> views.vouchers(EVERYWHERE, Optional.empty(), new Paging(Optional.of(ofClasses), 5)));
    assertThrows(
        InvalidCursor.class,
        () ->
            views.receipts(new ClassId("C1"), new Paging(Optional.of(encoded("receipts:one")), 5)));
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aPageHasOneToTwoHundredItems() {
    for (int limit : new int[] {0, -1, 201}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> views.classes(EVERYWHERE, Optional.empty(), first(limit)));
    }
  }
}
