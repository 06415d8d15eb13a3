package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.attendance.Lesson;

/** When lessons are held, and which of them are over as far as the journal tells. */
final class FlagLessons {
  /** With one event; of the others the next event tells. */
  private static final int DUE_MAX = 50;

  private FlagLessons() {}

  record Due(String classId, String lesson) {}

  /** The lessons that are held at another time than before, or not at all any more. */
  static List<String> put(Connection connection, String classId, List<Lesson> lessons)
      throws SQLException {
    List<String> ids = lessons.stream().map(lesson -> lesson.id().value()).toList();
    List<String> moved =
        new ArrayList<>(
            Sql.query(
                connection,
                "DELETE FROM flag_lesson WHERE class_id = ? AND lesson <> ALL(?) RETURNING lesson",
                row -> row.getString("lesson"),
                classId,
                ids));
    moved.addAll(
        Sql.query(
            connection,
            """
            INSERT INTO flag_lesson (class_id, lesson, starts_at, ends_at)
            SELECT ?, lesson, starts_at, ends_at
            FROM unnest(?, ?::bigint[], ?::bigint[]) AS added (lesson, starts_at, ends_at)
            ON CONFLICT (class_id, lesson) DO UPDATE
            SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, ended = false
            WHERE (flag_lesson.starts_at, flag_lesson.ends_at)
              <> (excluded.starts_at, excluded.ends_at)
            RETURNING lesson""",
            row -> row.getString("lesson"),
            classId,
            ids,
            lessons.stream().map(lesson -> millis(lesson.startsAt())).toList(),
            lessons.stream().map(lesson -> millis(lesson.endsAt())).toList()));
    return moved;
  }

  private static String millis(Instant at) {
    return Long.toString(at.toEpochMilli());
  }

  /**
   * Lessons of any class which an event of this time shows to be over, in the order of their ends:
   * what is raised and cleared again on the way must not depend on how the rows happen to lie.
   */
  static List<Due> due(Connection connection, Instant at) throws SQLException {
    return Sql.query(
        connection,
        """
        WITH past AS (
          UPDATE flag_lesson SET ended = true
          WHERE (class_id, lesson) IN (
            SELECT class_id, lesson FROM flag_lesson WHERE NOT ended AND ends_at <= ?
            ORDER BY ends_at, class_id, lesson LIMIT ?)
          RETURNING class_id, lesson, ends_at)
        SELECT class_id, lesson FROM past ORDER BY ends_at, class_id, lesson""",
        row -> new Due(row.getString("class_id"), row.getString("lesson")),
        at.toEpochMilli(),
        DUE_MAX);
  }
}
