package org.skillvoucher.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

class TrainingClassActorTest {
  private static final ActorTestKit KIT = ActorTestKit.create("class-actor", ActorKit.CONFIG);

  private EventSourcedBehaviorTestKit<ClassRequest, ClassEvent, Versioned<ClassState>>
      trainingClass = open();

  private static EventSourcedBehaviorTestKit<ClassRequest, ClassEvent, Versioned<ClassState>>
      open() {
    return EventSourcedBehaviorTestKit.create(
        KIT.system(),
        TrainingClassActor.create(ClassStory.CLASS, ClassStory.SEALER, ActorKit.SETTINGS),
        EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));
  }

  @BeforeEach
  void aClassWithTwoPeopleIsOpen() {
    trainingClass.clear();
    ClassStory.untilOpen(2, 2).forEach(this::decide);
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private Classes.Answer decide(ClassCommand command) {
    return trainingClass
        .<Classes.Answer>runCommand(
            replyTo -> new ClassRequest.Decide(command, Actor.GATEWAY, replyTo))
        .reply();
  }

  private ScanResult record(ScanCommand.RecordAttendance command) {
    return run(command).reply().result();
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          ClassRequest, ClassEvent, Versioned<ClassState>, ClassRequest.ScanDecided>
      run(ScanCommand.RecordAttendance command) {
    return trainingClass.runCommand(replyTo -> new ClassRequest.RecordScan(command, replyTo));
  }

  @Test
  void aScanIsPersistedWithTheReceiptThatIsReplied() {
    var result = run(ClassStory.scan(1, 0, Act.IN, "k1"));
    var recorded = assertInstanceOf(ScanResult.Recorded.class, result.reply().result());
    var event = assertInstanceOf(ClassEvent.Attended.class, result.event());
    assertEquals(event.receipt(), recorded.receipt());
    assertEquals(1, recorded.receipt().sequence());
  }

  @Test
  void theSameScanAgainWritesNothingAndNamesTheEventOfTheFirst() {
    record(ClassStory.scan(1, 0, Act.IN, "k1"));
    long eventNumber = trainingClass.getState().revision();
    var again = run(ClassStory.scan(1, 0, Act.IN, "k1"));
    assertTrue(again.hasNoEvents());
    assertEquals(new ScanResult.AlreadyRecorded(eventNumber), again.reply().result());
    assertEquals(
        new ScanResult.Duplicate(eventNumber, false, false),
        record(ClassStory.scan(1, 0, Act.IN, "another key")));
  }

  @Test
  void aRecordedScanIsFoundBeforeThePlatformIsAsked() {
    var command = ClassStory.scan(1, 0, Act.IN, "k1");
    assertEquals(Optional.empty(), preCheck(command));
    record(command);
    assertInstanceOf(ScanResult.AlreadyRecorded.class, preCheck(command).orElseThrow());
  }

  private Optional<ScanResult.Known> preCheck(ScanCommand.RecordAttendance command) {
    Question question =
        new Question(
            command.institution(),
            command.received(),
            Optional.of(command.scan().person()),
            command.circumstances(),
            command.institutionStoppedFrom(),
            true,
            command.at());
    return trainingClass
        .<ClassRequest.PreChecked>runCommand(
            replyTo -> new ClassRequest.PreCheck(List.of(question), replyTo))
        .reply()
        .results()
        .getFirst();
  }

  @Test
  void aRefusedScanIsNotPersisted() {
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.OutWithoutIn()),
        record(ClassStory.scan(1, 0, Act.OUT, "k1")));
    assertEquals(
        new ScanResult.Refused(new ClassRefusal.NotEnrolled()),
        record(ClassStory.scan(3, 0, Act.IN, "k2")));
  }

  @Test
  void afterARestartTheClassKnowsItsReceipts() {
    record(ClassStory.scan(1, 0, Act.IN, "k1"));
    long eventNumber = trainingClass.getState().revision();
    trainingClass.restart();
    assertEquals(
        new ScanResult.AlreadyRecorded(eventNumber), record(ClassStory.scan(1, 0, Act.IN, "k1")));
    assertEquals(
        Optional.of(eventNumber),
        trainingClass
            .<ClassRequest.Location>runCommand(replyTo -> new ClassRequest.Locate(1, replyTo))
            .reply()
            .eventNumber());
    assertEquals(
        Optional.empty(),
        trainingClass
            .<ClassRequest.Location>runCommand(replyTo -> new ClassRequest.Locate(2, replyTo))
            .reply()
            .eventNumber());
  }

  @Test
  void aSnapshotIsWrittenAtTheIntervalThatIsSet() {
    record(ClassStory.scan(1, 0, Act.IN, "k1"));
    var snapshots = SnapshotTestKit.create(KIT.system());
    long events = trainingClass.getState().revision();
    assertTrue(events >= ActorKit.SETTINGS.snapshotEvery());
    List<Long> written =
        snapshots
            .persistedInStorage(EntityType.CLASS.persistenceId(ClassStory.CLASS.value()))
            .stream()
            .map(snapshot -> snapshot.first().sequenceNr())
            .toList();
    assertEquals(
        LongStream.rangeClosed(1, events)
            .filter(number -> number % ActorKit.SETTINGS.snapshotEvery() == 0)
            .boxed()
            .toList(),
        written);
  }

  @Test
  void aRepeatedCommandChangesNothing() {
    var again = assertInstanceOf(Classes.Answer.Done.class, decide(ClassStory.file()));
    assertFalse(again.changed());
  }

  @Test
  void anEventNumberThatDoesNotFitTheJournalStopsRecovery() {
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalStateException.class, () -> Recovery.check(4, 5));
  }
}
