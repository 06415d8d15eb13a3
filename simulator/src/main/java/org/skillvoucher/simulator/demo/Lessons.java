package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.Role;

/** The lessons, day by day: who scans when, and the expected answer. */
final class Lessons {
  /** A card code in the right form which belongs to the loser's second card. */
  private static final String NEW_CARD = "990100D15600000500000000000000FF";

  /** An id that has the shape of a class's, and is none. */
  private static final String NO_CLASS = "C0000000000000000";

  private final DemoEnvironment environment;
  private final DoorDevices door;
  private final AttendancePlan plan;
  private final AttendanceRules rules;
  private final String classId;
  private int replays;

  Lessons(
      DemoEnvironment environment,
      DoorDevices door,
      AttendancePlan plan,
      AttendanceRules rules,
      String classId) {
    this.environment = environment;
    this.door = door;
    this.plan = plan;
    this.rules = rules;
    this.classId = classId;
  }

  /** How many scans must have been answered with an earlier receipt. */
  int replays() {
    return replays;
  }

  /** One lesson from before its door opens to its end. */
  void play(int number) {
    Lesson lesson = plan.lessons().get(number);
    environment
        .screen()
        .line(
            lesson.startsAt().atZone(TimetableFile.ZONE).toLocalDateTime()
                + "  "
                + lesson.id()
                + " "
                + lesson.title());
    if (number == 0) {
      tooEarly(lesson);
    }
    if (number == plan.firstOfLastDay()) {
      theLoserHasANewCard();
    }
    Instant opened = Windows.signIn(lesson, rules).opensAt();
    Instant before = lesson.startsAt().minus(half(opened, lesson.startsAt()));
    signIn(number, lesson, environment.clock().advanceTo(before));
    Instant end = environment.clock().advanceTo(lesson.endsAt());
    goOut(number, lesson, end);
  }

  private static Duration half(Instant from, Instant to) {
    return Duration.between(from, to).dividedBy(2);
  }

  private Trainee person(int place) {
    return environment.sample().trainees().get(place);
  }

  private DoorDevices.Tap tap(int person, Lesson lesson, Act act, Instant at) {
    return new DoorDevices.Tap(
        environment.sample().trainees().get(person), classId, lesson.id(), act, at);
  }

  /** A scan before the window does not count, and does not spoil the real one. */
  private void tooEarly(Lesson lesson) {
    Instant opens = Windows.signIn(lesson, rules).opensAt();
    Instant now = environment.clock().advanceTo(opens.minus(Duration.ofMinutes(5)));
    HttpAnswer answer =
        door.mustRefuse(
            "five minutes before the door opens",
            door.scan(tap(plan.cast().early(), lesson, Act.IN, now)),
            409,
            "outside_window");
    String opensAt = answer.json().path("opensAt").asText();
    environment
        .expect()
        .quietly(
            "the refusal names the time from which on it counts",
            opens,
            opensAt.isEmpty() ? "nothing" : OffsetDateTime.parse(opensAt).toInstant());
  }

  private void signIn(int number, Lesson lesson, Instant now) {
    SignInWays ways = new SignInWays(environment, door, classId);
    if (plan.isTaught(number)) {
      ways.theTeacherSignsIn(lesson, now);
    }
    List<Integer> special = specials(number);
    List<Integer> crowd =
        plan.onTime(number).stream().filter(person -> !special.contains(person)).toList();
    ConcurrentCalls.together(crowd, person -> door.mustCount(tap(person, lesson, Act.IN, now)));
    if (number == 0) {
      scanTwice(lesson, now);
      thePlatformIsSilent(lesson, now);
      strangers(lesson, now);
      scanFromBeforeTheApproval(lesson, now);
      signInLate(lesson);
    }
    if (number == 1) {
      loseTheCard(lesson, now);
      ways.byPersonalCode(person(plan.cast().coded()), person(plan.cast().roomed()), lesson, now);
      ways.byRoomCode(person(plan.cast().roomed()), person(plan.cast().assisted()), lesson);
      ways.assisted(person(plan.cast().assisted()), lesson, now);
    }
    if (number == plan.firstOfLastDay()) {
      lendACard(lesson, now);
    }
  }

  private List<Integer> specials(int lesson) {
    return switch (lesson) {
      case 0 -> List.of(plan.cast().doubler(), plan.cast().unlucky());
      case 1 -> List.of(plan.cast().coded(), plan.cast().roomed(), plan.cast().assisted());
      default -> List.of();
    };
  }

