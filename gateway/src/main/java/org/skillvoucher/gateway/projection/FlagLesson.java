package org.skillvoucher.gateway.projection;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * When a lesson is held, and what is known of it once it is over.
 *
 * @param startsAt milliseconds
 * @param endsAt milliseconds
 * @param ended whether an event of this time or later was seen
 * @param people how many trainees came
 * @param orderHash of the order in which they came; empty for too few
 */
record FlagLesson(Id id, long startsAt, long endsAt, boolean ended, int people, String orderHash) {
  /** One lesson of one class. */
  record Id(String classId, String lesson) {}

  static FlagLesson of(ResultSet row) throws SQLException {
    return new FlagLesson(
        new Id(row.getString("class_id"), row.getString("lesson")),
        row.getLong("starts_at"),
        row.getLong("ends_at"),
        row.getBoolean("ended"),
        row.getInt("people"),
        row.getString("order_hash"));
  }

  FlagLesson over() {
    return new FlagLesson(id, startsAt, endsAt, true, people, orderHash);
  }

  FlagLesson ordered(int newPeople, String newHash) {
    return new FlagLesson(id, startsAt, endsAt, ended, newPeople, newHash);
  }
}
