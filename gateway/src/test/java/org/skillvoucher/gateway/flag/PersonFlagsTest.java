package org.skillvoucher.gateway.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;
import static org.skillvoucher.gateway.flag.FlaggedClass.person;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.flag.FlaggedClass.Way;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PersonFlagsTest {
  private static final Way ELSEWHERE = Way.on("D2-1", "S2");

  private final FlagsFixture flags = new FlagsFixture();

  @BeforeEach
  void empty() {
    flags.empty();
  }

  @AfterAll
  void stop() {
    flags.close();
  }

  private static Instant at(int minutes) {
    return NINE.plus(Duration.ofMinutes(minutes));
  }

  private static FlaggedClass held(String id) {
    return FlaggedClass.withoutTeacher(id, 2).scheduled(lesson("L1", NINE, 90));
  }

  /** Another class, whose lesson begins so many minutes after nine. */
  private static FlaggedClass held(String id, int minutes) {
    return FlaggedClass.withoutTeacher(id, 2).scheduled(lesson("M1", at(minutes), 90));
  }

  @Test
  void oneAtTwoSitesWithinTenMinutesIsFlaggedInBothClasses() {
    flags.apply(
        held("C1").in(1, "L1", at(-5)), held("C2", 300).tap(1, "M1", Act.IN, at(4), ELSEWHERE));
    assertEquals(List.of("velocity C1 open", "velocity C2 open"), flags.flags());
    Map<String, Object> facts = flags.facts("velocity", "C2");
    assertEquals(540L, facts.get("seconds"));
    assertEquals(10L, facts.get("minutesMin"));
    assertEquals(
        Map.of(
            "class",
            "C1",
            "lesson",
            "L1",
            "act",
            "in",
            "at",
            "2026-03-02T00:55:00Z",
            "site",
            "S1",
            "receipt",
            1L,
            "device",
            "D1-1",
            "counter",
            1L),
        facts.get("there"));
    assertEquals(person(1), flags.one("person", "velocity", "C2"));
    assertEquals("2", flags.one("level", "velocity", "C2"));
    assertEquals("2026-03-02T01:04:00Z", flags.one("raised_at", "velocity", "C1"));
  }

  @Test
  void tenMinutesAreTimeEnoughAndOneSiteIsNoJourney() {
    flags.apply(
        held("C1").in(1, "L1", at(-5)).in(2, "L1", at(-4)),
        held("C2", 300).tap(1, "M1", Act.IN, at(5), ELSEWHERE).in(2, "M1", at(1)));
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void withinOneClassTheLaterTapIsFlagged() {
    flags.apply(
        held("C1").in(1, "L1", at(80)).tap(1, "L1", Act.OUT, at(88), ELSEWHERE).in(2, "L1", at(1)));
    assertEquals(List.of("stay_short C1 open", "velocity C1 open"), flags.flags());
    assertEquals("out", flags.fact("velocity", "C1", "here", "act"));
    assertEquals("in", flags.fact("velocity", "C1", "there", "act"));
  }

  @Test
  void aPersonsPhoneIsSomewhereToo() {
    flags.apply(
        held("C1").phone(1, "L1", at(0)), held("C2", 300).tap(1, "M1", Act.IN, at(1), ELSEWHERE));
    assertEquals(List.of("velocity C1 open", "velocity C2 open"), flags.flags());
  }

  @Test
  void onePersonInTwoClassesAtOnceIsFlaggedInBoth() {
    flags.apply(held("C1").in(1, "L1", at(0)), held("C2", 60).in(1, "M1", at(60)));
    assertEquals(List.of("two_classes C1 open", "two_classes C2 open"), flags.flags());
    Map<String, Object> facts = flags.facts("two_classes", "C1");
    assertEquals(30L, facts.get("minutes"));
    assertEquals("C2", flags.fact("two_classes", "C1", "there", "class"));
    assertEquals("L1", flags.one("lesson", "two_classes", "C1"));
    assertEquals("2026-03-02T02:00:00Z", flags.one("raised_at", "two_classes", "C1"));
  }

  @Test
  void oneClassAfterTheOtherIsNoTwoAtOnce() {
    flags.apply(held("C1").in(1, "L1", at(0)), held("C2", 90).in(1, "M1", at(80)));
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void aTimetableThatChangesClearsWhatItMade() {
    FlaggedClass moved = held("C2", 60).in(1, "M1", at(31));
    flags.apply(held("C1").in(1, "L1", at(0)), moved);
    assertEquals(List.of("two_classes C1 open", "two_classes C2 open"), flags.flags());
    flags.apply(moved.rescheduled(at(40), lesson("M1", at(90), 90)));
    assertEquals(List.of("two_classes C1 cleared", "two_classes C2 cleared"), flags.flags());
    flags.apply(moved.rescheduled(at(50), lesson("M1", at(89), 90)));
    assertEquals(List.of("two_classes C1 open", "two_classes C2 open"), flags.flags());
    flags.apply(moved.rescheduled(at(55), lesson("M2", at(200), 90)));
    assertEquals(List.of("two_classes C1 cleared", "two_classes C2 cleared"), flags.flags());
  }

  private static FlaggedClass attended(FlaggedClass one, String lesson, int from, int minutes) {
    return one.in(1, lesson, at(from)).out(1, lesson, at(from + minutes));
  }

  @Test
  void moreThanSevenClassHoursADayAreFlaggedInEachClass() {
    FlaggedClass morning =
        FlaggedClass.withoutTeacher("C1", 2).scheduled(lesson("L1", NINE, 180)); // four class hours
    FlaggedClass evening =
        FlaggedClass.withoutTeacher("C2", 1)
            .scheduled(lesson("M1", at(300), 136)); // three and a minute
    flags.apply(attended(morning, "L1", 0, 180), attended(evening, "M1", 300, 136));
    assertEquals(List.of("hours_a_day C1 open", "hours_a_day C2 open"), flags.flags());
    Map<String, Object> facts = flags.facts("hours_a_day", "C1");
    assertEquals("2026-03-02", facts.get("day"));
    assertEquals(316L, facts.get("minutes"));
    assertEquals(7L, facts.get("classHoursMax"));
    assertEquals(
        List.of(
            Map.of("class", "C1", "lesson", "L1", "minutes", 180L),
            Map.of("class", "C2", "lesson", "M1", "minutes", 136L)),
        facts.get("lessons"));
    assertEquals(at(436).toString(), flags.one("raised_at", "hours_a_day", "C1"));
    assertEquals("1", flags.one("level", "hours_a_day", "C2"));
  }

  @Test
  void sevenClassHoursAreFineAndSoAreMoreOnTwoDays() {
    FlaggedClass morning = FlaggedClass.withoutTeacher("C1", 2).scheduled(lesson("L1", NINE, 180));
    FlaggedClass later =
        FlaggedClass.withoutTeacher("C2", 2)
            .scheduled(lesson("M1", at(300), 135), lesson("M2", at(15 * 60), 45));
    flags.apply(
        attended(morning, "L1", 0, 180),
        attended(attended(later, "M1", 300, 135), "M2", 15 * 60, 45)); // midnight in Shanghai
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void aLessonWithoutAScanOutIsNotAttended() {
    FlaggedClass morning = FlaggedClass.withoutTeacher("C1", 2).scheduled(lesson("L1", NINE, 180));
    FlaggedClass evening =
        FlaggedClass.withoutTeacher("C2", 2).scheduled(lesson("M1", at(300), 180));
    flags.apply(attended(morning, "L1", 0, 180), evening.in(1, "M1", at(300)));
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void halfOfALessonIsALittleTooShort() {
    flags.apply(held("C1").in(1, "L1", at(40)).out(1, "L1", at(84)));
    assertEquals(List.of("stay_short C1 open"), flags.flags());
    Map<String, Object> facts = flags.facts("stay_short", "C1");
    assertEquals(44L, facts.get("stayedMinutes"));
    assertEquals(90L, facts.get("lessonMinutes"));
    assertEquals(50L, facts.get("percentMin"));
    assertEquals("2", flags.fact("stay_short", "C1", "out", "receipt"));
  }

  @Test
  void aStayOfHalfTheLessonIsLongEnoughAndTheTimeBeforeDoesNotCount() {
    flags.apply(
        held("C1")
            .in(1, "L1", at(40))
            .out(1, "L1", at(85))
            .in(2, "L1", at(-30))
            .out(2, "L1", at(75)));
    assertEquals(List.of(), flags.flags());
    flags.apply(
        FlaggedClass.withoutTeacher("C2", 1)
            .scheduled(lesson("L1", at(300), 20))
            .in(1, "L1", at(270))
            .out(1, "L1", at(309)));
    assertEquals(List.of("stay_short C2 open"), flags.flags());
  }

  @Test
  void anEarlierTapThatArrivesLaterClearsAShortStay() {
    Way batch = Way.KIOSK.arriving(at(100));
    FlaggedClass one = held("C1").in(1, "L1", at(40)).out(1, "L1", at(80));
    flags.apply(one);
    assertEquals(List.of("stay_short C1 open"), flags.flags());
    flags.apply(one.aside(1, "L1", Act.IN, at(-5), batch, "repeated"));
    assertEquals(List.of("stay_short C1 cleared"), flags.flags());
    assertEquals(80L, flags.facts("stay_short", "C1").get("stayedMinutes"));
  }

  @Test
  void unverifiedTapsRaiseNoFlagOfAPerson() {
    Way batch = ELSEWHERE.arriving(at(100));
    flags.apply(
        held("C1")
            .in(1, "L1", at(0))
            .aside(1, "L1", Act.OUT, at(1), batch, "card_not_authenticated")
            .aside(1, "L1", Act.OUT, at(2), batch, "tap_time_unprovable"));
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void aPersonKnownByAnotherNameIsFlagged() {
    flags.apply(held("C1").enrolled(1, 2, NINE.minus(Duration.ofDays(1))));
    assertEquals(List.of("name_differs C1 open"), flags.flags());
    assertEquals(person(1), flags.one("person", "name_differs", "C1"));
    assertEquals(Map.of("enrolledAt", "2026-03-01T01:00:00Z"), flags.facts("name_differs", "C1"));
  }
}