  /** A double scan: the first receipt, byte for byte; another key: still the first receipt. */
  private void scanTwice(Lesson lesson, Instant now) {
    DoorDevices.Tap tap = tap(plan.cast().doubler(), lesson, Act.IN, now);
    DoorDevices.Scan scan = door.scan(tap);
    HttpAnswer first = door.mustCount(scan);
    door.mustGiveAgain("the same scan again: the first receipt, byte for byte", scan, first, true);
    door.mustGiveAgain("a second tap under a new key", door.scan(tap), first, false);
    replays += 2;
    door.mustRefuse(
        "the same key for another person's scan",
        door.scanUnderKeyOf(scan, tap(plan.cast().unlucky(), lesson, Act.IN, now)),
        422,
        "idempotency_key_reused");
  }

  private void thePlatformIsSilent(Lesson lesson, Instant now) {
    environment.stubs().platformFails("timeout", 1);
    door.mustCountAtSecondTry(
        "the card platform does not answer in time",
        door.scan(tap(plan.cast().unlucky(), lesson, Act.IN, now)));
  }

  /** Not on the roster and no such class are answered alike: nobody learns which classes exist. */
  private void strangers(Lesson lesson, Instant now) {
    List<Trainee> strangers = environment.sample().strangers();
    DoorDevices.Tap tap = tap(0, lesson, Act.IN, now);
    HttpAnswer notOnRoster =
        door.mustRefuse(
            "a person who is not on the roster",
            door.scan(tap.by(strangers.getFirst())),
            403,
            "not_enrolled");
    HttpAnswer noSuchClass =
        door.mustRefuse(
            "a class that does not exist",
            door.scan(tap.by(strangers.getLast()).in(NO_CLASS)),
            403,
            "not_enrolled");
    environment.expect().quietly("both are answered alike", notOnRoster.json(), noSuchClass.json());
  }

  /**
   * A device's clock that shows a time before the approval is off: it gets a beacon to set it by.
   */
  private void scanFromBeforeTheApproval(Lesson lesson, Instant now) {
    JsonNode summary = environment.gateway().read(Role.INSTITUTION, "/v1/classes/" + classId);
    Instant approved = OffsetDateTime.parse(summary.path("approvedAt").asText()).toInstant();
    DoorDevices.Tap tap = tap(plan.cast().late(), lesson, Act.IN, now);
    door.mustRefuse(
        "a device whose clock lies before the approval",
        door.scan(tap.at(approved.minusSeconds(1))),
        409,
        "clock_skew");
  }

  private void signInLate(Lesson lesson) {
    Instant late =
        lesson
            .startsAt()
            .plus(
                Duration.ofMinutes(rules.lateMinutesAfter() + rules.signInClosesMinutesAfter())
                    .dividedBy(2));
    Instant now = environment.clock().advanceTo(late);
    HttpAnswer answer = door.mustCount(tap(plan.cast().late(), lesson, Act.IN, now));
    environment.expect().equal("a person comes late (迟到)", "ok", answer.code(), answer.verdict());
  }

  private void loseTheCard(Lesson lesson, Instant now) {
    Trainee loser = environment.sample().trainees().get(plan.cast().loser());
    environment.stubs().register(loser, loser.cardIdentificationCode(), "lost");
    door.mustRefuse(
        "a card reported lost (挂失)",
        door.scan(tap(plan.cast().loser(), lesson, Act.IN, now)),
        403,
        "card_status");
  }

  private void theLoserHasANewCard() {
    int loser = plan.cast().loser();
    Trainee trainee = environment.sample().trainees().get(loser);
    environment.stubs().register(trainee, NEW_CARD, "active");
    environment.sample().trainees().set(loser, trainee.withCard(NEW_CARD));
  }

  /** Another person's card under the absent one's name, which the platform rejects. */
  private void lendACard(Lesson lesson, Instant now) {
    Trainee absent = environment.sample().trainees().get(plan.cast().absent());
    Trainee lender = environment.sample().strangers().get(1);
    door.mustRefuse(
        "another person's card for one who is absent (代签)",
        door.scan(tap(0, lesson, Act.IN, now).by(absent.withCard(lender.cardIdentificationCode()))),
        403,
        "card_not_authenticated");
  }

  private void goOut(int number, Lesson lesson, Instant now) {
    ConcurrentCalls.together(
        plan.leaving(number), person -> door.mustCount(tap(person, lesson, Act.OUT, now)));
    if (number == plan.firstOfLastDay()) {
      door.mustRefuse(
          "out without in: the absent one comes for the end",
          door.scan(tap(plan.cast().absent(), lesson, Act.OUT, now)),
          409,
          "sequence_violation");
    }
    environment
        .screen()
        .held(
            "scans in and out (签到、签退)",
            plan.onTime(number).size()
                + (number == 0 ? " + 1 late" : "")
                + ", "
                + plan.leaving(number).size());
  }
}
