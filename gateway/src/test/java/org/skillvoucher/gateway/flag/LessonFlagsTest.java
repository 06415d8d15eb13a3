package org.skillvoucher.gateway.flag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.skillvoucher.gateway.flag.FlaggedClass.NINE;
import static org.skillvoucher.gateway.flag.FlaggedClass.TEACHER;
import static org.skillvoucher.gateway.flag.FlaggedClass.lesson;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.gateway.flag.FlaggedClass.Way;
import org.skillvoucher.gateway.projection.ClassStory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LessonFlagsTest {
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
    return new FlaggedClass(id, 2).scheduled(lesson("L1", NINE, 90));
  }

  @Test
  void aLessonThatEndsWithoutItsTeacherIsFlagged() {
    FlaggedClass one = held("C1").in(1, "L1", at(0)).in(2, "L1", at(1)).later(at(89));
    flags.apply(one);
    assertEquals(List.of(), flags.flags());
    flags.apply(one.later(at(90)));
    assertEquals(List.of("teacher_absent C1 open"), flags.flags());
    assertEquals(
        Map.of("people", 2L, "teachers", 0L, "endedAt", "2026-03-02T02:30:00Z"),
        flags.facts("teacher_absent", "C1"));
    assertEquals("L1", flags.one("lesson", "teacher_absent", "C1"));
    assertEquals("2026-03-02T02:30:00Z", flags.one("raised_at", "teacher_absent", "C1"));
  }

  @Test
  void anEventOfAnotherClassEndsALessonToo() {
    flags.apply(held("C1").in(1, "L1", at(0)), held("C2").later(at(95)));
    assertEquals(List.of("teacher_absent C1 open"), flags.flags());
  }

  @Test
  void withItsTeacherOrWithoutAnybodyALessonMayEnd() {
    flags.apply(
        held("C1").in(1, "L1", at(0)).in(TEACHER, "L1", at(50)).later(at(95)),
        held("C2").later(at(95)));
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void aTeachersSignInThatArrivesLaterClearsIt() {
    FlaggedClass one = held("C1").in(1, "L1", at(0)).later(at(95));
    flags.apply(one);
    assertEquals(List.of("teacher_absent C1 open"), flags.flags());
    Way batch = Way.on("D2-1", "S1").arriving(at(300));
    flags.apply(one.tap(TEACHER, "L1", Act.IN, at(5), batch));
    assertEquals(List.of("teacher_absent C1 cleared"), flags.flags());
    assertEquals(1L, flags.facts("teacher_absent", "C1").get("teachers"));
  }

  @Test
  void aTraineeWhoseTapArrivesLaterRaisesIt() {
    FlaggedClass one = held("C1").later(at(95));
    flags.apply(one);
    assertEquals(List.of(), flags.flags());
    flags.apply(one.tap(1, "L1", Act.IN, at(5), Way.KIOSK.arriving(at(300))));
    assertEquals(List.of("teacher_absent C1 open"), flags.flags());
  }

  @Test
  void aLevelOfZeroIsNotRaised() {
    flags.apply(
        FlaggedClass.withoutTeacher("C1", 2)
            .scheduled(lesson("L1", NINE, 90))
            .in(1, "L1", at(0))
            .later(at(95)));
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void aTeacherWhoIsFiledTwiceIsOneTeacher() {
    Filing filing = new ClassStory("C1").filing("电工");
    List<PersonPseudonym> twice = List.of(ClassStory.person(TEACHER), ClassStory.person(TEACHER));
    Filing doubled =
        new Filing(
            filing.institution(),
            filing.region(),
            filing.occupation(),
            filing.level(),
            filing.title(),
            filing.teachingPlan(),
            filing.trainingMode(),
            filing.assessmentMethod(),
            filing.employmentMeasures(),
            filing.venue(),
            twice,
            filing.textbooks(),
            filing.traineesPlanned());
    FlaggedClass one = held("C1").in(1, "L1", at(0)).in(TEACHER, "L1", at(1)).later(at(90));
    var filed = new ClassEvent.Filed(doubled, FlaggedClass.rules(2, Set.of()), NINE);
    flags.apply(ClassStory.envelope("class|C1", 1, filed));
    flags.apply(one);
    assertEquals(List.of(), flags.flags());
  }

  private static Lesson onDay(int day) {
    return lesson("L" + day, NINE.plus(Duration.ofDays(day)), 90);
  }

  private static FlaggedClass overDays(int days) {
    return new FlaggedClass("C1", 2)
        .scheduled(
            IntStream.range(0, days).mapToObj(LessonFlagsTest::onDay).toArray(Lesson[]::new));
  }

  /** The people in this order, a minute apart, and their teacher, until the lesson is over. */
  private static FlaggedClass came(FlaggedClass one, int day, int... people) {
    Instant start = onDay(day).startsAt();
    one.tap(TEACHER, "L" + day, Act.IN, start, Way.on("D9-1", "S1"));
    for (int i = 0; i < people.length; i++) {
      one.in(people[i], "L" + day, start.plus(Duration.ofMinutes(i)));
    }
    return one.later(onDay(day).endsAt());
  }

  @Test
  void theSameOrderInThreeLessonsInARowIsFlaggedOnce() {
    FlaggedClass one = overDays(6);
    came(one, 0, 5, 4, 3, 2, 1);
    came(one, 1, 1, 4, 3, 2, 5);
    came(one, 2, 1, 4, 3, 2, 5);
    flags.apply(one);
    assertEquals(List.of(), flags.flags());
    came(one, 3, 1, 4, 3, 2, 5);
    came(one, 4, 1, 4, 3, 2, 5);
    came(one, 5, 1, 2, 3, 4, 5);
    flags.apply(one);
    assertEquals(List.of("same_order C1 open"), flags.flags());
    assertEquals(
        Map.of("lessons", 4L, "lessonsMax", 3L, "first", "L1", "last", "L4", "people", 5L),
        flags.facts("same_order", "C1"));
    assertEquals(onDay(3).endsAt().toString(), flags.one("raised_at", "same_order", "C1"));
  }

  @Test
  void twoLessonsOrAFewPeopleInTheSameOrderAreChance() {
    FlaggedClass one = overDays(5);
    came(one, 0, 1, 2, 3, 4, 5);
    came(one, 1, 1, 2, 3, 4, 5);
    came(one, 2, 1, 2, 3, 4);
    came(one, 3, 1, 2, 3, 4);
    came(one, 4, 1, 2, 3, 4);
    flags.apply(one);
    assertEquals(List.of(), flags.flags());
  }

  @Test
  void anotherPersonsTapThatArrivesLaterBreaksTheOrder() {
    FlaggedClass one = overDays(5);
    for (int day = 0; day < 5; day++) {
      came(one, day, 1, 2, 3, 4, 5);
    }
    flags.apply(one);
    assertEquals(List.of("same_order C1 open"), flags.flags());
    Way batch = Way.on("D2-1", "S1").arriving(onDay(5).startsAt());
    flags.apply(one.tap(6, "L1", Act.IN, onDay(1).startsAt().plusSeconds(30), batch));
    // What is left of the run begins behind that lesson.
    assertEquals(
        List.of("L0 cleared", "L2 open"),
        flags.database.column(
            "SELECT lesson || ' ' || state FROM flag WHERE kind = 'same_order' ORDER BY 1"));
  }
}
