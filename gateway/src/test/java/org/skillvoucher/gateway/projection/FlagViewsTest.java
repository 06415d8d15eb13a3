package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;
import static org.skillvoucher.gateway.flag.FlaggedClass.person;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.flag.FlaggedClass;
import org.skillvoucher.gateway.flag.FlaggedClass.Way;
import org.skillvoucher.gateway.flag.FlagsFixture;
import org.skillvoucher.gateway.projection.Views.FlagFilter;
import org.skillvoucher.gateway.projection.Views.FlagRow;
import org.skillvoucher.gateway.projection.Views.Page;
import org.skillvoucher.gateway.projection.Views.Paging;
import org.skillvoucher.gateway.security.Caller.Scope;

/** What people decide of flags, and how flags are listed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FlagViewsTest {
  private static final Scope EVERYWHERE = new Scope.Everywhere();
  private static final FlagFilter ANY =
      new FlagFilter(Optional.empty(), Optional.empty(), Optional.empty());
  private static final Instant NOON = NINE.plus(Duration.ofHours(3));

  private final FlagsFixture flags = new FlagsFixture();
  private final JdbcViews views =
      new JdbcViews(new Transactions(flags.database.pool, Runnable::run));

  @BeforeEach
  void empty() {
    flags.empty();
  }

  @AfterAll
  void stop() {
    flags.close();
  }

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static Instant at(int minutes) {
    return NINE.plus(Duration.ofMinutes(minutes));
  }

  /** Persons 1 to 3 stayed too short, and their teacher never came. */
  private static FlaggedClass held(String id) {
    FlaggedClass one = new FlaggedClass(id, 2).scheduled(lesson("L1", NINE, 90));
    for (int n = 1; n <= 3; n++) {
      one.in(n, "L1", at(50 + n)).out(n, "L1", at(80 + n));
    }
    return one.later(at(90));
  }

  private String idOf(int person) {
    return flags.database.one("SELECT flag_id FROM flag WHERE person = ?", person(person));
  }

  private FlagRow row(String flagId) {
    return now(views.flag(flagId)).orElseThrow();
  }

  @Test
  void aFlagIsReadWithEverythingThatExplainsIt() {
    flags.apply(held("C1"));
    FlagRow row = row(idOf(2));
    assertEquals("stay_short", row.kind());
    assertEquals(2, row.level());
    assertEquals("C1", row.classId());
    assertEquals("990101", row.region());
    assertEquals(Optional.of("L1"), row.lesson());
    assertEquals(Optional.of(person(2)), row.person());
    assertEquals(Optional.empty(), row.device());
    assertEquals(at(82), row.raisedAt());
    assertEquals("open", row.state());
    assertEquals(Optional.empty(), row.decidedBy());
    assertTrue(row.facts().contains("\"stayedMinutes\":30"), row.facts());
    assertTrue(now(views.flag("F0")).isEmpty());
  }

  @Test
  void aFlagHasWhoDecidedItWhenAndWhy() {
    FlaggedClass one = held("C1");
    flags.apply(one);
    flags.apply(one.decided(idOf(1), true, NOON).decided(idOf(2), false, NOON.plusSeconds(1)));
    FlagRow confirmed = row(idOf(1));
    assertEquals("confirmed", confirmed.state());
    assertEquals(Optional.of("T9"), confirmed.decidedBy());
    assertEquals(Optional.of("looked at it"), confirmed.reason());
    assertEquals(Optional.of(NOON), confirmed.decidedAt());
    assertEquals("dismissed", row(idOf(2)).state());
    assertEquals("open", row(idOf(3)).state());
  }

  @Test
  void theLastDecisionCountsAndComesAgainWithoutHarm() {
    FlaggedClass one = held("C1");
    flags.apply(one);
    flags.apply(one.decided(idOf(1), true, NOON).decided(idOf(1), false, NOON.plusSeconds(1)));
    flags.apply(one);
    assertEquals("dismissed", row(idOf(1)).state());
  }

  @Test
  void whatIsFoundAfterADecisionDoesNotUndoIt() {
    FlaggedClass one = held("C1");
    flags.apply(one);
    flags.apply(one.decided(idOf(1), true, NOON).decided(idOf(2), false, NOON));
    Way batch = Way.KIOSK.arriving(NOON.plusSeconds(60));
    // In from the beginning after all, and longer away than was known.
    one.aside(1, "L1", Act.IN, at(0), batch, "repeated");
    one.aside(2, "L1", Act.OUT, at(85), batch, "repeated");
    flags.apply(one);
    assertEquals("confirmed", row(idOf(1)).state());
    assertEquals("dismissed", row(idOf(2)).state());
    assertTrue(row(idOf(2)).facts().contains("\"stayedMinutes\":33"), row(idOf(2)).facts());
  }

  @Test
  void aClassDecidesOfItsOwnFlagsOnly() {
    flags.apply(held("C1"));
    flags.apply(new FlaggedClass("C2", 1).decided(idOf(1), false, NOON).decided("F0", true, NOON));
    assertEquals("open", row(idOf(1)).state());
  }

  private List<String> listed(FlagFilter filter) {
    return now(views.flags(EVERYWHERE, filter, new Paging(Optional.empty(), 200))).items().stream()
        .map(row -> row.kind() + " " + row.classId() + " " + row.state())
        .sorted()
        .toList();
  }

  private static FlagFilter filter(String classId, String kind, String state) {
    return new FlagFilter(
        Optional.of(classId).filter(id -> !id.isEmpty()).map(ClassId::new),
        Optional.of(kind).filter(word -> !word.isEmpty()),
        Optional.of(state).filter(word -> !word.isEmpty()));
  }

  @Test
  void flagsAreListedByClassKindAndState() {
    FlaggedClass one = held("C1");
    flags.apply(one, held("C2"));
    flags.apply(one.decided(flags.one("flag_id", "teacher_absent", "C1"), true, NOON));
    assertEquals(14, listed(ANY).size()); // all three are in two classes at once, too
    assertEquals(7, listed(filter("C2", "", "")).size());
    assertEquals(
        List.of("teacher_absent C1 confirmed", "teacher_absent C2 open"),
        listed(filter("", "teacher_absent", "")));
    assertEquals(
        List.of("teacher_absent C1 confirmed"),
        listed(filter("C1", "teacher_absent", "confirmed")));
    assertEquals(List.of(), listed(filter("C2", "", "cleared")));
  }

  @Test
  void pagesTogetherAreTheWholeList() {
    flags.apply(held("C1"), held("C2"));
    List<String> whole = flags.database.column("SELECT flag_id FROM flag ORDER BY flag_id");
    for (int limit : new int[] {1, 4, 5, 200}) {
      List<String> found = new ArrayList<>();
      Optional<String> cursor = Optional.empty();
      do {
        Page<FlagRow> page = now(views.flags(EVERYWHERE, ANY, new Paging(cursor, limit)));
        page.items().forEach(row -> found.add(row.flagId()));
        cursor = page.nextCursor();
      } while (cursor.isPresent());
      assertEquals(whole, found);
    }
    Optional<String> other = Optional.of(new PageCursor("classes", "C1").encoded());
    assertThrows(InvalidCursor.class, () -> views.flags(EVERYWHERE, ANY, new Paging(other, 5)));
  }

  private int seenBy(Scope scope) {
    return now(views.flags(scope, ANY, new Paging(Optional.empty(), 200))).items().size();
  }

  @Test
  void aCallerSeesTheFlagsOfTheirOwnClasses() {
    flags.apply(held("C1"));
    assertEquals(4, seenBy(EVERYWHERE));
    assertEquals(4, seenBy(new Scope.OfInstitution(ClassStory.creditCode("91990000MA0000001"))));
    assertEquals(0, seenBy(new Scope.OfInstitution(ClassStory.creditCode("91990000MA0000002"))));
    assertEquals(4, seenBy(new Scope.InRegion(new RegionCode("990100"))));
    assertEquals(0, seenBy(new Scope.InRegion(new RegionCode("990200"))));
  }
}
