package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.evidence.AttendanceEvidence;
import org.skillvoucher.domain.evidence.EvidenceReceipt;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvidenceOfClosedClassesTest {
  private static final Instant CORRECTED = Instant.parse("2026-07-01T00:00:00Z");

  private final EventTables tables = new EventTables(ClassStory::digest);
  private final TestPool database = new TestPool();
  private final Views views = new JdbcViews(new Transactions(database.pool, Runnable::run));

  @AfterAll
  void stop() {
    database.close();
  }

  @BeforeEach
  void empty() {
    emptyReadModels();
    database.execute("TRUNCATE evidence");
  }

  private void emptyReadModels() {
    database.execute(
        """
        TRUNCATE applied, voucher, training_class, enrolment, lesson, receipt, set_aside,
          spot_check, correction, timetable_change""");
  }

  private void apply(List<FeedEnvelope> feed) {
    try {
      Sql.inTransaction(
          database.pool,
          connection -> {
            for (FeedEnvelope envelope : feed) {
              tables.apply(connection, List.of(envelope));
            }
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
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
              attended.verification().online()));
    }
    AttendanceSheet sheet =
        AttendanceSheet.of(
            closed.plan().timetable().lessons(),
            closed.plan().roster().people(),
            new AttendanceSheet.Input(
                marks, approved(closed), closed.supervision().spotChecks().keySet()),
            closed.plan().rules().attendance());
    assertEquals(
        closed.sheet().rows().stream().map(AttendanceSheet.Row::completed).toList(),
        sheet.rows().stream().map(AttendanceSheet.Row::completed).toList());
    return new AttendanceEvidence(
        new ClassId(story.id),
        closed.plan().filing(),
        closed.plan().rules().pack(),
        closed.plan().approvedAt(),
        story.events.getLast().at(),
        sheet,
        receipts,
        closed.chain().lastPayloadHash());
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
      apply(story.feed());
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
      apply(story.feed());
      assertEquals(
          fromTheDomain(story).content(), evidence("E-C" + seed).content(), "seed " + seed);
    }
  }

  @Test
  void theSheetOfARunningClassIsTheDomainsToo() {
    ClassStory story = attended("C1", 7);
    apply(story.feed());
    AttendanceSheet early =
        views.wholeSheet(new ClassId("C1")).toCompletableFuture().join().orElseThrow().sheet();
    story.closed();
    assertEquals(fromTheDomain(story).sheet(), early);
  }

  @Test
  void aClassWithoutReceiptsHasEvidenceToo() {
    apply(new ClassStory("C1").opened(2, 1).closed().feed());
    assertTrue(evidence("E-C1").content().contains("\"receipts\":[]"));
  }

  @Test
  void aReceiptThatIsMissingStopsTheEvidence() {
    ClassStory story = attended("C1", 3);
    apply(story.feed());
    database.execute("DELETE FROM receipt WHERE sequence = 2");
    List<FeedEnvelope> feed = story.closed().feed();
    assertThrows(IllegalStateException.class, () -> apply(feed));
    assertEquals("0", database.one("SELECT count(*) FROM evidence"));
    assertEquals("open", database.one("SELECT state FROM training_class"));
  }

  @Test
  void anotherLastReceiptThanTheClassNamesStopsTheEvidence() {
    ClassStory story = attended("C1", 3);
    apply(story.feed());
    database.execute(
        """
        UPDATE receipt SET payload_hash = 'other'
        WHERE sequence = (SELECT max(sequence) FROM receipt)""");
    List<FeedEnvelope> feed = story.closed().feed();
    assertThrows(IllegalStateException.class, () -> apply(feed));
  }

  @Test
  void readModelsFilledAnewLeaveWhatWasDeliveredAsItIs() {
    ClassStory story = attended("C1", 5).closed();
    apply(story.feed());
    database.execute("UPDATE evidence SET state = 'delivered', acknowledgement = '{}'");
    emptyReadModels();
    apply(story.feed());
    assertEquals("delivered", evidence("E-C1").state());
  }

  @Test
  void readModelsFilledAnewMustGiveTheSameEvidence() {
    ClassStory story = attended("C1", 5).closed();
    apply(story.feed());
    database.execute("UPDATE evidence SET content_hash = 'other'");
    emptyReadModels();
    assertThrows(IllegalStateException.class, () -> apply(story.feed()));
  }

  @Test
  void anUnknownClassHasNoSheet() {
    assertFalse(views.wholeSheet(new ClassId("nobody")).toCompletableFuture().join().isPresent());
  }
}
