package org.skillvoucher.domain.attendance;

import java.time.Duration;
import java.time.Instant;
import org.skillvoucher.domain.policy.AttendanceRules;

/** The windows in which a scan counts for a lesson. */
public final class Windows {
  private Windows() {}

  /** From {@code opensAt} on and before {@code closesAt}. */
  public record Window(Instant opensAt, Instant closesAt) {
    public boolean contains(Instant at) {
      return !at.isBefore(opensAt) && at.isBefore(closesAt);
    }
  }

  /** Never past the lesson's end, because a person who arrives then has attended nothing of it. */
  public static Window signIn(Lesson lesson, AttendanceRules rules) {
    Instant closesAt = lesson.startsAt().plus(Duration.ofMinutes(rules.signInClosesMinutesAfter()));
    return new Window(
        lesson.startsAt().minus(Duration.ofMinutes(rules.signInOpensMinutesBefore())),
        closesAt.isAfter(lesson.endsAt()) ? lesson.endsAt() : closesAt);
  }

  /** Never before the lesson's start, or a short lesson could be left before it begins. */
  public static Window signOut(Lesson lesson, AttendanceRules rules) {
    Instant opensAt = lesson.endsAt().minus(Duration.ofMinutes(rules.signOutOpensMinutesBefore()));
    return new Window(
        opensAt.isBefore(lesson.startsAt()) ? lesson.startsAt() : opensAt,
        lesson.endsAt().plus(Duration.ofMinutes(rules.signOutClosesMinutesAfter())));
  }

  /** Whether a scan "in" at this moment is late (迟到): after the grace the region gives. */
  public static boolean isLate(Lesson lesson, Instant signedInAt, AttendanceRules rules) {
    return signedInAt.isAfter(lesson.startsAt().plus(Duration.ofMinutes(rules.lateMinutesAfter())));
  }
}
