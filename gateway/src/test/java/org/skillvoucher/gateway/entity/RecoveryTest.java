package org.skillvoucher.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.institution.Admission;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.StopReason;
import org.skillvoucher.gateway.journal.event.EntityType;

/** An entity whose journal fails, as all of them do while the database is down. */
class RecoveryTest {
  private static final String ID = EntityType.INSTITUTION.persistenceId(ClassStory.SCHOOL.value());
  private static final InstitutionCommand ADMIT =
      new InstitutionCommand.Admit(
          new Admission(ClassStory.SCHOOL, new RegionCode("990101"), "学校", "licence", 2026),
          "T-official",
          Instant.parse("2026-03-01T00:00:00Z"));

  private static final InstitutionCommand SUSPEND =
      new InstitutionCommand.Suspend(
          StopReason.MISMANAGEMENT,
          "evidence",
          Instant.parse("2026-03-02T00:00:00Z"),
          "T-official",
          Instant.parse("2026-03-02T00:00:00Z"));

  private final ActorTestKit kit = ActorTestKit.create("recovery", ActorKit.CONFIG);
  private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  private final TestProbe<Institutions.Answer> answers =
      kit.createTestProbe(Institutions.Answer.class);

  @BeforeEach
  void theJournalIsEmpty() {
    journal.clearAll();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** After the journal was set to fail: the entity's first recovery begins at once. */
  private ActorRef<InstitutionActor.Request> started() {
    return kit.spawn(InstitutionActor.create(ClassStory.SCHOOL, ActorKit.SETTINGS));
  }

  private void send(ActorRef<InstitutionActor.Request> institution, InstitutionCommand command) {
    institution.tell(new InstitutionActor.Request.Decide(command, Actor.GATEWAY, answers.getRef()));
  }

  @Test
  void anOutageLogsNoStackTraceForEachEntityThatWasAsked() {
    // Logged more than once while the journal fails: the first time is enough here.
    var logged = new AtomicBoolean();
    LoggingTestKit.error("saw failure")
        .withCustom(event -> !logged.getAndSet(true))
        .withOccurrences(0)
        .expect(
            kit.system(),
            () -> {
              journal.failNextNReads(ID, 8);
              var institution = started();
              send(institution, ADMIT);
              send(institution, ADMIT);
              answers.receiveSeveralMessages(2, Duration.ofSeconds(10));
              return answers;
            });
    assertEquals(1, journal.persistedInStorage(ID).size());
  }

  @Test
  void anEntityThatDoesNotRecoverIsLogged() {
    // Logged more than once while the journal fails: the first time is enough here.
    var logged = new AtomicBoolean();
    LoggingTestKit.error("saw failure")
        .withCustom(event -> !logged.getAndSet(true))
        .expect(
            kit.system(),
            () -> {
              journal.failNextNReads(ID, 1_000);
              send(started(), ADMIT);
              return answers;
            });
  }

  @Test
  void anEntityWhoseRecoveryFailsRepeatedlyIsReportedOnceUntilItIsRecovered() {
    var meters = new SimpleMeterRegistry();
    EntityFailures.of(kit.system()).bindTo(meters);
    Gauge unrecoverable = meters.get("vgw.entities.unrecoverable").gauge();
    LoggingTestKit.error("cannot be recovered")
        .withOccurrences(1)
        .expect(
            kit.system(),
            () -> {
              // Fewer than open the test journal's circuit breaker.
              journal.failNextNReads(ID, 8);
              send(
                  kit.spawn(InstitutionActor.create(ClassStory.SCHOOL, ActorKit.settings(5))),
                  ADMIT);
              answers.receiveMessage(Duration.ofSeconds(10));
              return answers;
            });
    assertEquals(0, unrecoverable.value(), "recovered at the ninth attempt");
  }

  @Test
  void anEntityThatStoppedIsCountedOnceAndIsDownUntilItIsRecovered() {
    var meters = new SimpleMeterRegistry();
    EntityFailures.of(kit.system()).bindTo(meters);
    FunctionCounter stopped = meters.get("vgw.entities.stopped").functionCounter();
    Gauge down = meters.get("vgw.entities.down").gauge();
    var institution = started();
    send(institution, ADMIT);
    answers.receiveMessage(Duration.ofSeconds(10));
    assertEquals(0, stopped.count());
    journal.failNextPersisted(ID);
    send(institution, SUSPEND);
    send(institution, SUSPEND);
    answers.receiveSeveralMessages(2, Duration.ofSeconds(10));
    assertEquals(1, stopped.count());
    assertEquals(0, down.value());
  }
}
