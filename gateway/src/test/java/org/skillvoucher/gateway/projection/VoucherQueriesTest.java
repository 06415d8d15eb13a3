package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherPlaces;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.security.Caller;

/** The vouchers of a person: those that exist, and those that may yet be bound. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VoucherQueriesTest {
  private static final PersonPseudonym LI = ClassStory.person(1);
  private static final PersonPseudonym WANG = ClassStory.person(2);
  private static final RegionCode REGION = new RegionCode("990100");
  private static final OccupationCode CARER = new OccupationCode("4-10-01-05");

  /** The last second of 2025 in Shanghai, and the first of 2026. */
  private static final Instant LAST = Instant.parse("2025-12-31T15:59:59Z");

  private static final Instant NEXT = Instant.parse("2025-12-31T16:00:00Z");

  private final TestPool database = new TestPool();
  private final Views views = new JdbcViews(new Transactions(database.pool, Runnable::run));

  @AfterAll
  void stop() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.execute("TRUNCATE applied, voucher, event_journal");
  }

  @Test
  void aPersonsVouchersOfAKindAreThoseOfTheYearInShanghai() {
    issued("V1", LI, LAST);
    issued("V2", LI, NEXT);
    issued("V3", WANG, NEXT);
    assertEquals(Map.of(LI, List.of(new VoucherId("V1"))), ofKind(2025));
    assertEquals(
        Map.of(LI, List.of(new VoucherId("V2")), WANG, List.of(new VoucherId("V3"))), ofKind(2026));
    assertEquals(Map.of(), ofKind(2027));
  }

  @Test
  void aVoucherWhoseYearIsNotKnownCountsInEachYearUntilTheJournalSaysIt() throws Exception {
    issued("V1", LI, LAST);
    database.execute("UPDATE voucher SET issued_at = NULL");
    assertEquals(1, ofKind(2026).size());
    database.execute(
        """
        INSERT INTO event_journal
          (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
           event_ser_manifest, event_payload)
        VALUES ('voucher|V1', 1, 'w', 1, 1, 'voucher.issued/1', convert_to(?, 'UTF8'))""",
        Files.readString(
            Path.of("src/test/resources/golden/voucher.issued-1.json"), StandardCharsets.UTF_8));
    database.execute(update());
    assertEquals(0, ofKind(2026).size());
    assertEquals(1, ofKind(2025).size());
  }

  /** The statement of the migration that dates the vouchers there are. */
  private static String update() throws Exception {
    String migration =
        Files.readString(TestPostgres.configFolder().resolve("migrations/V011__vouchers.sql"));
    return Arrays.stream(migration.split(";"))
        .filter(statement -> statement.contains("UPDATE voucher"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void onlyVouchersThatMayYetBeBoundAreOfferedAndOnlyWithinTheCallersScope() {
    issued("V1", LI, NEXT);
    issued("V2", LI, NEXT, new VoucherEvent.Claimed(NEXT));
    issued("V3", LI, NEXT, new VoucherEvent.Voided("gone", NEXT));
    issued("V4", WANG, NEXT);
    assertEquals(List.of("V1", "V2"), toBind(new Caller.Scope.Everywhere()));
    assertEquals(List.of("V1", "V2"), toBind(region("990000")));
    assertEquals(List.of(), toBind(region("370000")));
    assertEquals(
        List.of(), toBind(new Caller.Scope.OfInstitution(new CreditCode("52990101MA00XY0180"))));
  }

  @Test
  void thePlacesOfAVoucherAreReadAsTheyWereIssued() {
    var places = new VoucherPlaces(List.of(new RegionCode("990101")), List.of());
    var terms = new VoucherTerms(LI, REGION, CARER, 5, NEXT.plusSeconds(3600), Optional.of(places));
    database.apply(
        List.of(ClassStory.envelope("voucher|V1", 1, new VoucherEvent.Issued(terms, NEXT))));
    assertEquals(
        Optional.of(places),
        joined(views.vouchersToBind(new Caller.Scope.Everywhere(), LI)).getFirst().places());
  }

  private List<String> toBind(Caller.Scope scope) {
    return joined(views.vouchersToBind(scope, LI)).stream()
        .map(Views.VoucherRow::voucherId)
        .toList();
  }

  private Map<PersonPseudonym, List<VoucherId>> ofKind(int year) {
    return joined(
        views.vouchersOf(new Views.VoucherKind(REGION, CARER, 5, year), List.of(LI, WANG)));
  }

  private void issued(String id, PersonPseudonym holder, Instant at, VoucherEvent... more) {
    var terms = new VoucherTerms(holder, REGION, CARER, 5, at.plusSeconds(3600));
    List<FeedEnvelope> feed = new ArrayList<>();
    feed.add(ClassStory.envelope("voucher|" + id, 1, new VoucherEvent.Issued(terms, at)));
    for (VoucherEvent event : more) {
      feed.add(ClassStory.envelope("voucher|" + id, feed.size() + 1L, event));
    }
    database.apply(feed);
  }

  private static Caller.Scope region(String code) {
    return new Caller.Scope.InRegion(new RegionCode(code));
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
