package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.ATTENDANCE;
import static org.skillvoucher.domain.Samples.CLASS_RULES;
import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.OTHER_VOUCHER;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.VOUCHER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.lesson;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.Samples.person;
import static org.skillvoucher.domain.identity.Actors.BUREAU;
import static org.skillvoucher.domain.identity.Actors.SCHOOL;
import static org.skillvoucher.domain.trainingclass.Classes.APPROVED;
import static org.skillvoucher.domain.trainingclass.Classes.CLOSED;
import static org.skillvoucher.domain.trainingclass.Classes.FILED;
import static org.skillvoucher.domain.trainingclass.Classes.FILING;
import static org.skillvoucher.domain.trainingclass.Classes.OPEN;
import static org.skillvoucher.domain.trainingclass.Classes.PLAN;
import static org.skillvoucher.domain.trainingclass.Classes.RETURNED;
import static org.skillvoucher.domain.trainingclass.Classes.UNFILED;
import static org.skillvoucher.domain.trainingclass.Classes.filing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.Samples;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.trainingclass.ClassRefusal.FiledOtherwise;
import org.skillvoucher.domain.trainingclass.ClassRefusal.FilingIncomplete;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotReady;
import org.skillvoucher.domain.trainingclass.ClassRefusal.RosterFull;
import org.skillvoucher.domain.trainingclass.ClassRefusal.TimetableInvalid;
import org.skillvoucher.domain.trainingclass.ClassRefusal.WrongState;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;

/** A class before its first scan: filing (R04, R16), roster, timetable, vouchers, opening. */
final class PreparationTest {
  private static final ClassState JUST_APPROVED =
      new Approved(new Plan(FILING, CLASS_RULES, NINE, Roster.EMPTY, Timetable.EMPTY));

  @ParameterizedTest
  @CsvSource({
    "'',b,c,d,teachingPlan",
    "a,'',c,d,trainingMode",
    "a,b,'',d,assessmentMethod",
    "a,b,c,'',employmentMeasures",
    "'\u3000\t ',b,c,d,teachingPlan",
  })
  void aFilingWithoutAPartOfItsPlanIsRefusedNamingThePart(
      String teaching, String mode, String assessment, String employment, String missing) {
    assertEquals(
        reject(new FilingIncomplete(List.of(missing))),
        file(UNFILED, filing(teaching, mode, assessment, employment)));
  }

  @Test
  void aFilingWithoutVenueTeachersOrTextbooksIsRefusedNamingThem() {
    assertEquals(List.of("venue"), with(" ", FILING.teachers(), FILING.textbooks()).missingParts());
    assertEquals(List.of("teachers"), with("room", List.of(), FILING.textbooks()).missingParts());
    assertEquals(List.of("textbooks"), with("room", FILING.teachers(), List.of()).missingParts());
    assertEquals(
        List.of("textbooks"), with("room", FILING.teachers(), List.of("", " ")).missingParts());
  }

  @Test
  void aFilingWithoutAnyPartIsRefusedNamingAll() {
    Filing empty = filing("", "", "", "");

    assertEquals(
        reject(
            new FilingIncomplete(
                List.of("teachingPlan", "trainingMode", "assessmentMethod", "employmentMeasures"))),
        file(UNFILED, empty));
  }

  @Test
  void anotherFilingUnderTheSameIdIsRefusedInEveryStateOnceFiled() {
    Filing other = filing("another plan", "b", "c", "d");

    for (ClassState state : List.of(FILED, RETURNED, APPROVED, OPEN, CLOSED)) {
      assertEquals(reject(new FiledOtherwise()), file(state, other));
    }
  }

