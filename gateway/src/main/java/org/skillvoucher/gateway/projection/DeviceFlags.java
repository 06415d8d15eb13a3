package org.skillvoucher.gateway.projection;

import static java.util.Comparator.naturalOrder;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.gateway.projection.Finding.Subject;

/** What the taps on one device tell, in all its classes. */
final class DeviceFlags {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final FlagClasses classes;
  private final Sightings sightings;

  DeviceFlags(FlagClasses classes, Sightings sightings) {
    this.classes = classes;
    this.sightings = sightings;
  }

  /** Everything which one more tap on a device can have changed. */
  List<Finding> after(Connection connection, FlagClass here, Sighting tap, String device)
      throws SQLException {
    List<Finding> found = new ArrayList<>();
    if (tap.tappedAt().isPresent()) {
      Around around = around(connection, device, tap.tappedAt().get());
      Map<String, FlagClass> of = classes.all(connection, around.classes());
      found.addAll(people(device, around, of));
      if (tap.kept().tooFast() || isCrowded(around, of)) {
        found.addAll(tapRate(connection, device, around, of));
      }
      found.addAll(lateUpload(connection, here, tap, device));
    }
    return found;
  }

  /**
   * What is near a tap.
   *
   * @param near taps less than a minute before or after it
   * @param classes of that day, and of the minutes around the tap
   */
  private record Around(List<Sighting> near, LocalDate day, Taps.Day ofDay, Set<String> classes) {}

  private Around around(Connection connection, String device, Instant tappedAt)
      throws SQLException {
    LocalDate day = LocalDate.ofInstant(tappedAt, ZONE);
    long at = tappedAt.toEpochMilli();
    Taps.Day ofDay = sightings.onDay(connection, device, start(day), start(day.plusDays(1)));
    Set<String> classesAround = new HashSet<>(ofDay.classes());
    List<Sighting> near = new ArrayList<>();
    for (Sighting tap :
        sightings.onDevice(connection, device, at - MINUTE_MILLIS, at + MINUTE_MILLIS)) {
      classesAround.add(tap.classId());
      if (tap.tappedMillis() > at - MINUTE_MILLIS) {
        near.add(tap);
      }
    }
    return new Around(near, day, ofDay, classesAround);
  }

  private static boolean isCrowded(Around around, Map<String, FlagClass> classes) {
    return classes.values().stream()
        .anyMatch(of -> around.near().size() > of.flagRules().tapsAMinuteMax());
  }

  private static long start(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
  }

  /** 一机多人: told when the first person too many came, in each of the day's classes. */
  private static List<Finding> people(
      String device, Around around, Map<String, FlagClass> classes) {
    int people = around.ofDay().firsts().size();
    List<FlagClass> tooMany =
        around.ofDay().classes().stream()
            .map(id -> Objects.requireNonNull(classes.get(id)))
            .filter(of -> people > of.flagRules().devicePeopleMax())
            .toList();
    if (tooMany.isEmpty()) {
      return List.of();
    }
    // Put in order once for all classes: there may be many of both.
    List<Long> firsts = around.ofDay().firsts().values().stream().sorted().toList();
    return tooMany.stream().map(of -> people(of, device, around.day(), firsts)).toList();
  }

  private static Finding people(FlagClass of, String device, LocalDate day, List<Long> firsts) {
    int most = of.flagRules().devicePeopleMax();
    return new Finding(
        FlagKind.DEVICE_PEOPLE,
        of,
        Subject.device(device),
        day + "/" + device,
        Map.of("day", day.toString(), "people", firsts.size(), "peopleMax", most),
        Instant.ofEpochMilli(firsts.get(most)),
        true);
  }

  /** A lesson's busiest minute on the device, whichever class the other taps of it were for. */
  private record Busiest(
      FlagLesson.Id of, long taps, Instant from, long tooFast, Instant tooFastFrom) {}

