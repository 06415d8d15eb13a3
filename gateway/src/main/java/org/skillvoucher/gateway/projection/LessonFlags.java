package org.skillvoucher.gateway.projection;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.gateway.projection.Finding.Subject;

/** What a lesson that is over tells as a whole. */
final class LessonFlags {
  /** Fewer people come in the same order by chance: of five, one time in 120. */
  private static final int ORDER_PEOPLE_MIN = 5;

  private final UnaryOperator<byte[]> digest;

  LessonFlags(UnaryOperator<byte[]> digest) {
    this.digest = digest;
  }

  List<Finding> of(Connection connection, FlagClass here, String lesson) throws SQLException {
    List<Finding> found = new ArrayList<>(teacherAbsent(connection, here, lesson));
    if (ordered(connection, here.id(), lesson)) {
      found.addAll(sameOrder(connection, here));
    }
    return found;
  }

  /** 教师缺席: cleared by a teacher's scan in that comes later. */
  private static List<Finding> teacherAbsent(Connection connection, FlagClass here, String lesson)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT l.ends_at, count(DISTINCT s.person) FILTER (WHERE NOT s.teacher) AS people,
          count(DISTINCT s.person) FILTER (WHERE s.teacher) AS teachers
        FROM flag_lesson l JOIN sighting s USING (class_id, lesson)
        WHERE l.class_id = ? AND l.lesson = ? AND s.act = 'in' AND s.counted
        GROUP BY l.ends_at""",
        row -> {
          Instant endsAt = Instant.ofEpochMilli(row.getLong("ends_at"));
          long people = row.getLong("people");
          long teachers = row.getLong("teachers");
          return new Finding(
              FlagKind.TEACHER_ABSENT,
              here,
              Subject.lesson(lesson),
              lesson,
              Map.of("people", people, "teachers", teachers, "endedAt", endsAt.toString()),
              endsAt,
              people > 0 && teachers == 0);
        },
        here.id(),
        lesson);
  }

  /** Keeps in which order the trainees of a lesson came; false when it is known already. */
  private boolean ordered(Connection connection, String classId, String lesson)
      throws SQLException {
    List<String> people =
        Sql.query(
            connection,
            """
            SELECT person FROM sighting
            WHERE class_id = ? AND lesson = ? AND act = 'in' AND counted AND NOT teacher
            AND tapped_at IS NOT NULL
            GROUP BY person ORDER BY min(tapped_at), person""",
            row -> row.getString("person"),
            classId,
            lesson);
    String hash =
        people.size() < ORDER_PEOPLE_MIN
            ? ""
            : HexFormat.of()
                .formatHex(
                    digest.apply(String.join("\n", people).getBytes(StandardCharsets.UTF_8)));
    return 1
        == Sql.update(
            connection,
            """
            UPDATE flag_lesson SET people = ?, order_hash = ?
            WHERE class_id = ? AND lesson = ? AND order_hash <> ?""",
            people.size(),
            hash,
            classId,
            lesson,
            hash);
  }

  private record Ordered(String lesson, Instant endsAt, int people, String hash) {}

  /** 顺序雷同: one flag for each run of lessons, under its first. */
  private static List<Finding> sameOrder(Connection connection, FlagClass here)
      throws SQLException {
    List<Ordered> lessons =
        Sql.query(
            connection,
            """
            SELECT lesson, ends_at, people, order_hash FROM flag_lesson
            WHERE class_id = ? ORDER BY starts_at, lesson""",
            row ->
                new Ordered(
                    row.getString("lesson"),
                    Instant.ofEpochMilli(row.getLong("ends_at")),
                    row.getInt("people"),
                    row.getString("order_hash")),
            here.id());
    List<Finding> found = new ArrayList<>();
    for (int from = 0; from < lessons.size(); ) {
      int to = from + 1;
      while (to < lessons.size() && lessons.get(to).hash().equals(lessons.get(from).hash())) {
        to++;
      }
      List<Ordered> run = lessons.subList(from, to);
      for (int i = 0; i < run.size(); i++) {
        found.add(sameOrder(here, run.subList(i, run.size()), i == 0));
      }
      from = to;
    }
    return found;
  }

  private static Finding sameOrder(FlagClass here, List<Ordered> run, boolean whole) {
    int tooMany = here.flagRules().sameOrderLessons();
    Ordered first = run.getFirst();
    boolean stands = whole && !first.hash().isEmpty() && run.size() >= tooMany;
    return new Finding(
        FlagKind.SAME_ORDER,
        here,
        Subject.lesson(first.lesson()),
        first.lesson(),
        Map.of(
            "lessons", run.size(),
            "lessonsMax", tooMany,
            "first", first.lesson(),
            "last", run.getLast().lesson(),
            "people", first.people()),
        run.get(stands ? tooMany - 1 : 0).endsAt(),
        stands);
  }
}
