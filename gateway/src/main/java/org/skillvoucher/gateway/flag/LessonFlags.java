package org.skillvoucher.gateway.flag;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.gateway.flag.FlagAssessment.Subject;

/** Assesses a lesson that is over as a whole. */
final class LessonFlags {
  /** Fewer people arrive in the same order at random: of five, one time in 120. */
  private static final int ORDER_PEOPLE_MIN = 5;

  private static final int JUDGED_MAX = 5_000;

  private final UnaryOperator<byte[]> digest;
  private final FlagLessons lessons;
  private final TapObservations observations;
  private final Map<FlagLesson.Id, Judged> judged = new LinkedHashMap<>(16, 0.75f, true);

  LessonFlags(UnaryOperator<byte[]> digest, FlagLessons lessons, TapObservations observations) {
    this.digest = digest;
    this.lessons = lessons;
    this.observations = observations;
  }

  /** What was derived of a lesson, and from which taps: cached until there are others. */
  private record Judged(Taps taps, long changes, Instant endsAt) {}

  /** The assessments that one more tap for the lesson, or its end, can change. */
  List<FlagAssessment> of(Connection connection, FlagClass here, FlagLesson.Id id)
      throws SQLException {
    Optional<FlagLesson> lesson = lessons.find(connection, id);
    if (lesson.isEmpty()) {
      return List.of();
    }
    Taps signIns = observations.signIns(connection, id);
    Judged now = new Judged(signIns, signIns.changes(), lesson.get().held().endsAt());
    return now.equals(judged.put(id, now))
        ? List.of()
        : of(connection, here, lesson.get(), signIns.all());
  }

  private List<FlagAssessment> of(
      Connection connection, FlagClass here, FlagLesson lesson, List<TapObservation> taps)
      throws SQLException {
    List<FlagAssessment> found = new ArrayList<>();
    if (!taps.isEmpty()) {
      found.add(teacherAbsent(here, lesson, taps));
    }
    FlagLesson ordered = ordered(lesson, taps);
    if (!ordered.orderHash().equals(lesson.orderHash())) {
      lessons.change(ordered);
      found.addAll(sameOrder(here, lessons.timetable(connection, here.id()).values()));
    }
    return found;
  }

  void trim() {
    LruEviction.trim(judged, JUDGED_MAX);
  }

  void forget() {
    judged.clear();
  }

  /** 教师缺席: cleared by a teacher's scan in that arrives later. */
  private static FlagAssessment teacherAbsent(
      FlagClass here, FlagLesson lesson, List<TapObservation> taps) {
    long people = people(taps.stream().filter(tap -> !tap.teacher()));
    long teachers = people(taps.stream().filter(TapObservation::teacher));
    Instant endsAt = lesson.held().endsAt();
    String name = lesson.id().lesson();
    return new FlagAssessment(
        FlagKind.TEACHER_ABSENT,
        here,
        Subject.lesson(name),
        name,
        Map.of("people", people, "teachers", teachers, "endedAt", endsAt.toString()),
        endsAt,
        people > 0 && teachers == 0);
  }

  private static long people(Stream<TapObservation> taps) {
    return taps.flatMap(tap -> tap.person().stream()).distinct().count();
  }

  /** With the order in which the trainees of the lesson came. */
  private FlagLesson ordered(FlagLesson lesson, List<TapObservation> taps) {
    record First(long tappedMillis, String person) {}
    List<String> people =
        taps.stream()
            .filter(tap -> !tap.teacher() && tap.tappedAt().isPresent())
            .map(tap -> new First(tap.tappedMillis(), tap.person().orElseThrow()))
            .sorted(Comparator.comparingLong(First::tappedMillis).thenComparing(First::person))
            .map(First::person)
            .distinct()
            .toList();
    String hash =
        people.size() < ORDER_PEOPLE_MIN
            ? ""
            : HexFormat.of()
                .formatHex(
                    digest.apply(String.join("\n", people).getBytes(StandardCharsets.UTF_8)));
    return lesson.ordered(people.size(), hash);
  }

  /** 顺序雷同: one flag for each run of lessons, under its first. */
  private static List<FlagAssessment> sameOrder(FlagClass here, Collection<FlagLesson> timetable) {
    List<FlagLesson> inOrder =
        timetable.stream()
            .sorted(
                Comparator.comparing((FlagLesson lesson) -> lesson.held().startsAt())
                    .thenComparing(lesson -> lesson.id().lesson()))
            .toList();
    List<FlagAssessment> found = new ArrayList<>();
    for (int from = 0; from < inOrder.size(); ) {
      int to = from + 1;
      while (to < inOrder.size()
          && inOrder.get(to).orderHash().equals(inOrder.get(from).orderHash())) {
        to++;
      }
      List<FlagLesson> run = inOrder.subList(from, to);
      for (int i = 0; i < run.size(); i++) {
        found.add(sameOrder(here, run.subList(i, run.size()), i == 0));
      }
      from = to;
    }
    return found;
  }

  private static FlagAssessment sameOrder(FlagClass here, List<FlagLesson> run, boolean whole) {
    int tooMany = here.flagRules().sameOrderLessons();
    FlagLesson first = run.getFirst();
    String name = first.id().lesson();
    boolean holds = whole && !first.orderHash().isEmpty() && run.size() >= tooMany;
    return new FlagAssessment(
        FlagKind.SAME_ORDER,
        here,
        Subject.lesson(name),
        name,
        Map.of(
            "lessons", run.size(),
            "lessonsMax", tooMany,
            "first", name,
            "last", run.getLast().id().lesson(),
            "people", first.people()),
        run.get(holds ? tooMany - 1 : 0).held().endsAt(),
        holds);
  }
}
