package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.receipt.Act;

/**
 * Where a person was seen, with the lesson it was for.
 *
 * @param held when the lesson is held; empty when it is in the timetable no more
 * @param source the receipt's number, and the device's counter, as far as it has them
 */
record Seen(
    String classId,
    String lesson,
    Act act,
    Instant tappedAt,
    Optional<String> site,
    boolean teacher,
    Optional<Held> held,
    Source source) {
  record Held(Instant startsAt, Instant endsAt, boolean ended) {}

  record Source(Optional<Long> receipt, Optional<String> device, long counter) {}

  /**
   * Farther back or ahead of a tap nothing matters to it: twice the longest time between two sites,
   * and a day on both sides.
   */
  private static final long RANGE_MILLIS = Duration.ofDays(2).toMillis();

  /** A person's verified taps around one of them, in the order of their times. */
  static List<Seen> around(Connection connection, String person, Instant at) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT s.class_id, s.lesson, s.act, s.tapped_at, s.site, s.teacher, s.receipt, s.device,
          s.counter, l.starts_at, l.ends_at, l.ended
        FROM sighting s LEFT JOIN flag_lesson l USING (class_id, lesson)
        WHERE s.person = ? AND s.counted AND s.tapped_at BETWEEN ? AND ?
        ORDER BY s.tapped_at, s.class_id, s.statement""",
        Seen::of,
        person,
        at.toEpochMilli() - RANGE_MILLIS,
        at.toEpochMilli() + RANGE_MILLIS);
  }

  private static Seen of(ResultSet row) throws SQLException {
    long endsAt = row.getLong("ends_at");
    Optional<Held> held =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new Held(
                    Instant.ofEpochMilli(row.getLong("starts_at")),
                    Instant.ofEpochMilli(endsAt),
                    row.getBoolean("ended")));
    return new Seen(
        row.getString("class_id"),
        row.getString("lesson"),
        Act.of(row.getString("act")).orElseThrow(),
        Instant.ofEpochMilli(row.getLong("tapped_at")),
        Sql.text(row, "site"),
        row.getBoolean("teacher"),
        held,
        new Source(
            Optional.ofNullable(row.getObject("receipt", Long.class)),
            Sql.text(row, "device"),
            row.getLong("counter")));
  }

  /** Of one lesson of one class. */
  boolean isOf(String otherClassId, String otherLesson) {
    return classId.equals(otherClassId) && lesson.equals(otherLesson);
  }

  /** Where it can be looked up. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new HashMap<>();
    facts.put("class", classId);
    facts.put("lesson", lesson);
    facts.put("act", act.code());
    facts.put("at", tappedAt.toString());
    site.ifPresent(where -> facts.put("site", where.substring(where.indexOf('/') + 1)));
    source.receipt().ifPresent(number -> facts.put("receipt", number));
    source
        .device()
        .ifPresent(
            name -> {
              facts.put("device", name);
              facts.put("counter", source.counter());
            });
    return facts;
  }
}