  @Test
  void aFilingsLevelIsOneToFive() {
    for (int level : new int[] {0, 6}) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new Filing(
                  FILING.institution(),
                  FILING.region(),
                  FILING.occupation(),
                  level,
                  "",
                  "",
                  "",
                  "",
                  "",
                  "",
                  List.of(),
                  List.of(),
                  1));
    }
  }

  @Test
  void aRosterHoldsAtMostThePeopleOfTheRegion() {
    List<PersonPseudonym> three = List.of(LI, WANG, person(3));

    assertEquals(accept(new ClassEvent.Enrolled(three, NINE)), enrol(JUST_APPROVED, three));
    assertEquals(
        reject(new RosterFull(3)), enrol(JUST_APPROVED, List.of(LI, WANG, person(3), person(4))));
    assertEquals(reject(new RosterFull(3)), enrol(APPROVED, List.of(person(3), person(4))));
  }

  @Test
  void enrollingTheSamePeopleAgainChangesNothingEvenWhenTheClassIsOpenOrClosed() {
    for (ClassState state : List.of(APPROVED, OPEN, CLOSED)) {
      assertEquals(already(), enrol(state, List.of(WANG, LI)));
    }
  }

  @Test
  void enrollingAgainChangesNeitherVouchersNorOrder() {
    Roster roster = PLAN.roster().with(List.of(STRANGER, LI));

    assertEquals(List.of(LI, WANG, STRANGER), roster.people());
    assertEquals(VOUCHER, roster.voucherOf(LI).orElseThrow());
    assertEquals(roster, Roster.of(roster.entries()));
    assertEquals(2, PLAN.roster().size());
  }

  @Test
  void aTimetableIsRecordedInTheOrderOfItsLessonsHoweverItIsSent() {
    List<Lesson> reversed = List.of(AFTERNOON, MORNING);

    assertEquals(
        accept(new ClassEvent.Scheduled(LESSONS, BEFORE_NINE)), schedule(JUST_APPROVED, reversed));
    for (ClassState state : List.of(APPROVED, OPEN, CLOSED)) {
      assertEquals(already(), schedule(state, reversed));
    }
  }

  @Test
  void aTimetableNeedsALesson() {
    assertEquals(
        reject(new TimetableInvalid("a timetable needs at least one lesson")),
        schedule(JUST_APPROVED, List.of()));
  }

  @Test
  void aTimetableHoldsAtMostTheLessonsOfTheRegion() {
    List<Lesson> four = List.of(hour(1), hour(2), hour(3), hour(4));

    assertEquals(
        accept(new ClassEvent.Scheduled(four, BEFORE_NINE)), schedule(JUST_APPROVED, four));
    assertEquals(
        reject(new TimetableInvalid("a timetable has at most 4 lessons")),
        schedule(JUST_APPROVED, List.of(hour(1), hour(2), hour(3), hour(4), hour(5))));
  }

  @Test
  void twoLessonsWithOneIdAreRefused() {
    assertEquals(
        reject(new TimetableInvalid("two lessons have the same id")),
        schedule(
            JUST_APPROVED,
            List.of(MORNING, lesson("am", LessonKind.THEORY, AFTERNOON.startsAt(), 5))));
  }

  @Test
  void lessonsThatOverlapAreRefusedAndLessonsThatMeetAreNot() {
    Lesson meets = lesson("next", LessonKind.THEORY, MORNING.endsAt(), 5);
    Lesson overlaps = lesson("next", LessonKind.THEORY, MORNING.endsAt().minusMillis(1), 5);

    assertEquals(
        accept(new ClassEvent.Scheduled(List.of(MORNING, meets), BEFORE_NINE)),
        schedule(JUST_APPROVED, List.of(MORNING, meets)));
    assertEquals(
        reject(new TimetableInvalid("lesson next begins before am ends")),
        schedule(JUST_APPROVED, List.of(MORNING, overlaps)));
  }

  @Test
  void aVoucherMayComeBeforeItsHolderIsEnrolledAndWaits() {
    var admitted = new ClassEvent.VoucherAdmitted(STRANGER, OTHER_VOUCHER, NINE);
    assertEquals(
        accept(admitted),
        ClassDecider.decide(
            APPROVED, new ClassCommand.AdmitVoucher(STRANGER, OTHER_VOUCHER, NINE), BUREAU));

    Roster waiting = roster(ClassEvolution.evolve(APPROVED, admitted, 5));
    assertFalse(waiting.has(STRANGER));
    assertEquals(2, waiting.size());

    Roster enrolled = waiting.with(List.of(STRANGER));
    assertTrue(enrolled.has(STRANGER));
    assertEquals(Optional.of(OTHER_VOUCHER), enrolled.voucherOf(STRANGER));
  }

  @Test
  void aWaitingVoucherThatIsWithdrawnLeavesNothingBehind() {
    Roster waiting = Roster.EMPTY.withVoucher(STRANGER, Optional.of(OTHER_VOUCHER));
    assertEquals(1, waiting.vouchersWaiting());
    assertEquals(Roster.EMPTY, waiting.withVoucher(STRANGER, Optional.empty()));
  }

  @Test
  void noMoreVouchersWaitThanTheRosterMayHavePeople() {
    Roster full = Roster.EMPTY;
    for (int i = 0; i < CLASS_RULES.rosterMax(); i++) {
      full = full.withVoucher(Samples.person(1000 + i), Optional.of(OTHER_VOUCHER));
    }
    ClassState crowded =
        new ClassState.Approved(
            new ClassState.Plan(FILING, CLASS_RULES, NINE, full, Timetable.EMPTY));
    assertEquals(
        reject(new RosterFull(CLASS_RULES.rosterMax())),
        ClassDecider.decide(
            crowded, new ClassCommand.AdmitVoucher(STRANGER, OTHER_VOUCHER, NINE), BUREAU));

    ClassState held =
        new ClassState.Approved(
            new ClassState.Plan(
                FILING, CLASS_RULES, NINE, full.with(List.of(WANG)), Timetable.EMPTY));
    assertEquals(
        accept(new ClassEvent.VoucherAdmitted(WANG, OTHER_VOUCHER, NINE)),
        ClassDecider.decide(
            held, new ClassCommand.AdmitVoucher(WANG, OTHER_VOUCHER, NINE), BUREAU));
  }

  private static Roster roster(ClassState state) {
    return switch (state) {
      case ClassState.Approved(var plan) -> plan.roster();
      case ClassState other -> throw new AssertionError(other.name());
    };
  }

  @Test
  void aVoucherAdmittedTwiceIsRecordedOnce() {
    for (ClassState state : List.of(APPROVED, OPEN, CLOSED)) {
      assertEquals(
          already(),
          ClassDecider.decide(state, new ClassCommand.AdmitVoucher(LI, VOUCHER, NINE), BUREAU));
      assertEquals(
          already(),
          ClassDecider.decide(
              state, new ClassCommand.WithdrawVoucher(WANG, OTHER_VOUCHER, NINE), BUREAU));
    }
  }

  @Test
  void withdrawingAnOlderVoucherLeavesTheOneInUse() {
    assertEquals(
        already(),
        ClassDecider.decide(
            OPEN, new ClassCommand.WithdrawVoucher(LI, OTHER_VOUCHER, NINE), BUREAU));
  }

  @Test
  void aClassOpensOnlyWithARosterAndATimetable() {
    assertEquals(
        reject(new NotReady(List.of("roster", "timetable"))),
        open(PLAN.withRoster(Roster.EMPTY).withTimetable(Timetable.EMPTY)));
    assertEquals(reject(new NotReady(List.of("roster"))), open(PLAN.withRoster(Roster.EMPTY)));
    assertEquals(
        reject(new NotReady(List.of("timetable"))), open(PLAN.withTimetable(Timetable.EMPTY)));
  }

  @Test
  void anOpenClassTakesNoNewPeople() {
    assertEquals(reject(new WrongState("open")), enrol(OPEN, List.of(LI, STRANGER)));
  }

  @Test
  void anExistingTimetableChangesOnlyWithAReasonWhichIsRecorded() {
    List<Lesson> shorter = List.of(MORNING);

    for (ClassState state : List.of(new Approved(PLAN), OPEN)) {
      assertEquals(reject(new ClassRefusal.ReasonRequired()), schedule(state, shorter));
      assertEquals(
          accept(new ClassEvent.Rescheduled(shorter, CHANGE, NINE)),
          ClassDecider.decide(
              state, new ClassCommand.Schedule(shorter, Optional.of(CHANGE), NINE), BUREAU));
    }
  }

  @Test
  void aLessonThatHasBegunStaysAsItIsAndNoneIsAddedInThePast() {
    var late = lesson("late", LessonKind.THEORY, NINE, 45);

    assertEquals(
        reject(new ClassRefusal.LessonBegun("am", NINE)),
        ClassDecider.decide(OPEN, new ClassCommand.Schedule(List.of(), NINE), SCHOOL));
    assertEquals(
        reject(new ClassRefusal.LessonBegun("late", NINE)),
        ClassDecider.decide(
            OPEN, new ClassCommand.Schedule(List.of(MORNING, AFTERNOON, late), NINE), SCHOOL));
  }

  @Test
  void aDayHasNoMoreClassHoursThanTheRulePackAllows() {
    var field = new FieldRules(72, 120, 500, 10, false, 7, false);
    var rules =
        new ClassRules(CLASS_RULES.pack(), 3, 4, ATTENDANCE, Optional.of(field), Optional.empty());
    var seven = lesson("a", LessonKind.THEORY, minutes(1), 315);
    var more = lesson("a", LessonKind.THEORY, minutes(1), 316);
    Plan plan = new Plan(FILING, rules, PLAN.approvedAt(), PLAN.roster(), Timetable.EMPTY);

    assertEquals(
        accept(new ClassEvent.Scheduled(List.of(seven), BEFORE_NINE)),
        schedule(new Approved(plan), List.of(seven)));
    assertEquals(
        ClassRefusal.TimetableInvalid.class,
        refusal(schedule(new Approved(plan), List.of(more))).getClass());
  }

  private static final Instant BEFORE_NINE = minutes(-1);
  private static final ClassCommand.Change CHANGE =
      new ClassCommand.Change("token-1", "the teacher is ill");

  private static ClassRefusal refusal(Decision<ClassEvent, ClassRefusal> decision) {
    return switch (decision) {
      case Decision.Rejected<ClassEvent, ClassRefusal>(var reason) -> reason;
      case Decision.Accepted<ClassEvent, ClassRefusal> accepted ->
          throw new AssertionError("accepted");
    };
  }

  private static Lesson hour(int number) {
    return lesson("l" + number, LessonKind.THEORY, minutes(number * 60L), 60);
  }

  private static Filing with(String venue, List<PersonPseudonym> teachers, List<String> textbooks) {
    return new Filing(
        FILING.institution(),
        FILING.region(),
        FILING.occupation(),
        5,
        "t",
        "a",
        "b",
        "c",
        "d",
        venue,
        teachers,
        textbooks,
        1);
  }

  private static Decision<ClassEvent, ClassRefusal> file(ClassState state, Filing filing) {
    return ClassDecider.decide(state, new ClassCommand.File(filing, CLASS_RULES, NINE), BUREAU);
  }

  private static Decision<ClassEvent, ClassRefusal> enrol(
      ClassState state, List<PersonPseudonym> people) {
    return ClassDecider.decide(state, new ClassCommand.Enrol(people, NINE), BUREAU);
  }

  private static Decision<ClassEvent, ClassRefusal> schedule(
      ClassState state, List<Lesson> lessons) {
    return ClassDecider.decide(state, new ClassCommand.Schedule(lessons, BEFORE_NINE), SCHOOL);
  }

  private static Decision<ClassEvent, ClassRefusal> open(Plan plan) {
    return ClassDecider.decide(new Approved(plan), new ClassCommand.Open(NINE), BUREAU);
  }
}
