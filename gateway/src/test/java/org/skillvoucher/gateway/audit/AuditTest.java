package org.skillvoucher.gateway.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.audit.AuditReport.Difference;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.projection.TestPool;
import org.skillvoucher.gateway.security.Caller;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTest {
  private static final Instant AT = Instant.parse("2026-05-01T00:00:00Z");

  private final TestPool database = new TestPool();

  @AfterAll
  void stop() {
    database.close();
  }

  /** Three entities of 1, 2 and 3 events, all applied, all written long ago. */
  @BeforeEach
  void fill() {
    database.execute("TRUNCATE event_journal, applied, training_class CASCADE");
    database.execute(
        """
        INSERT INTO event_journal
          (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
           event_ser_manifest, event_payload)
        SELECT 'class|C' || e, n, 'w', 1000, 1, 'm', ''
        FROM generate_series(1, 3) e, generate_series(1, e) n""");
    database.execute(
        "INSERT INTO applied SELECT 'class|C' || e, e, e FROM generate_series(1, 3) e");
  }

  private AuditReport report() {
    return report(new Caller.Scope.Everywhere());
  }

  private AuditReport report(Caller.Scope scope) {
    var transactions = new Transactions(database.pool, Runnable::run);
    return JournalAudit.of(transactions, InstantSource.fixed(AT))
        .run(scope)
        .toCompletableFuture()
        .join();
  }

  private PeriodicAudit periodic(Duration settle) {
    return PeriodicAudit.start(database.pool, Duration.ofHours(1), settle, InstantSource.fixed(AT));
  }

  @Test
  void whatAgreesIsCountedAndNothingDiffers() {
    assertEquals(new AuditReport(AT, 6, 6, 3, List.of()), report());
  }

  @Test
  void aCallerOfARegionOrAnInstitutionIsToldOfItsOwnEntitiesOnly() {
    database.execute(
        """
        INSERT INTO training_class
          (class_id, state, institution, region, occupation, level, title, filing, rules, filed_at)
        SELECT 'C' || e, 'open', CASE e WHEN 1 THEN '52990101MA00XY0180' ELSE 'another' END, '99010' || e, 'o', 1, 't', '{}', '{}', ''
        FROM generate_series(1, 3) e""");
    database.execute("DELETE FROM applied WHERE persistence_id = 'class|C3'");

    assertEquals(new AuditReport(AT, 2, 2, 1, List.of()), report(region("990102")));
    assertEquals(
        new AuditReport(AT, 3, 0, 1, List.of(new AuditReport.Difference("class|C3", 3, 0))),
        report(region("990103")));
    assertEquals(6, report(region("990100")).journalEvents());
    assertEquals(new AuditReport(AT, 0, 0, 0, List.of()), report(region("370000")));
    assertEquals(
        new AuditReport(AT, 1, 1, 1, List.of()),
        report(new Caller.Scope.OfInstitution(new CreditCode("52990101MA00XY0180"))));
  }

  private static Caller.Scope region(String code) {
    return new Caller.Scope.InRegion(new RegionCode(code));
  }

  @Test
  void anEmptyJournalAgreesWithEmptyReadModels() {
    database.execute("TRUNCATE event_journal, applied");
    assertEquals(new AuditReport(AT, 0, 0, 0, List.of()), report());
  }

  @Test
  void aDeletedEventIsFound() {
    database.execute(
        "DELETE FROM event_journal WHERE persistence_id = 'class|C3' AND sequence_number = 2");
    assertEquals(List.of(new Difference("class|C3", 2, 3)), report().differences());
  }

  @Test
  void anEntityThatIsGoneFromTheJournalIsFound() {
    database.execute("DELETE FROM event_journal WHERE persistence_id = 'class|C2'");
    assertEquals(List.of(new Difference("class|C2", 0, 2)), report().differences());
  }

  @Test
  void anEventGivenToAnotherEntityIsFoundOnBothSides() {
    database.execute(
        """
        UPDATE event_journal SET persistence_id = 'class|C4', sequence_number = 1
        WHERE persistence_id = 'class|C3' AND sequence_number = 3""");
    assertEquals(
        List.of(new Difference("class|C3", 2, 3), new Difference("class|C4", 1, 0)),
        report().differences());
  }

  @Test
  void aRenumberedEventIsFoundThoughTheCountsAgree() {
    database.execute(
        """
        UPDATE event_journal SET sequence_number = 7
        WHERE persistence_id = 'class|C2' AND sequence_number = 2""");
    assertEquals(List.of(new Difference("class|C2", 2, 2)), report().differences());
  }

  @Test
  void anEditedReadModelIsFound() {
    database.execute("UPDATE applied SET events = 9 WHERE persistence_id = 'class|C1'");
    assertEquals(List.of(new Difference("class|C1", 1, 9)), report().differences());
  }

  @Test
  void atMostAHundredDifferencesAreNamed() {
    database.execute(
        "INSERT INTO applied SELECT 'class|D' || e, 1, 1 FROM generate_series(1,150) e");
    assertEquals(100, report().differences().size());
  }

  @Test
  void thePeriodicAuditLeavesOutEventsThatWereJustWritten() {
    database.execute(
        """
        INSERT INTO event_journal
          (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
           event_ser_manifest, event_payload)
        VALUES ('class|C2', 3, 'w', ?, 1, 'm', ''), ('class|C9', 1, 'w', ?, 1, 'm', '')""",
        System.currentTimeMillis(),
        System.currentTimeMillis());
    try (PeriodicAudit audit = periodic(Duration.ofMinutes(5))) {
      audit.run();
      assertEquals(0, audit.differences());
      assertEquals(AT, audit.last().orElseThrow().at());
    }
    try (PeriodicAudit audit = periodic(Duration.ZERO)) {
      audit.run();
      assertEquals(2, audit.differences());
    }
    assertEquals(2, report().differences().size());
  }

  @Test
  void thePeriodicAuditFindsAnOldEventThatWasSkippedAmongNewOnes() {
    database.execute("UPDATE applied SET last_sequence = 1, events = 1 WHERE last_sequence = 3");
    database.execute(
        "UPDATE event_journal SET write_timestamp = ? WHERE sequence_number = 3",
        System.currentTimeMillis());
    try (PeriodicAudit audit = periodic(Duration.ofMinutes(5))) {
      audit.run();
      assertEquals(
          List.of(new Difference("class|C3", 3, 1)), audit.last().orElseThrow().differences());
    }
  }

  @Test
  void anAuditThatFailsIsCounted() {
    TestPool gone = new TestPool();
    PeriodicAudit audit =
        PeriodicAudit.start(gone.pool, Duration.ofHours(1), Duration.ZERO, InstantSource.fixed(AT));
    gone.close();
    try (audit) {
      audit.run();
      assertEquals(1, audit.failures());
      assertTrue(audit.last().isEmpty());
    }
  }
}
