package org.skillvoucher.domain.attendance;

import java.time.Duration;
import java.time.Instant;
import org.skillvoucher.domain.policy.AttendanceRules;

/** When a scan counts for a lesson. */
public final class Windows {
  private Windows() {}

  /** From {@code opensAt} on and before {@code closesAt}. */
  public record Window(Instant opensAt, Instant closesAt) {
    public boolean contains(Instant at) {
      return !at.isBefore(opensAt) && at.isBefore(closesAt);
    }
  }

  public static Window signIn(Lesson lesson, AttendanceRules rules) {
    return new Window(
        lesson.startsAt().minus(Duration.ofMinutes(rules.signInOpensMinutesBefore())),
        lesson.startsAt().plus(Duration.ofMinutes(rules.signInClosesMinutesAfter())));
  }

  public static Window signOut(Lesson lesson, AttendanceRules rules) {
    return new Window(
        lesson.endsAt().minus(Duration.ofMinutes(rules.signOutOpensMinutesBefore())),
        lesson.endsAt().plus(Duration.ofMinutes(rules.signOutClosesMinutesAfter())));
  }

  /** Whether a scan "in" at this moment is late (迟到): after the grace the region gives. */
  public static boolean isLate(Lesson lesson, Instant signedInAt, AttendanceRules rules) {
    return signedInAt.isAfter(lesson.startsAt().plus(Duration.ofMinutes(rules.lateMinutesAfter())));
  }
}
