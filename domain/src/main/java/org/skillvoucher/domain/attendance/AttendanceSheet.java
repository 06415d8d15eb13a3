package org.skillvoucher.domain.attendance;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;

/**
 * The numbers of an attendance sheet (考勤表, R42): a lesson counts for a person who scanned in and
 * out of it, and then with all its minutes.
 *
 * @param lessons the timetable
 * @param minutesPlanned the minutes of all lessons
 */
public record AttendanceSheet(List<Lesson> lessons, long minutesPlanned, List<Line> lines) {
  public AttendanceSheet {
    lessons = List.copyOf(lessons);
    lines = List.copyOf(lines);
  }

  /**
   * One person's line.
   *
   * @param lessonsAttended lessons with both in and out
   * @param lessonsIncomplete lessons with in but without out, which do not count
   * @param late how often the person came late
   * @param minutesAttended minutes of the lessons attended
   * @param percent whole percent of the planned minutes, rounded down
   * @param completed whether the region's threshold is reached
   */
  public record Line(
      PersonPseudonym person,
      int lessonsAttended,
      int lessonsIncomplete,
      int late,
      long minutesAttended,
      int percent,
      boolean completed) {}

  /** Counts the marks; the order in which they come makes no difference. */
  public static AttendanceSheet of(
      List<Lesson> lessons,
      List<PersonPseudonym> people,
      Collection<Mark> marks,
      AttendanceRules rules) {
    Set<Mark> seen = new HashSet<>(marks);
    long planned = lessons.stream().mapToLong(Lesson::minutes).sum();
    return new AttendanceSheet(
        lessons,
        planned,
        people.stream().map(person -> line(person, lessons, planned, seen, rules)).toList());
  }

  private static Line line(
      PersonPseudonym person,
      List<Lesson> lessons,
      long planned,
      Set<Mark> marks,
      AttendanceRules rules) {
    int attended = 0;
    int incomplete = 0;
    int late = 0;
    long minutes = 0;
    for (Lesson lesson : lessons) {
      boolean cameLate = marks.contains(new Mark(person, lesson.id(), Act.IN, true));
      boolean in = cameLate || marks.contains(new Mark(person, lesson.id(), Act.IN, false));
      boolean out = marks.contains(new Mark(person, lesson.id(), Act.OUT, false));
      late += cameLate ? 1 : 0;
      if (in && out) {
        attended++;
        minutes += lesson.minutes();
      } else if (in) {
        incomplete++;
      }
    }
    int percent = planned == 0 ? 0 : (int) (minutes * 100 / planned);
    return new Line(
        person,
        attended,
        incomplete,
        late,
        minutes,
        percent,
        planned > 0 && minutes * 100 >= planned * rules.thresholdPercent());
  }
}
