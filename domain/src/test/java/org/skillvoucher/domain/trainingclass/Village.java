package org.skillvoucher.domain.trainingclass;

import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.minutes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand.Change;

/** A class and its kiosks on a bad connection, with all that may happen, one step at a time. */
final class Village {
  static final FieldRules RULES = new FieldRules(72, 120, 500, 10, true, 24, false);

  /** What may happen. */
  enum Event {
    TAP_ONLINE,
    TAP_OFFLINE,
    UPLOAD,
    UPLOAD_BACKWARDS,
    UPLOAD_UNVERIFIED,
    LOSE_A_STATEMENT,
    SIGN_TWO_UNDER_ONE_COUNTER,
    SCAN_THE_ROOMS_CODE,
    CALL_A_SPOT_CHECK,
    PROPOSE_A_CORRECTION,
    DECIDE_A_CORRECTION,
    MOVE_THE_LESSON,
    HOLD_IT_UNDER_ANOTHER_ID,
    WAIVE_A_GAP,
    CLOSE
  }

  /** One step, so many minutes after the one before. */
  record Step(
      Event event, int kiosk, PersonPseudonym person, Lesson lesson, Act act, int minutesLater) {}

  private static final Change BY_ONE = new Change("token-1", "as seen on site");
  private static final Change BY_ANOTHER = new Change("token-2", "as the video shows");

  private final ClassRun run = new ClassRun(Field.open(RULES));
  private final List<Kiosk> kiosks =
      List.of(new Kiosk("D1-1", "S1"), new Kiosk("D2-1", "S2"), new Kiosk("D3-1", "S1"));

  /** How often each command is sent. */
  private final int times;

  private Instant now = minutes(-40);
  private int corrections;

  private Village(int times) {
    this.times = times;
  }

  static ClassRun play(List<Step> steps, int times) {
    Village village = new Village(times);
    steps.forEach(village::take);
    return village.run;
  }

  private void take(Step step) {
    now = now.plus(Duration.ofMinutes(step.minutesLater()));
    Kiosk kiosk = kiosks.get(step.kiosk());
    switch (step.event()) {
      case TAP_ONLINE -> kiosk.tapOnline(step);
      case TAP_OFFLINE -> kiosk.tapOffline(step);
      case UPLOAD -> kiosk.upload(kiosk.outbox, false);
      case UPLOAD_BACKWARDS -> kiosk.upload(kiosk.outbox.reversed(), false);
      case UPLOAD_UNVERIFIED -> kiosk.upload(kiosk.outbox, true);
      case LOSE_A_STATEMENT -> kiosk.loseOne();
      case SIGN_TWO_UNDER_ONE_COUNTER -> kiosk.fork(step);
      case SCAN_THE_ROOMS_CODE -> scanTheRoomsCode(step);
      case CALL_A_SPOT_CHECK ->
          send(new ClassCommand.CallSpotCheck(step.lesson().id(), 20, "token-1", now));
      case PROPOSE_A_CORRECTION -> propose(step);
      case DECIDE_A_CORRECTION ->
          send(
              new ClassCommand.DecideCorrection(
                  "K" + corrections, step.act() == Act.IN, BY_ANOTHER, now));
      case MOVE_THE_LESSON -> move(step.lesson(), step.lesson().id());
      case HOLD_IT_UNDER_ANOTHER_ID -> move(step.lesson(), new LessonId("other"));
      case WAIVE_A_GAP -> send(new ClassCommand.WaiveGap(kiosk.name, BY_ONE, now));
      case CLOSE -> send(new ClassCommand.Close(now));
    }
  }

  /** To the next day. */
  private void move(Lesson lesson, LessonId id) {
    Duration day = Duration.ofDays(1);
    var moved =
        new Lesson(
            id,
            lesson.title(),
            lesson.kind(),
            lesson.startsAt().plus(day),
            lesson.endsAt().plus(day));
    List<Lesson> lessons = LESSONS.stream().map(l -> l.equals(lesson) ? moved : l).toList();
    send(new ClassCommand.Schedule(lessons, Optional.of(BY_ONE), now));
  }

