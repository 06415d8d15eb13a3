package org.skillvoucher.gateway.flag;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * The times of a lesson, and what is derived once it is over.
 *
 * @param people the number of trainees who attended
 * @param orderHash of the order in which they signed in; empty for too few
 */
record FlagLesson(Id id, Held held, int people, String orderHash) {
  /** One lesson of one class. */
  record Id(String classId, String lesson) {}

  /**
   * The times of a lesson.
   *
   * @param ended whether an event of the end's time or later was applied
   */
  record Held(Instant startsAt, Instant endsAt, boolean ended) {
    /** From one time to before another. */
    boolean begins(Instant from, Instant to) {
      return !startsAt.isBefore(from) && startsAt.isBefore(to);
    }
  }

  static FlagLesson of(ResultSet row) throws SQLException {
    return new FlagLesson(
        new Id(row.getString("class_id"), row.getString("lesson")),
        new Held(
            Instant.ofEpochMilli(row.getLong("starts_at")),
            Instant.ofEpochMilli(row.getLong("ends_at")),
            row.getBoolean("ended")),
        row.getInt("people"),
        row.getString("order_hash"));
  }

  FlagLesson over() {
    return new FlagLesson(id, new Held(held.startsAt(), held.endsAt(), true), people, orderHash);
  }

  FlagLesson ordered(int newPeople, String newHash) {
    return new FlagLesson(id, held, newPeople, newHash);
  }
}
