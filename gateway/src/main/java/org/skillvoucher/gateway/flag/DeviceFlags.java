package org.skillvoucher.gateway.flag;

import static java.util.Comparator.naturalOrder;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.gateway.flag.BusiestMinutes.Busiest;
import org.skillvoucher.gateway.flag.FlagAssessment.Subject;

/** Assesses the taps on one device, in all its classes. */
final class DeviceFlags {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private final FlagClasses classes;
  private final TapObservations observations;

  DeviceFlags(FlagClasses classes, TapObservations observations) {
    this.classes = classes;
    this.observations = observations;
  }

  /** The assessments that one more tap on a device can change. */
  List<FlagAssessment> after(
      Connection connection, FlagClass here, TapObservation tap, String device)
      throws SQLException {
    List<FlagAssessment> found = new ArrayList<>();
    if (tap.tappedAt().isPresent()) {
      found.addAll(people(connection, device, LocalDate.ofInstant(tap.tappedAt().get(), ZONE)));
      for (Busiest one : observations.busiestAround(connection, device, tap.tappedMillis())) {
        FlagClass of = classes.of(connection, one.of().classId());
        tapRate(of, device, one).ifPresent(found::add);
      }
      found.addAll(lateUpload(connection, here, tap, device));
    }
    return found;
  }

  private static long start(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
  }

  /** 一机多人: dated by the first person above the limit, in each of the day's classes. */
  private List<FlagAssessment> people(Connection connection, String device, LocalDate day)
      throws SQLException {
    TapsOfDay taps = observations.onDay(connection, device, start(day), start(day.plusDays(1)));
    List<FlagAssessment> found = new ArrayList<>();
    if (taps.isChanged()) {
      for (FlagClass of : classes.all(connection, taps.classes()).values()) {
        int most = of.flagRules().devicePeopleMax();
        if (taps.people() > most) {
          found.add(people(of, device, day, taps));
        }
      }
    }
    return found;
  }

  private static FlagAssessment people(FlagClass of, String device, LocalDate day, TapsOfDay taps) {
    int most = of.flagRules().devicePeopleMax();
    return new FlagAssessment(
        FlagKind.DEVICE_PEOPLE,
        of,
        Subject.device(device),
        day + "/" + device,
        Map.of("day", day.toString(), "people", taps.people(), "peopleMax", most),
        Instant.ofEpochMilli(taps.when(most + 1)),
        true);
  }

  /** 连续刷卡: for every lesson with a minute that contains this tap. */
  private static Optional<FlagAssessment> tapRate(FlagClass of, String device, Busiest one) {
    int most = of.flagRules().tapsAMinuteMax();
    boolean crowded = one.taps() > most;
    if (!crowded && one.tooFast() == 0) {
      return Optional.empty();
    }
    Map<String, Object> facts = new HashMap<>();
    facts.put("taps", one.taps());
    facts.put("tapsAMinuteMax", most);
    facts.put("from", one.from().toString());
    if (one.tooFast() > 0) {
      facts.put("tooFast", one.tooFast());
      facts.put("tooFastFrom", one.tooFastFrom().toString());
      facts.put("tapIntervalMillisMin", of.rules().fieldRules().tapIntervalMillisMin());
    }
    return Optional.of(
        new FlagAssessment(
            FlagKind.TAP_RATE,
            of,
            Subject.device(one.of().lesson(), device),
            one.of().lesson() + "/" + device,
            facts,
            crowded ? one.from() : one.tooFastFrom(),
            true));
  }

  /** 延迟上传: one flag for a lesson's statements of a device. */
  private List<FlagAssessment> lateUpload(
      Connection connection, FlagClass here, TapObservation tap, String device)
      throws SQLException {
    int hoursMax = here.flagRules().uploadHoursMax();
    long most = Duration.ofHours(hoursMax).toMillis();
    if (tap.arrivedAt().isEmpty() || lateMillis(tap) <= most) {
      return List.of();
    }
    List<TapObservation> late =
        observations.ofLesson(connection, tap.ofLesson(), device).stream()
            .filter(one -> one.arrivedAt().isPresent() && lateMillis(one) > most)
            .toList();
    if (late.isEmpty()) {
      return List.of();
    }
    long longest = late.stream().mapToLong(DeviceFlags::lateMillis).max().orElseThrow();
    Instant arrived =
        late.stream().map(one -> one.arrivedAt().orElseThrow()).min(naturalOrder()).orElseThrow();
    Instant tapped = late.getFirst().tappedAt().orElseThrow();
    return List.of(
        new FlagAssessment(
            FlagKind.LATE_UPLOAD,
            here,
            Subject.device(tap.lesson(), device),
            tap.lesson() + "/" + device,
            Map.of(
                "statements",
                (long) late.size(),
                "longestMinutes",
                longest / BusiestMinutes.MINUTE_MILLIS,
                "hoursMax",
                hoursMax,
                "firstTappedAt",
                tapped.toString(),
                "firstArrivedAt",
                arrived.toString()),
            arrived,
            true));
  }

  private static long lateMillis(TapObservation tap) {
    return tap.arrivedAt().orElseThrow().toEpochMilli() - tap.tappedMillis();
  }
}