  /** 连续刷卡: of every lesson with a tap near this one. */
  private List<Finding> tapRate(
      Connection connection, String device, Around around, Map<String, FlagClass> of)
      throws SQLException {
    List<FlagLesson.Id> lessons =
        around.near().stream().map(Sighting::ofLesson).distinct().toList();
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (FlagLesson.Id lesson : lessons) {
      List<Sighting> taps = ofLesson(connection, lesson, device);
      first = Math.min(first, taps.getFirst().tappedMillis());
      last = Math.max(last, taps.getLast().tappedMillis());
    }
    List<Sighting> span = sightings.onDevice(connection, device, first, last + MINUTE_MILLIS);
    Map<FlagLesson.Id, Busiest> busiest = busiest(span);
    List<Finding> found = new ArrayList<>();
    for (FlagLesson.Id lesson : lessons) {
      FlagClass here = Objects.requireNonNull(of.get(lesson.classId()));
      tapRate(here, device, Objects.requireNonNull(busiest.get(lesson))).ifPresent(found::add);
    }
    return found;
  }

  /** Taps on the device whose times are known, in their order. */
  private List<Sighting> ofLesson(Connection connection, FlagLesson.Id lesson, String device)
      throws SQLException {
    return sightings.ofLesson(connection, lesson).stream()
        .filter(tap -> tap.tappedAt().isPresent())
        .filter(tap -> tap.device().filter(device::equals).isPresent())
        .toList();
  }

  private static Map<FlagLesson.Id, Busiest> busiest(List<Sighting> span) {
    Map<FlagLesson.Id, Busiest> busiest = new HashMap<>();
    int end = 0;
    int begin = 0;
    for (int i = 0; i < span.size(); i++) {
      Sighting tap = span.get(i);
      long at = tap.tappedMillis();
      while (span.get(begin).tappedMillis() < at) {
        begin++;
      }
      while (end < span.size() && span.get(end).tappedMillis() < at + MINUTE_MILLIS) {
        end++;
      }
      long fast = tap.kept().tooFast() ? 1 : 0;
      Instant from = tap.tappedAt().orElseThrow();
      busiest.merge(
          tap.ofLesson(),
          new Busiest(tap.ofLesson(), end - begin, from, fast, fast > 0 ? from : Instant.EPOCH),
          DeviceFlags::busier);
    }
    return busiest;
  }

  /** Of two of a lesson, the earlier first. */
  private static Busiest busier(Busiest one, Busiest other) {
    Busiest more = other.taps() > one.taps() ? other : one;
    return new Busiest(
        one.of(),
        more.taps(),
        more.from(),
        one.tooFast() + other.tooFast(),
        one.tooFast() > 0 ? one.tooFastFrom() : other.tooFastFrom());
  }

  private static Optional<Finding> tapRate(FlagClass of, String device, Busiest one) {
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
        new Finding(
            FlagKind.TAP_RATE,
            of,
            Subject.device(one.of().lesson(), device),
            one.of().lesson() + "/" + device,
            facts,
            crowded ? one.from() : one.tooFastFrom(),
            true));
  }

  /** 延迟上传: one flag for a lesson's statements of a device. */
  private List<Finding> lateUpload(
      Connection connection, FlagClass here, Sighting tap, String device) throws SQLException {
    int hoursMax = here.flagRules().uploadHoursMax();
    long most = Duration.ofHours(hoursMax).toMillis();
    if (tap.arrivedAt().isEmpty() || lateMillis(tap) <= most) {
      return List.of();
    }
    List<Sighting> late =
        ofLesson(connection, tap.ofLesson(), device).stream()
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
        new Finding(
            FlagKind.LATE_UPLOAD,
            here,
            Subject.device(tap.lesson(), device),
            tap.lesson() + "/" + device,
            Map.of(
                "statements",
                (long) late.size(),
                "longestMinutes",
                longest / MINUTE_MILLIS,
                "hoursMax",
                hoursMax,
                "firstTappedAt",
                tapped.toString(),
                "firstArrivedAt",
                arrived.toString()),
            arrived,
            true));
  }

  private static long lateMillis(Sighting tap) {
    return tap.arrivedAt().orElseThrow().toEpochMilli() - tap.tappedMillis();
  }
}
