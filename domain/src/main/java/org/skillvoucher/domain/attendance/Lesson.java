package org.skillvoucher.domain.attendance;

import java.time.Duration;
import java.time.Instant;
import org.skillvoucher.domain.identity.LessonId;

/**
 * One lesson (课次) of a timetable.
 *
 * @param startsAt inclusive
 * @param endsAt exclusive, after the start
 */
public record Lesson(LessonId id, String title, LessonKind kind, Instant startsAt, Instant endsAt) {
  public Lesson {
    if (!endsAt.isAfter(startsAt)) {
      throw new IllegalArgumentException("a lesson must end after it starts");
    }
  }

  public long minutes() {
    return Duration.between(startsAt, endsAt).toMinutes();
  }
}
