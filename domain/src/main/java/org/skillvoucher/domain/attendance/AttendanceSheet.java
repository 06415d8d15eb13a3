package org.skillvoucher.domain.attendance;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;

/**
 * The numbers of an attendance sheet (考勤表, R42): a lesson counts for a person who scanned in and
 * out of it, and then with all its minutes; a correction by two people overrides the scans. What
 * was scanned, assisted, corrected and captured stays apart, and only scans complete a training.
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
   * @param completed whether the region's threshold is reached by scans, without corrections
   */
  public record Row(
      PersonPseudonym person,
      int lessonsAttended,
      int lessonsIncomplete,
      int late,
      long minutesAttended,
      int percent,
      boolean completed,
      Detail detail,
      Origin origin) {}

  /**
   * Where a row's minutes come from.
   *
   * @param minutesAssisted of the minutes attended, those with a scan for which a witness vouched
   * @param minutesCorrected of the minutes attended, those by a correction alone
   * @param minutesCaptured of lessons that do not count, and of which a statement was captured and
   *     not verified, or vouched for beyond what the region allows
   * @param minutesByScans of the minutes attended, those without a correction
   * @param percentByScans whole percent of the planned minutes, rounded down
   * @param completedWithCorrections whether the region's threshold is reached with corrections
   * @param sites of the devices, in order
   */
  public record Origin(
      long minutesAssisted,
      long minutesCorrected,
      long minutesCaptured,
      long minutesByScans,
      int percentByScans,
      boolean completedWithCorrections,
      List<String> sites) {
    public Origin {
      sites = List.copyOf(sites);
    }
  }

  /**
   * The breakdown of a row's numbers.
   *
   * @param minutesTheory of the minutes attended, those of theory (理论)
   * @param minutesPractice of the minutes attended, those of practice (实操)
   * @param minutesScanned minutes of lessons with a person's own scans in and out, whether or not a
   *     correction takes them away
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

  /** An offline statement that was captured and not verified (未核验留存). */
  public record Captured(PersonPseudonym person, LessonId lesson) {}

  /**
   * The input of a sheet.
   *
   * @param marks the recorded scans, in any order
   * @param corrections the last one for a person and lesson applies
   * @param spotChecked ids of the lessons in which a spot check was called
   * @param assistedMax for how many lessons of a person a witness may vouch; more do not count
   */
  public record Input(
      Collection<Mark> marks,
      List<Corrected> corrections,
      Set<String> spotChecked,
      List<Captured> captured,
      int assistedMax) {
    public Input(Collection<Mark> marks, List<Corrected> corrections, Set<String> spotChecked) {
      this(marks, corrections, spotChecked, List.of(), Integer.MAX_VALUE);
    }

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
    Set<Place> captured = new HashSet<>();
    found.captured().forEach(c -> captured.add(new Place(c.person(), c.lesson())));
    long planned = lessons.stream().mapToLong(Lesson::minutes).sum();
    return new AttendanceSheet(
        lessons,
        planned,
        people.stream()
            .map(
                person -> {
                  RowCount count = new RowCount(person, found.assistedMax());
                  for (Lesson lesson : lessons) {
                    Place place = new Place(person, lesson.id());
                    count.add(
                        lesson,
                        presences.getOrDefault(place, Presence.NONE),
                        Optional.ofNullable(corrected.get(place)),
                        new Noted(
                            found.spotChecked().contains(lesson.id().value()),
                            captured.contains(place)));
                  }
                  return count.row(planned, rules);
                })
            .toList());
  }

  private record Place(PersonPseudonym person, LessonId lesson) {}

  /** Facts of a lesson beside its scans. */
  private record Noted(boolean spotChecked, boolean captured) {}

  /** The scans of one person in one lesson. */
  private record Presence(
      boolean in,
      boolean out,
      boolean check,
      boolean late,
      boolean offline,
      boolean assisted,
      boolean vouchedTooOften,
      Set<String> sites) {
    static final Presence NONE =
        new Presence(false, false, false, false, false, false, false, Set.of());

    static Presence of(Mark mark) {
      return new Presence(
          mark.act() == Act.IN,
          mark.act() == Act.OUT,
          mark.act() == Act.CHECK,
          mark.late(),
          !mark.online(),
          mark.origin().assisted(),
          mark.origin().vouchedTooOften(),
          mark.origin().site().isEmpty() ? Set.of() : Set.of(mark.origin().site()));
    }

    /** Of two scans in, the one in time counts. */
    Presence and(Presence other) {
      return new Presence(
          in || other.in,
          out || other.out,
          check || other.check,
          (in && other.in) ? (late && other.late) : (late || other.late),
          offline || other.offline,
          assisted || other.assisted,
          vouchedTooOften || other.vouchedTooOften,
          Stream.concat(sites.stream(), other.sites.stream()).collect(Collectors.toSet()));
    }

    boolean isWhole() {
      return in && out;
    }
  }

  /** Adds up one line. */
  private static final class RowCount {
    private final PersonPseudonym person;
    private final int assistedMax;
    private final SortedSet<String> sites = new TreeSet<>();
    private int attended;
    private int incomplete;
    private int late;
    private long theory;
    private long practice;
    private long scanned;
    private int lessonsAssisted;
    private long assisted;
    private long byCorrection;
    private long captured;
    private int corrected;
    private int online;
    private int offline;
    private int checksMissed;

    RowCount(PersonPseudonym person, int assistedMax) {
      this.person = person;
      this.assistedMax = assistedMax;
    }

    void add(Lesson lesson, Presence presence, Optional<Boolean> correction, Noted noted) {
      boolean vouched = presence.isWhole() && presence.assisted();
      lessonsAssisted += vouched && !presence.vouchedTooOften() ? 1 : 0;
      boolean tooOften = vouched && (presence.vouchedTooOften() || lessonsAssisted > assistedMax);
      boolean shown = presence.isWhole() && !tooOften;
      boolean counts = correction.orElse(shown);
      sites.addAll(presence.sites());
      late += presence.late() ? 1 : 0;
      scanned += presence.isWhole() && !presence.assisted() ? lesson.minutes() : 0;
      assisted += vouched && shown && counts ? lesson.minutes() : 0;
      byCorrection += counts && !shown ? lesson.minutes() : 0;
      captured += !counts && (tooOften || noted.captured()) ? lesson.minutes() : 0;
      corrected += counts != shown ? 1 : 0;
      incomplete += !counts && presence.in() && !presence.out() ? 1 : 0;
      if (counts) {
        attended(lesson, presence, noted);
      }
    }

    private void attended(Lesson lesson, Presence presence, Noted noted) {
      attended++;
      online += presence.isWhole() && !presence.offline() ? 1 : 0;
      offline += presence.offline() ? 1 : 0;
      checksMissed += noted.spotChecked() && !presence.check() ? 1 : 0;
      switch (lesson.kind()) {
        case THEORY -> theory += lesson.minutes();
        case PRACTICE -> practice += lesson.minutes();
      }
    }

    Row row(long planned, AttendanceRules rules) {
      long minutes = theory + practice;
      long byScans = minutes - byCorrection;
      return new Row(
          person,
          attended,
          incomplete,
          late,
          minutes,
          percent(minutes, planned),
          isReached(byScans, planned, rules),
          new Detail(theory, practice, scanned, corrected, online, offline, checksMissed),
          new Origin(
              assisted,
              byCorrection,
              captured,
              byScans,
              percent(byScans, planned),
              isReached(minutes, planned, rules),
              List.copyOf(sites)));
    }

    private static int percent(long minutes, long planned) {
      return planned == 0 ? 0 : (int) (minutes * 100 / planned);
    }

    private static boolean isReached(long minutes, long planned, AttendanceRules rules) {
      return planned > 0 && minutes * 100 >= planned * rules.thresholdPercent();
    }
  }
}
