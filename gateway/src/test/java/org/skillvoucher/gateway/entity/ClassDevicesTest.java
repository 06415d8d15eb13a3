package org.skillvoucher.gateway.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** A class's actor with devices that count: the events it persists and the results it replies. */
class ClassDevicesTest {
  private static final ActorTestKit KIT = ActorTestKit.create("class-devices", ActorKit.CONFIG);
  private static final int PEOPLE = 6;

  private final EventSourcedBehaviorTestKit<ClassRequest, ClassEvent, Versioned<ClassState>>
      trainingClass =
          EventSourcedBehaviorTestKit.create(
              KIT.system(),
              TrainingClassActor.create(ClassStory.CLASS, ClassStory.SEALER, ActorKit.SETTINGS),
              EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));
  private final ClassDevice door = new ClassDevice("DABCD-1");

  @BeforeEach
  void aClassIsOpen() {
    trainingClass.clear();
    ClassStory.untilOpen(PEOPLE, 2)
        .forEach(
            command ->
                trainingClass.<Classes.Answer>runCommand(
                    replyTo -> new ClassRequest.Decide(command, Actor.GATEWAY, replyTo)));
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private CommandResultWithReply<
          ClassRequest, ClassEvent, Versioned<ClassState>, ClassRequest.ScansDecided>
      decide(List<? extends ScanCommand> commands) {
    return trainingClass.runCommand(
        replyTo -> new ClassRequest.DecideScans(List.copyOf(commands), replyTo));
  }

  private ScanResult decide(ScanCommand command) {
    return decide(List.of(command)).reply().results().getFirst();
  }

  private long revision() {
    return trainingClass.getState().revision();
  }

  private static ClassRefusal refusal(ScanResult reply) {
    return assertInstanceOf(ScanResult.Refused.class, reply).reason();
  }

  private ClassEvent lastEvent(
      CommandResultWithReply<ClassRequest, ClassEvent, Versioned<ClassState>, ?> result) {
    return result.events().getLast();
  }

  @Test
  void aReceiptOfADevicesScanNamesItsCounter() {
    ScanCommand.RecordAttendance scan = door.scan(1, 0, Act.IN);
    var event = assertInstanceOf(ClassEvent.Attended.class, lastEvent(decide(List.of(scan))));
    assertEquals(1, event.scan().statement().counter());
    assertEquals(Optional.of(scan.circumstances()), event.circumstances());
  }

  @Test
  void aGapIsNotedOnceAndFilledLater() {
    ScanCommand.RecordAttendance first = door.scan(1, 0, Act.IN);
    ScanCommand.RecordAttendance second = door.scan(2, 0, Act.IN);
    ScanCommand.RecordAttendance third = door.scan(3, 0, Act.IN);
    var noted = decide(List.of(second));
    assertEquals(new ClassRefusal.CounterGap(1, 2), refusal(noted.reply().results().getFirst()));
    var event = assertInstanceOf(ClassEvent.DeviceNoted.class, noted.event());
    assertEquals(DeviceAnomaly.GAP, event.matter());
    assertEquals(1, event.expected());
    assertTrue(decide(List.of(second)).hasNoEvents(), "the same gap is noted once");
    assertInstanceOf(ScanResult.Recorded.class, decide(first));
    assertInstanceOf(ScanResult.Recorded.class, decide(second));
    assertInstanceOf(ScanResult.Recorded.class, decide(third));
  }

  @Test
  void aForkIsNotedAndFromThenOnNoStatementOfTheDeviceIsAccepted() {
    ScanCommand.RecordAttendance first = door.scan(1, 0, Act.IN);
    ScanCommand.RecordAttendance other = new ClassDevice("DABCD-1").scan(2, 0, Act.IN);
    decide(first);
    var forked = decide(List.of(other));
    assertEquals(new ClassRefusal.CounterFork(), refusal(forked.reply().results().getFirst()));
    var event = assertInstanceOf(ClassEvent.DeviceNoted.class, forked.event());
    assertEquals(DeviceAnomaly.FORK, event.matter());
    assertEquals(other.scan().statement(), event.statement());
    var after = decide(List.of(door.scan(3, 0, Act.IN)));
    assertTrue(after.hasNoEvents());
    assertEquals(new ClassRefusal.DeviceNotTrusted(), refusal(after.reply().results().getFirst()));
    // What it sent before is still answered, and another device is not affected.
    assertInstanceOf(ScanResult.AlreadyRecorded.class, decide(first));
    assertInstanceOf(
        ScanResult.Recorded.class, decide(new ClassDevice("DABCE-1").scan(3, 0, Act.IN)));
  }

  @Test
  void aBrokenChainIsAForkToo() {
    decide(door.scan(1, 0, Act.IN));
    ClassDevice other = new ClassDevice("DABCD-1");
    other.scan(2, 0, Act.IN);
    assertEquals(new ClassRefusal.CounterFork(), refusal(decide(other.scan(3, 0, Act.IN))));
  }

  @Test
  void aCounterBehindAWaivedGapIsStale() {
    ScanCommand.RecordAttendance lost = door.scan(1, 0, Act.IN);
    ScanCommand.RecordAttendance second = door.scan(2, 0, Act.IN);
    decide(second);
    trainingClass.<Classes.Answer>runCommand(
        replyTo ->
            new ClassRequest.Decide(
                new ClassCommand.WaiveGap(
                    "DABCD-1", new ClassCommand.Change("T1", "broken"), second.at()),
                Actor.GATEWAY,
                replyTo));
    assertInstanceOf(ScanResult.Recorded.class, decide(second));
    assertInstanceOf(ClassRefusal.CounterStale.class, refusal(decide(lost)));
  }

  @Test
  void aRefusedOnlineScanUsesUpNothing() {
    ScanCommand.RecordAttendance early = door.scan(1, 0, Act.OUT);
    ClassDevice same = new ClassDevice("DABCD-1");
    var refused = decide(List.of(early));
    assertTrue(refused.hasNoEvents());
    assertEquals(new ClassRefusal.OutWithoutIn(), refusal(refused.reply().results().getFirst()));
    assertInstanceOf(ScanResult.Recorded.class, decide(same.scan(1, 0, Act.IN)));
  }

  @Test
  void aBatchIsDecidedInItsOrderAndPersistedInOneWrite() {
    List<ScanCommand.RecordAttendance> batch = new ArrayList<>();
    for (int person = 1; person <= PEOPLE; person++) {
      batch.add(door.offline(person, 0, Act.IN));
    }
    for (int person = 1; person <= PEOPLE; person++) {
      batch.add(door.offline(person, 0, Act.OUT));
    }
    var result = decide(batch);
    assertEquals(batch.size(), result.events().size());
    List<Long> sequences =
        result.reply().results().stream()
            .map(reply -> assertInstanceOf(ScanResult.Recorded.class, reply).receipt().sequence())
            .toList();
    for (int i = 0; i < batch.size(); i++) {
      assertEquals(i + 1, sequences.get(i));
    }
    long revision = revision();
    trainingClass.restart();
    var again = decide(batch);
    assertTrue(again.hasNoEvents());
    for (int i = 0; i < batch.size(); i++) {
      assertEquals(
          new ScanResult.AlreadyRecorded(revision - batch.size() + 1 + i),
          again.reply().results().get(i));
    }
  }

  @Test
  void aRefusedStatementOfABatchUsesUpItsCounterAndIsAnsweredTheSameAgain() {
    ScanCommand.RecordAttendance stranger = door.offline(PEOPLE + 1, 0, Act.IN);
    ScanCommand.RecordAttendance next = door.offline(1, 0, Act.IN);
    var result = decide(List.of(stranger, next));
    assertEquals(new ClassRefusal.NotEnrolled(), refusal(result.reply().results().getFirst()));
    assertInstanceOf(ScanResult.Recorded.class, result.reply().results().getLast());
    var quarantined = assertInstanceOf(ClassEvent.Quarantined.class, result.events().getFirst());
    assertEquals("not_enrolled", quarantined.reason());
    var again = decide(List.of(stranger));
    assertTrue(again.hasNoEvents());
    assertEquals(new ClassRefusal.NotEnrolled(), refusal(again.reply().results().getFirst()));
  }

  @Test
  void aCapturedStatementIsRecordedOnceAndCountsWhenItIsVerified() {
    ScanCommand.RecordAttendance scan = door.offline(1, 0, Act.IN);
    ScanCommand.Quarantine captured = ClassDevice.quarantine(scan, "captured");
    var first = decide(List.of(captured));
    assertEquals(List.of(new ScanResult.Quarantined()), first.reply().results());
    assertEquals(
        "captured", assertInstanceOf(ClassEvent.Quarantined.class, first.event()).reason());
    assertTrue(decide(List.of(captured)).hasNoEvents());
    trainingClass.restart();
    // The device sends its next statement before this one is verified.
    assertInstanceOf(ScanResult.Recorded.class, decide(door.offline(2, 0, Act.IN)));
    assertInstanceOf(ScanResult.Recorded.class, decide(scan));
    assertInstanceOf(ScanResult.AlreadyRecorded.class, decide(scan));
  }

  @Test
  void aSecondTapInOneLessonIsRepeatedAndUsesUpItsCounter() {
    ScanCommand.RecordAttendance first = door.offline(1, 0, Act.IN);
    ScanCommand.RecordAttendance second = door.offline(1, 0, Act.IN);
    assertNotEquals(first.received(), second.received());
    var result = decide(List.of(first, second, door.offline(2, 0, Act.IN)));
    assertInstanceOf(ScanResult.Recorded.class, result.reply().results().getFirst());
    assertEquals(
        new ScanResult.Duplicate(revision() - 2, false, false), result.reply().results().get(1));
    assertInstanceOf(ScanResult.Recorded.class, result.reply().results().getLast());
    assertEquals("repeated", ((ClassEvent.Quarantined) result.events().get(1)).reason());
  }

  @Test
  void manyStatementsArePreCheckedAtOnceAndNothingIsWritten() {
    ScanCommand.RecordAttendance seen = door.offline(1, 0, Act.IN);
    decide(seen);
    ScanCommand.RecordAttendance counts = door.offline(2, 0, Act.IN);
    ScanCommand.RecordAttendance alsoCounts = door.offline(3, 0, Act.IN);
    ScanCommand.RecordAttendance stranger = door.offline(PEOPLE + 1, 0, Act.IN);
    var result =
        trainingClass.<ClassRequest.PreChecked>runCommand(
            replyTo ->
                new ClassRequest.PreCheck(
                    List.of(
                        question(seen, true),
                        question(alsoCounts, true),
                        question(counts, true),
                        question(counts, false),
                        question(stranger, true)),
                    replyTo));
    assertTrue(result.hasNoEvents());
    assertEquals(
        List.of(
            Optional.of(new ScanResult.AlreadyRecorded(revision())),
            Optional.empty(), // the statements before it are not decided yet
            Optional.empty(),
            Optional.empty(), // its code has no person yet
            Optional.of(new ScanResult.Refused(new ClassRefusal.NotEnrolled()))),
        result.reply().results());
  }

  private static Question question(ScanCommand.RecordAttendance command, boolean known) {
    return new Question(
        command.institution(),
        command.received(),
        known ? Optional.of(command.scan().person()) : Optional.empty(),
        command.circumstances(),
        Optional.empty(),
        false,
        command.at());
  }
}
