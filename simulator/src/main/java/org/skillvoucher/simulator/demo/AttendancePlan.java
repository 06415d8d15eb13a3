package org.skillvoucher.simulator.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;

/**
 * Who comes to which lesson, how: everybody attends in full except those cast otherwise. All of the
 * demo's numbers are counted from here.
 */
final class AttendancePlan {
  private final Cast cast;
  private final List<Lesson> lessons;
  private final int people;

  /**
   * Who plays what, by place on the roster; each has a part of one's own.
   *
   * @param early scans too early for the first lesson, and then in time
   * @param doubler scans twice, also under another key
   * @param unlucky the card platform does not answer the first time
   * @param late comes late to the first lesson
   * @param absent is not there on the last day, and another person's card is tried instead
   * @param loser loses the card before the second lesson, and has a new one on the last day
   * @param forgetful does not scan out of the last lesson, which is corrected afterwards
   * @param coded signs in to the second lesson by the code on the phone
   * @param roomed signs in to it by the room's code
   * @param assisted signs in to it with the teacher as witness
   */
  record Cast(
      int early,
      int doubler,
      int unlucky,
      int late,
      int absent,
      int loser,
      int forgetful,
      int coded,
      int roomed,
      int assisted) {
    static final Cast USUAL = new Cast(1, 0, 3, 6, 11, 19, 29, 31, 32, 33);

    int last() {
      return IntStream.of(
              early, doubler, unlucky, late, absent, loser, forgetful, coded, roomed, assisted)
          .max()
          .orElseThrow();
    }
  }

  AttendancePlan(Cast cast, List<Lesson> lessons, int people) {
    if (people <= cast.last() || lessons.size() < 3) {
      throw new UnexpectedAnswer(
          "the story needs more than " + cast.last() + " trainees and three lessons");
    }
    this.cast = cast;
    this.lessons = lessons;
    this.people = people;
  }

  Cast cast() {
    return cast;
  }

  List<Lesson> lessons() {
    return lessons;
  }

  /** The last lesson's teacher does not sign in. */
  boolean isTaught(int lesson) {
    return lesson < lessons.size() - 1;
  }

  boolean isLate(int person, int lesson) {
    return person == cast.late() && lesson == 0;
  }

  boolean comesIn(int person, int lesson) {
    boolean away =
        (person == cast.absent() && isOnLastDay(lesson)) || (person == cast.loser() && lesson == 1);
    return !away;
  }

  boolean goesOut(int person, int lesson) {
    boolean forgets = person == cast.forgetful() && lesson == lessons.size() - 1;
    return comesIn(person, lesson) && !forgets;
  }

  /** The lesson at which the last day begins. */
  int firstOfLastDay() {
    int lesson = 0;
    while (!isOnLastDay(lesson)) {
      lesson++;
    }
    return lesson;
  }

  private boolean isOnLastDay(int lesson) {
    return day(lesson).equals(day(lessons.size() - 1));
  }

  private LocalDate day(int lesson) {
    return LocalDate.ofInstant(lessons.get(lesson).startsAt(), TimetableFile.ZONE);
  }

  /** Those who come in time to a lesson. */
  List<Integer> onTime(int lesson) {
    return everybody().stream()
        .filter(person -> comesIn(person, lesson) && !isLate(person, lesson))
        .toList();
  }

  List<Integer> leaving(int lesson) {
    return everybody().stream().filter(person -> goesOut(person, lesson)).toList();
  }

  /**
   * One receipt for each coming in and each going out, and one for the teacher of each lesson but
   * the last.
   */
  int receipts() {
    int receipts = lessons.size() - 1;
    for (int lesson = 0; lesson < lessons.size(); lesson++) {
      for (int person : everybody()) {
        receipts += (comesIn(person, lesson) ? 1 : 0) + (goesOut(person, lesson) ? 1 : 0);
      }
    }
    return receipts;
  }

  /** The sheet that must come of it. */
  AttendanceSheet sheet(List<PersonPseudonym> pseudonyms, AttendanceRules rules) {
    Set<Mark> marks = new HashSet<>();
    for (int i = 0; i < lessons.size(); i++) {
      for (int person : everybody()) {
        PersonPseudonym who = pseudonyms.get(person);
        if (comesIn(person, i)) {
          marks.add(new Mark(who, lessons.get(i).id(), Act.IN, isLate(person, i)));
        }
        if (goesOut(person, i)) {
          marks.add(new Mark(who, lessons.get(i).id(), Act.OUT, false));
        }
      }
    }
    var corrected =
        new AttendanceSheet.Corrected(
            pseudonyms.get(cast.forgetful()), lessons.getLast().id(), true);
    return AttendanceSheet.of(
        lessons, pseudonyms, new AttendanceSheet.Input(marks, List.of(corrected), Set.of()), rules);
  }

  private List<Integer> everybody() {
    List<Integer> everybody = new ArrayList<>();
    for (int person = 0; person < people; person++) {
      everybody.add(person);
    }
    return everybody;
  }
}
