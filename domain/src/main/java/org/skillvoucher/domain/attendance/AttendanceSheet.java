package org.skillvoucher.domain.attendance;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;

/**
 * The numbers of an attendance sheet (考勤表, R42): a lesson counts for a person who scanned in and
 * out of it, and then with all its minutes; a correction by two people overrides the scans.
 *
 * @param lessons the timetable
 * @param minutesPlanned the minutes of all lessons
 */
public record AttendanceSheet(List<Lesson> lessons, long minutesPlanned, List<Row> rows) {
  public AttendanceSheet {
    lessons = List.copyOf(lessons);
    rows = List.copyOf(rows);
  }

  /**
   * One person's row.
   *
   * @param lessonsAttended lessons with both in and out, or that count by a correction
   * @param lessonsIncomplete lessons with in but without out, which do not count
   * @param late how often the person came late
   * @param minutesAttended minutes of the lessons attended
   * @param percent whole percent of the planned minutes, rounded down
   * @param completed whether the region's threshold is reached
   */
  public record Row(
      PersonPseudonym person,
      int lessonsAttended,
      int lessonsIncomplete,
      int late,
      long minutesAttended,
      int percent,
      boolean completed,
      Detail detail) {}

  /**
   * The breakdown of a row's numbers.
   *
   * @param minutesTheory of the minutes attended, those of theory (理论)
   * @param minutesPractice of the minutes attended, those of practice (实操)
   * @param minutesScanned minutes by scans alone, without corrections
   * @param lessonsCorrected lessons in which a correction differs from the scans
   * @param lessonsOnline lessons attended of which every scan was verified on the spot
   * @param lessonsOffline lessons attended with a scan from an offline batch; lessons in neither
   *     number count by a correction alone
   * @param spotChecksMissed lessons attended in which a spot check (抽查) was called and missed
   */
  public record Detail(
      long minutesTheory,
      long minutesPractice,
      long minutesScanned,
      int lessonsCorrected,
      int lessonsOnline,
      int lessonsOffline,
      int spotChecksMissed) {}

  /** A correction approved by a second person: whether the lesson counts after all. */
  public record Corrected(PersonPseudonym person, LessonId lesson, boolean counts) {}

  /**
   * The input of a sheet.
   *
   * @param marks the recorded scans, in any order
   * @param corrections the last one for a person and lesson applies
   * @param spotChecked ids of the lessons in which a spot check was called
   */
  public record Input(
      Collection<Mark> marks, List<Corrected> corrections, Set<String> spotChecked) {
    public static Input of(Collection<Mark> marks) {
      return new Input(marks, List.of(), Set.of());
    }
  }

  /** Counts the marks; their order makes no difference. */
  public static AttendanceSheet of(
      List<Lesson> lessons, List<PersonPseudonym> people, Input found, AttendanceRules rules) {
    Map<Place, Presence> presences = new HashMap<>();
    for (Mark mark : found.marks()) {
      presences.merge(new Place(mark.person(), mark.lesson()), Presence.of(mark), Presence::and);
    }
    Map<Place, Boolean> corrected = new HashMap<>();
    found.corrections().forEach(c -> corrected.put(new Place(c.person(), c.lesson()), c.counts()));
    long planned = lessons.stream().mapToLong(Lesson::minutes).sum();
    return new AttendanceSheet(
        lessons,
        planned,
        people.stream()
            .map(
                person -> {
                  RowCount count = new RowCount(person);
                  for (Lesson lesson : lessons) {
                    Place place = new Place(person, lesson.id());
                    Presence presence = presences.getOrDefault(place, Presence.NONE);
                    count.add(
                        lesson,
                        presence,
                        corrected.getOrDefault(place, presence.isWhole()),
                        found.spotChecked().contains(lesson.id().value()));
                  }
                  return count.row(planned, rules);
                })
            .toList());
  }

  private record Place(PersonPseudonym person, LessonId lesson) {}

  /** The scans of one person in one lesson. */
  private record Presence(boolean in, boolean out, boolean check, boolean late, boolean offline) {
    static final Presence NONE = new Presence(false, false, false, false, false);

    static Presence of(Mark mark) {
      return new Presence(
          mark.act() == Act.IN,
          mark.act() == Act.OUT,
          mark.act() == Act.CHECK,
          mark.late(),
          !mark.online());
    }

    /** Of two scans in, the one in time counts. */
    Presence and(Presence other) {
      return new Presence(
          in || other.in,
          out || other.out,
          check || other.check,
          (in && other.in) ? (late && other.late) : (late || other.late),
          offline || other.offline);
    }

    boolean isWhole() {
      return in && out;
    }
  }

  /** Adds up one line. */
  private static final class RowCount {
    private final PersonPseudonym person;
    private int attended;
    private int incomplete;
    private int late;
    private long theory;
    private long practice;
    private long scanned;
    private int corrected;
    private int online;
    private int offline;
    private int checksMissed;

    RowCount(PersonPseudonym person) {
      this.person = person;
    }

    void add(Lesson lesson, Presence presence, boolean counts, boolean spotChecked) {
      late += presence.late() ? 1 : 0;
      scanned += presence.isWhole() ? lesson.minutes() : 0;
      corrected += counts != presence.isWhole() ? 1 : 0;
      incomplete += !counts && presence.in() && !presence.out() ? 1 : 0;
      if (counts) {
        attended++;
        online += presence.isWhole() && !presence.offline() ? 1 : 0;
        offline += presence.offline() ? 1 : 0;
        checksMissed += spotChecked && !presence.check() ? 1 : 0;
        switch (lesson.kind()) {
          case THEORY -> theory += lesson.minutes();
          case PRACTICE -> practice += lesson.minutes();
        }
      }
    }

    Row row(long planned, AttendanceRules rules) {
      long minutes = theory + practice;
      return new Row(
          person,
          attended,
          incomplete,
          late,
          minutes,
          planned == 0 ? 0 : (int) (minutes * 100 / planned),
          planned > 0 && minutes * 100 >= planned * rules.thresholdPercent(),
          new Detail(theory, practice, scanned, corrected, online, offline, checksMissed));
    }
  }
}
