package org.skillvoucher.domain.trainingclass;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.trainingclass.ScanRules.Check;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;

/** Whether a device's time of a tap may be believed (签到时间). */
final class TapTimes {
  private TapTimes() {}

  /** What is against the time; empty when nothing is. */
  static Optional<Check> check(FieldRules rules, Question question) {
    if (question.received().statement().signed().isEmpty()) {
      return Optional.empty(); // the gateway's own time
    }
    DeviceStatement statement = question.received().statement();
    Duration skew = Duration.ofSeconds(rules.clockSkewSecondsMax());
    Optional<Offline> offline = question.circumstances().offline();
    if (offline.isEmpty()) {
      return near(statement.tappedAt(), question.now(), skew)
          ? Optional.empty()
          : Optional.of(new ScanResult.Refused(new ClassRefusal.ClockSkew(question.now())));
    }
    return near(statement.tappedAt(), offline.get().arrivedAt(), skew)
            || isProven(rules, statement, offline.get(), skew)
        ? Optional.empty()
        : Optional.of(
            new ScanResult.Refused(new ClassRefusal.TapTimeUnprovable(rules.offlineHoursMax())));
  }

  /** A beacon of ours and the monotonic clock since agree with the device's clock. */
  private static boolean isProven(
      FieldRules rules, DeviceStatement statement, Offline offline, Duration skew) {
    Duration atMost = Duration.ofHours(rules.offlineHoursMax());
    Duration sinceBeacon = Duration.ofMillis(statement.monotonicMillis());
    Instant tappedAt = statement.tappedAt();
    return offline
        .beacon()
        .filter(beacon -> sinceBeacon.compareTo(atMost) <= 0)
        .filter(beacon -> near(tappedAt, beacon.plus(sinceBeacon), skew))
        .filter(beacon -> !tappedAt.isAfter(offline.arrivedAt().plus(skew)))
        .filter(beacon -> Duration.between(tappedAt, offline.arrivedAt()).compareTo(atMost) <= 0)
        .isPresent();
  }

  /**
   * The latest time at which the tap can have been, so that no clock that is slow within its bounds
   * makes a tap seem to lie before something: the gateway's time online, and offline the device's
   * with what it may be off, though not after the arrival.
   */
  static Instant latest(FieldRules rules, Question question) {
    Instant slowest =
        question.received().statement().tappedAt().plusSeconds(rules.clockSkewSecondsMax());
    return question
        .circumstances()
        .offline()
        .map(Offline::arrivedAt)
        .map(arrivedAt -> arrivedAt.isBefore(slowest) ? arrivedAt : slowest)
        .orElse(question.now());
  }

  /** The earliest time at which the tap can have been. */
  static Instant low(FieldRules rules, Offline offline) {
    return offline
        .beacon()
        .orElseGet(
            () -> offline.arrivedAt().minus(Duration.ofSeconds(rules.clockSkewSecondsMax())));
  }

  private static boolean near(Instant one, Instant other, Duration skew) {
    return Duration.between(one, other).abs().compareTo(skew) <= 0;
  }
}
