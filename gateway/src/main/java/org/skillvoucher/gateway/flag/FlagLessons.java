package org.skillvoucher.gateway.flag;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.gateway.database.Sql;

/**
 * The times of lessons, and which of them are over by the times of the journal's events. Timetables
 * are read once; what is derived of a lesson is written with its group.
 */
final class FlagLessons {
  /** Lessons ended by one event; the others are ended by the next. */
  private static final int DUE_MAX = 50;

  private static final int TIMETABLES_MAX = 2_000;

  private final Map<String, Map<String, FlagLesson>> timetables =
      new LinkedHashMap<>(16, 0.75f, true);
  private final Set<FlagLesson.Id> changed = new LinkedHashSet<>();

  /** The end of the next lesson of any class; unset before the first query. */
  private Optional<Long> nextEnd = Optional.empty();

  /** Begins a group with lessons of these classes. */
  void begin(Connection connection, Set<String> classIds) throws SQLException {
    nextEnd = Optional.empty();
    read(connection, classIds);
  }

  /** A lesson of its class's timetable. */
  Optional<FlagLesson> find(Connection connection, FlagLesson.Id id) throws SQLException {
    return Optional.ofNullable(timetable(connection, id.classId()).get(id.lesson()));
  }

  /** The lessons of a class by their names. */
  Map<String, FlagLesson> timetable(Connection connection, String classId) throws SQLException {
    Map<String, FlagLesson> known = timetables.get(classId);
    if (known == null) {
      read(connection, Set.of(classId));
      known = timetables.getOrDefault(classId, Map.of());
    }
    return known;
  }

  private void read(Connection connection, Set<String> classIds) throws SQLException {
    List<String> unknown = classIds.stream().filter(id -> !timetables.containsKey(id)).toList();
    if (unknown.isEmpty()) {
      return;
    }
    unknown.forEach(id -> timetables.put(id, new HashMap<>()));
    Sql.query(
            connection,
            """
            SELECT class_id, lesson, starts_at, ends_at, ended, people, order_hash FROM flag_lesson
            WHERE class_id = ANY (?)""",
            FlagLesson::of,
            unknown)
        .forEach(this::put);
  }

  private void put(FlagLesson lesson) {
    timetables
        .getOrDefault(lesson.id().classId(), new HashMap<>())
        .put(lesson.id().lesson(), lesson);
  }

  /** What was derived of a lesson. */
  void change(FlagLesson lesson) {
    put(lesson);
    changed.add(lesson.id());
  }

  /** The lessons that were moved or removed. */
  List<String> put(Connection connection, String classId, List<Lesson> lessons)
      throws SQLException {
    write(connection);
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
            FROM unnest(?, ?, ?) AS added (lesson, starts_at, ends_at)
            ON CONFLICT (class_id, lesson) DO UPDATE
            SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, ended = false
            WHERE (flag_lesson.starts_at, flag_lesson.ends_at)
              <> (excluded.starts_at, excluded.ends_at)
            RETURNING lesson""",
            row -> row.getString("lesson"),
            classId,
            ids,
            Sql.column("int8", lessons, lesson -> lesson.startsAt().toEpochMilli()),
            Sql.column("int8", lessons, lesson -> lesson.endsAt().toEpochMilli())));
    timetables.remove(classId);
    nextEnd = Optional.empty();
    return moved;
  }

  /**
   * Lessons of any class that are over at the time of an event, in the order of their ends: what is
   * raised and cleared in between must not depend on the order of rows.
   */
  List<FlagLesson.Id> due(Connection connection, Instant at) throws SQLException {
    if (at.toEpochMilli() < nextEnd(connection)) {
      return List.of();
    }
    List<FlagLesson.Id> due =
        Sql.query(
            connection,
            """
            WITH past AS (
              UPDATE flag_lesson SET ended = true
              WHERE (class_id, lesson) IN (
                SELECT class_id, lesson FROM flag_lesson WHERE NOT ended AND ends_at <= ?
                ORDER BY ends_at, class_id, lesson LIMIT ?)
              RETURNING class_id, lesson, ends_at)
            SELECT class_id, lesson FROM past ORDER BY ends_at, class_id, lesson""",
            row -> new FlagLesson.Id(row.getString("class_id"), row.getString("lesson")),
            at.toEpochMilli(),
            DUE_MAX);
    for (FlagLesson.Id id : due) {
      find(connection, id).map(FlagLesson::over).ifPresent(this::put);
    }
    nextEnd = Optional.empty();
    return due;
  }

  private long nextEnd(Connection connection) throws SQLException {
    if (nextEnd.isEmpty()) {
      nextEnd =
          Sql.query(
                  connection,
                  """
                  SELECT coalesce(min(ends_at), 9223372036854775807) FROM flag_lesson
                  WHERE NOT ended""",
                  row -> row.getLong(1))
              .stream()
              .findFirst();
    }
    return nextEnd.orElseThrow();
  }

  /** Writes what was derived. */
  void write(Connection connection) throws SQLException {
    if (!changed.isEmpty()) {
      Collection<FlagLesson> lessons = new ArrayList<>();
      for (FlagLesson.Id id : changed) {
        find(connection, id).ifPresent(lessons::add);
      }
      Sql.update(
          connection,
          """
          UPDATE flag_lesson SET people = found.people, order_hash = found.order_hash
          FROM unnest(?, ?, ?, ?) AS found (class_id, lesson, people, order_hash)
          WHERE flag_lesson.class_id = found.class_id AND flag_lesson.lesson = found.lesson""",
          Sql.column("text", lessons, lesson -> lesson.id().classId()),
          Sql.column("text", lessons, lesson -> lesson.id().lesson()),
          Sql.column("int4", lessons, FlagLesson::people),
          Sql.column("text", lessons, FlagLesson::orderHash));
      changed.clear();
    }
  }

  void trim() {
    LruEviction.trim(timetables, TIMETABLES_MAX);
  }

  void forget() {
    timetables.clear();
    changed.clear();
  }
}