  private void propose(Step step) {
    var kind = step.act() == Act.IN ? Correction.Kind.BACK_FILL : Correction.Kind.AMENDMENT;
    send(
        new ClassCommand.ProposeCorrection(
            new Correction(
                "K" + ++corrections,
                step.person(),
                step.lesson().id(),
                kind,
                "the reader broke",
                "token-1",
                now,
                Optional.empty()),
            now));
  }

  private void send(ClassCommand command) {
    for (int i = 0; i < times; i++) {
      run.send(command);
    }
  }

  /** What the first sending came to. */
  private ScanResult send(ScanCommand command) {
    ScanResult first = run.decide(command).result();
    for (int i = 1; i < times; i++) {
      run.decide(command);
    }
    return first;
  }

  private void scanTheRoomsCode(Step step) {
    long code = now.getEpochSecond() / 5;
    var phone = new Scan.Fingerprint(step.person().hashCode());
    String all = step.person() + "/" + step.lesson().id() + "/" + step.act() + "/" + code;
    send(
        Field.tap(
            scan(step, all, DeviceStatement.unsigned(kiosks.get(step.kiosk()).name, now)),
            new Circumstances(
                kiosks.get(step.kiosk()).site,
                "R1",
                Optional.empty(),
                Optional.of(new RoomCodeUse(code, phone)),
                Optional.empty()),
            now));
  }

  private static Scan scan(Step step, String all, DeviceStatement statement) {
    return new Scan(
        step.person(),
        step.lesson().id(),
        step.act(),
        new Scan.Fingerprint(("key of " + all).hashCode()),
        new Scan.Fingerprint(all.hashCode()),
        statement);
  }

  /** A device that stores what it could not send. */
  private final class Kiosk {
    private final String name;
    private final String site;
    private final List<Scan> outbox = new ArrayList<>();
    private long counter;
    private String previous = DeviceStatement.NO_PREVIOUS;

    Kiosk(String name, String site) {
      this.name = name;
      this.site = site;
    }

    private Scan signed(Step step, long number) {
      DeviceStatement statement = Field.statement(name, number, previous, now);
      String all = Field.hashOf(statement) + step.person() + step.lesson().id() + step.act();
      return scan(step, all, statement);
    }

    private void moveOn(Scan scan) {
      counter = scan.statement().counter();
      previous = Field.hashOf(scan.statement());
    }

    void tapOffline(Step step) {
      Scan scan = signed(step, counter + 1);
      moveOn(scan);
      outbox.add(scan);
    }

    /** A device with statements left to send sends those first. */
    void tapOnline(Step step) {
      upload(outbox, false);
      if (!outbox.isEmpty()) {
        tapOffline(step);
        return;
      }
      Scan scan = signed(step, counter + 1);
      if (send(Field.tap(scan, here(Optional.empty()), now)) instanceof ScanResult.Recorded) {
        moveOn(scan);
      }
    }

    void upload(List<Scan> order, boolean unverified) {
      for (int round = outbox.size(); round > 0; round--) {
        for (Scan scan : List.copyOf(order)) {
          ScanResult outcome = send(arrived(scan, unverified));
          boolean waits =
              unverified
                  || (outcome instanceof ScanResult.Refused(var reason)
                      && reason instanceof ClassRefusal.CounterGap);
          if (!waits) {
            outbox.remove(scan);
          }
        }
      }
    }

    private ScanCommand arrived(Scan scan, boolean unverified) {
      var command =
          Field.tap(
              scan,
              here(Optional.of(new Offline(Optional.of(scan.statement().tappedAt()), now))),
              now);
      return unverified ? new Field(name, site).quarantine(command, "captured") : command;
    }

    private Circumstances here(Optional<Offline> offline) {
      return new Circumstances(site, "R1", offline, Optional.empty(), Optional.empty());
    }

    void loseOne() {
      if (!outbox.isEmpty()) {
        outbox.removeFirst();
      }
    }

    void fork(Step step) {
      if (counter > 0) {
        send(Field.tap(signed(step, counter), here(Optional.empty()), now));
      }
    }
  }
}
