package org.skillvoucher.gateway.flag;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * When a lesson is held, and what is known of it once it is over.
 *
 * @param people how many trainees came
 * @param orderHash of the order in which they came; empty for too few
 */
record FlagLesson(Id id, Held held, int people, String orderHash) {
  /** One lesson of one class. */
  record Id(String classId, String lesson) {}

  /**
   * When.
   *
   * @param ended whether an event of the end's time or later was seen
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
