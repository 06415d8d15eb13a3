package org.skillvoucher.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.evidence.AttendanceEvidence;
import org.skillvoucher.domain.evidence.EvidenceNotes;
import org.skillvoucher.domain.evidence.EvidenceReceipt;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.projection.ClassStory;
import org.skillvoucher.gateway.projection.JdbcViews;
import org.skillvoucher.gateway.projection.TestPool;
import org.skillvoucher.gateway.projection.Views;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassEvidenceTest {
  private static final Instant CORRECTED = Instant.parse("2026-07-01T00:00:00Z");

  private final ClassEvidence evidence = new ClassEvidence(ClassStory::digest);
  private final TestPool database = new TestPool();
  private final ActorTestKit kit = ActorTestKit.create();
  private final Transactions transactions = new Transactions(database.pool, Runnable::run);
  private final Views views = new JdbcViews(transactions);
  private final VoucherOutcomes outcomes = new VoucherOutcomes(kit.system(), transactions);

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
    database.close();
  }

  @BeforeEach
  void empty() {
    emptyReadModels();
    database.execute("TRUNCATE evidence");
  }

  private void emptyReadModels() {
    database.execute(
        "TRUNCATE applied, voucher, training_class, enrolment, lesson, receipt, set_aside,"
            + " spot_check, correction, timetable_change");
  }

  /** False when the read models lag. */
  private boolean write(ClassStory story) {
    FeedEnvelope last = story.feed().getLast();
    if (!(last.event() instanceof ClassEvent.Closed closed)) {
      throw new IllegalStateException("not closed");
    }
    try {
      return Sql.inTransaction(
          database.pool,
          connection ->
              evidence.write(connection, new ClassId(story.id), last.sequenceNr(), closed));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void applyAndWrite(ClassStory story) {
    database.apply(story.feed());
    assertTrue(write(story));
  }

  /** Some come, some leave early, some are late, some never come. */
  private static ClassStory attended(String id, long seed) {
    Random random = new Random(seed);
    int people = 1 + random.nextInt(6);
    int lessons = 1 + random.nextInt(4);
    ClassStory story = new ClassStory(id).opened(people, lessons);
    for (int lesson = 0; lesson < lessons; lesson++) {
      List<Integer> present = new ArrayList<>();
      for (int person = 0; person < people; person++) {
        if (random.nextInt(5) > 0) {
          story.scanned(person, lesson, Act.IN, random.nextInt(50) - 25);
          present.add(person);
        }
      }
      for (int person : present) {
        if (random.nextInt(5) > 0) {
          story.scanned(person, lesson, Act.OUT, random.nextInt(50) - 10);
        }
      }
    }
    return story;
  }

  /** The same with checks, corrections, and devices without a line. */
  private static ClassStory supervised(String id, long seed) {
    Random random = new Random(seed);
    int people = 2 + random.nextInt(5);
    int lessons = 2 + random.nextInt(3);
    ClassStory story = new ClassStory(id).opened(people, lessons);
    for (int lesson = 0; lesson < lessons; lesson++) {
      boolean checked = random.nextBoolean();
      if (checked) {
        story.checkCalled(lesson, 30);
      }
      for (int person = 0; person < people; person++) {
        int minutes = random.nextInt(40) - 20;
        switch (random.nextInt(4)) {
          case 0 -> story.scannedOffline(person, lesson, Act.IN, minutes);
          case 1 -> {
            // The second tap shows that who came late had been there in time.
            story.scanned(person, lesson, Act.IN, 15);
            story.scannedOffline(person, lesson, Act.IN, random.nextInt(15));
          }
          case 2 -> story.scanned(person, lesson, Act.IN, minutes);
          default -> {
            continue;
          }
        }
        if (checked && random.nextBoolean()) {
          story.scanned(person, lesson, Act.CHECK, 35 - 90 - lesson);
        }
        if (random.nextInt(4) > 0) {
          story.scanned(person, lesson, Act.OUT, random.nextInt(50) - 10);
        } else if (random.nextBoolean()) {
          story.scannedOffline(person, lesson, Act.OUT, random.nextInt(50) - 10);
        }
      }
    }
    for (int n = random.nextInt(12); n > 0; n--) {
      // Within one second, some of them at the same time.
      Instant decidedAt = CORRECTED.plusNanos(random.nextInt(4) * 250_000_500L);
      story.corrected(
          "K" + (char) ('A' + random.nextInt(20)) + n,
          random.nextInt(people),
          random.nextInt(lessons),
          random.nextBoolean() ? Correction.Kind.BACK_FILL : Correction.Kind.AMENDMENT,
          random.nextInt(4) > 0,
          decidedAt);
    }
    return story;
  }

  /** From the state and the events alone, without any table. */
  private static AttendanceEvidence fromTheDomain(ClassStory story) {
    if (!(story.state() instanceof ClassState.Closed closed)) {
      throw new IllegalStateException("not closed");
    }
    List<EvidenceReceipt> receipts = new ArrayList<>();
    List<Mark> marks = new ArrayList<>();
    for (ScanLedger.Entry entry : closed.ledger().entries()) {
      var attended =
          (ClassEvent.Attended) story.events.get(Math.toIntExact(entry.eventNumber()) - 1);
      receipts.add(
          new EvidenceReceipt(
              attended.receipt().id(),
              attended.receipt().sequence(),
              attended.receipt().payloadHash(),
              attended.scan().person(),
              attended.scan().lesson(),
              attended.scan().act(),
              entry.late(),
              attended.voucher()));
      marks.add(
          new Mark(
              attended.scan().person(),
              attended.scan().lesson(),
              attended.scan().act(),
              entry.late(),
              attended.verification().online(),
              new Mark.Origin(
                  false, false, attended.circumstances().map(Circumstances::site).orElse(""))));
    }
    AttendanceSheet sheet =
        AttendanceSheet.of(
            closed.plan().timetable().lessons(),
            closed.plan().roster().people(),
            new AttendanceSheet.Input(
                marks,
                approved(closed),
                closed.supervision().spotChecks().keySet(),
                captured(story),
                Integer.MAX_VALUE),
            closed.plan().rules().attendance());
    return new AttendanceEvidence(
        new ClassId(story.id),
        closed.plan().filing(),
        closed.plan().rules().pack(),
        closed.plan().approvedAt(),
        story.events.getLast().at(),
        sheet,
        receipts,
        closed.chain().lastPayloadHash(),
        EvidenceNotes.NONE);
  }

  /** Captured, and not verified or answered otherwise since. */
  private static List<AttendanceSheet.Captured> captured(ClassStory story) {
    Map<String, AttendanceSheet.Captured> byStatement = new HashMap<>();
    for (ClassEvent event : story.events) {
      if (event instanceof ClassEvent.Quarantined aside && aside.person().isPresent()) {
        String statement = aside.statement().device() + "/" + aside.statement().counter();
        if (aside.reason().equals(ClassEvent.Quarantined.CAPTURED)) {
          byStatement.put(
              statement, new AttendanceSheet.Captured(aside.person().get(), aside.lesson()));
        } else {
          byStatement.remove(statement);
        }
      } else if (event instanceof ClassEvent.Attended attended) {
        byStatement.remove(
            attended.scan().statement().device() + "/" + attended.scan().statement().counter());
      }
    }
    return List.copyOf(byStatement.values());
  }

  private static List<AttendanceSheet.Corrected> approved(ClassState.Closed closed) {
    return closed.supervision().corrections().stream()
        .filter(Correction::isApproved)
        .sorted(
            Comparator.comparing(
                    (Correction correction) -> correction.decision().orElseThrow().at())
                .thenComparing(Correction::id))
        .map(
            correction ->
                new AttendanceSheet.Corrected(
                    correction.person(),
                    correction.lesson(),
                    correction.kind() == Correction.Kind.BACK_FILL))
        .toList();
  }

  private Views.EvidenceRow evidence(String id) {
    return views.evidence(id).toCompletableFuture().join().orElseThrow();
  }

  @Test
  void theEvidenceOfAClosedClassIsWhatTheDomainComputes() {
    for (int seed = 0; seed < 25; seed++) {
      ClassStory story = attended("C" + seed, seed).closed();
      applyAndWrite(story);
      AttendanceEvidence expected = fromTheDomain(story);
      Views.EvidenceRow row = evidence("E-C" + seed);
      assertEquals(expected.content(), row.content(), "seed " + seed);
      assertEquals(expected.contentHash(ClassStory::digest), row.contentHash());
      assertEquals("pending", row.state());
      assertEquals(0, row.attempts());
      assertEquals(story.institution.value(), row.institution());
      assertEquals(story.region.value(), row.region());
    }
  }

  @Test
  void whatPeopleAddedAndWhatCameOfflineIsCountedAsTheDomainCounts() {
    for (int seed = 0; seed < 60; seed++) {
      ClassStory story = supervised("C" + seed, seed).closed();
      applyAndWrite(story);
      assertEquals(
          fromTheDomain(story).content(), evidence("E-C" + seed).content(), "seed " + seed);
    }
  }

  @Test
  void vouchersOfThoseWhoCompletedAreCompletedAndNoOthers() {
    int vouchers = 0;
    for (int seed = 0; seed < 40; seed++) {
      ClassStory story = supervised("C" + seed, seed);
      Random random = new Random(seed);
      story.withdrawn(random.nextInt(2));
      story.closed();
      applyAndWrite(story);
      List<VoucherId> expected = completedByTheDomain(story);
      assertEquals(expected, vouchers(story), "seed " + seed);
      vouchers += expected.size();
    }
    assertTrue(vouchers > 20, vouchers + " vouchers");
  }

  @Test
  void aVoucherKnownToBeCompletedIsNotCompletedAgain() {
    ClassStory story = new ClassStory("C1").opened(1, 1);
    story.scanned(0, 0, Act.IN, 0).scanned(0, 0, Act.OUT, 0).closed();
    applyAndWrite(story);
    VoucherId voucher = vouchers(story).getFirst();
    database.execute(
        """
        INSERT INTO voucher
          (voucher_id, state, holder, region, occupation, level, expires_at)
        VALUES (?, 'completed', 'h', 'r', 'o', 1, now())""",
        voucher.value());
    assertEquals(List.of(), vouchers(story));
  }

  private List<VoucherId> vouchers(ClassStory story) {
    return outcomes(story).stream()
        .filter(VoucherOutcomes.Outcome::completed)
        .map(VoucherOutcomes.Outcome::voucher)
        .sorted(Comparator.comparing(VoucherId::value))
        .toList();
  }

  private List<VoucherOutcomes.Outcome> outcomes(ClassStory story) {
    return outcomes.of(new ClassId(story.id), story.events.size()).toCompletableFuture().join();
  }

  private static List<VoucherId> completedByTheDomain(ClassStory story) {
    if (!(story.state() instanceof ClassState.Closed closed)) {
      throw new IllegalStateException("not closed");
    }
    return fromTheDomain(story).sheet().rows().stream()
        .filter(AttendanceSheet.Row::completed)
        .flatMap(row -> closed.plan().roster().voucherOf(row.person()).stream())
        .sorted(Comparator.comparing(VoucherId::value))
        .toList();
  }

  @Test
  void theSheetOfARunningClassIsTheDomainsToo() {
    ClassStory story = attended("C1", 7);
    database.apply(story.feed());
    AttendanceSheet early =
        views.wholeSheet(new ClassId("C1")).toCompletableFuture().join().orElseThrow().sheet();
    story.closed();
    assertEquals(fromTheDomain(story).sheet(), early);
  }

  @Test
  void aClassWithoutReceiptsHasEvidenceToo() {
    applyAndWrite(new ClassStory("C1").opened(2, 1).closed());
    assertTrue(evidence("E-C1").content().contains("\"receipts\":[]"));
  }

  @Test
  void whileTheReadModelsLagBehindTheEndOfTheClassThereIsNoEvidence() {
    ClassStory story = attended("C1", 3).closed();
    List<FeedEnvelope> feed = story.feed();
    database.apply(feed.subList(0, feed.size() - 1));
    assertFalse(write(story));
    assertEquals("0", database.one("SELECT count(*) FROM evidence"));
    database.apply(feed);
    assertTrue(write(story));
  }

  @Test
  void aReceiptThatIsMissingStopsTheEvidence() {
    ClassStory story = attended("C1", 3).closed();
    database.apply(story.feed());
    database.execute("DELETE FROM receipt WHERE sequence = 2");
    assertThrows(IllegalStateException.class, () -> write(story));
    assertEquals("0", database.one("SELECT count(*) FROM evidence"));
  }

  @Test
  void anotherLastReceiptThanTheClassNamesStopsTheEvidence() {
    ClassStory story = attended("C1", 3).closed();
    database.apply(story.feed());
    database.execute(
        "UPDATE receipt SET payload_hash = 'x' WHERE sequence = (SELECT max(sequence) FROM receipt)");
    assertThrows(IllegalStateException.class, () -> write(story));
  }

  @Test
  void evidenceThatExistsStaysAsItIs() {
    ClassStory story = attended("C1", 5).closed();
    applyAndWrite(story);
    database.execute(
        "UPDATE evidence SET state = 'delivered', acknowledgement = '{}', content_hash = 'before'");
    String row = database.one("SELECT xmin || evidence::text FROM evidence");
    assertTrue(write(story));
    emptyReadModels();
    assertTrue(write(story));
    assertEquals(row, database.one("SELECT xmin || evidence::text FROM evidence"));
  }

  @Test
  void anUnknownClassHasNoSheet() {
    assertFalse(views.wholeSheet(new ClassId("nobody")).toCompletableFuture().join().isPresent());
  }
}
