package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
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

  private final Connection connection;
  private final FlagClass here;
  private final String device;

  DeviceFlags(Connection connection, FlagClass here, String device) {
    this.connection = connection;
    this.here = here;
    this.device = device;
  }

  /** Everything which one more tap can have changed. */
  List<Finding> after(Sighting tap) throws SQLException {
    List<Finding> found = new ArrayList<>();
    if (tap.tappedAt().isPresent()) {
      Instant tappedAt = tap.tappedAt().get();
      LocalDate day = LocalDate.ofInstant(tappedAt, ZONE);
      Around around = around(tappedAt, day);
      Map<String, FlagClass> classes = FlagClass.all(connection, here, around.classes());
      for (String id : around.classesOfDay()) {
        FlagClass of = Objects.requireNonNull(classes.get(id));
        if (around.people() > of.flagRules().devicePeopleMax()) {
          found.addAll(people(of, day, around.people()));
        }
      }
      if (tap.kept().tooFast() || isCrowded(around, classes)) {
        found.addAll(tapRate(tappedAt, classes));
      }
      found.addAll(lateUpload(tap, tappedAt));
    }
    return found;
  }

  /**
   * What is near a tap.
   *
   * @param taps less than a minute before or after it
   * @param people on its day
   * @param classes of that day, and of the minutes around the tap
   */
  private record Around(long taps, long people, Set<String> classesOfDay, Set<String> classes) {}

  private Around around(Instant tappedAt, LocalDate day) throws SQLException {
    long from = start(day);
    long to = start(day.plusDays(1));
    long at = tappedAt.toEpochMilli();
    return Sql.query(
            connection,
            """
            SELECT count(*) FILTER (WHERE tapped_at > ? AND tapped_at < ?) AS taps,
              count(DISTINCT person) FILTER (WHERE counted AND tapped_at >= ? AND tapped_at < ?)
                AS people,
              array_agg(DISTINCT class_id) FILTER (WHERE tapped_at >= ? AND tapped_at < ?)
                AS classes_of_day,
              array_agg(DISTINCT class_id) AS classes
            FROM sighting WHERE device = ? AND tapped_at >= ? AND tapped_at < ?""",
            row ->
                new Around(
                    row.getLong("taps"),
                    row.getLong("people"),
                    Set.of((String[]) row.getArray("classes_of_day").getArray()),
                    Set.of((String[]) row.getArray("classes").getArray())),
            at - MINUTE_MILLIS,
            at + MINUTE_MILLIS,
            from,
            to,
            from,
            to,
            device,
            Math.min(from, at - MINUTE_MILLIS),
            Math.max(to, at + MINUTE_MILLIS))
        .getFirst();
  }

  private static boolean isCrowded(Around around, Map<String, FlagClass> classes) {
    return classes.values().stream()
        .anyMatch(of -> around.taps() > of.flagRules().tapsAMinuteMax());
  }

  private static long start(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant().toEpochMilli();
  }

  /** 一机多人: told when the first person too many came. */
  private List<Finding> people(FlagClass of, LocalDate day, long people) throws SQLException {
    int most = of.flagRules().devicePeopleMax();
    return Sql.query(
        connection,
        """
        SELECT min(tapped_at) AS first FROM sighting
        WHERE device = ? AND counted AND tapped_at >= ? AND tapped_at < ?
        GROUP BY person ORDER BY first OFFSET ? LIMIT 1""",
        row ->
            new Finding(
                FlagKind.DEVICE_PEOPLE,
                of,
                Subject.device(device),
                day + "/" + device,
                Map.of("day", day.toString(), "people", people, "peopleMax", most),
                Instant.ofEpochMilli(row.getLong("first")),
                true),
        device,
        start(day),
        start(day.plusDays(1)),
        most);
  }

  /** A lesson's busiest minute on the device, whichever class the other taps of it were for. */
  private record Busiest(
      String classId, String lesson, long taps, Instant from, long tooFast, Instant tooFastFrom) {
    static Busiest of(ResultSet row) throws SQLException {
      return new Busiest(
          row.getString("class_id"),
          row.getString("lesson"),
          row.getLong("taps"),
          Instant.ofEpochMilli(row.getLong("tapped_at")),
          row.getLong("too_fast"),
          Instant.ofEpochMilli(row.getLong("too_fast_from")));
    }
  }

  /** 连续刷卡: of every lesson with a tap near this one. */
  private List<Finding> tapRate(Instant tappedAt, Map<String, FlagClass> classes)
      throws SQLException {
    long at = tappedAt.toEpochMilli();
    List<Busiest> busiest =
        Sql.query(
            connection,
            """
            WITH near AS (
              SELECT DISTINCT class_id, lesson FROM sighting
              WHERE device = ? AND tapped_at > ? AND tapped_at < ?),
            span AS (
              SELECT min(tapped_at) AS first, max(tapped_at) AS last
              FROM sighting JOIN near USING (class_id, lesson) WHERE device = ?),
            counted AS (
              SELECT class_id, lesson, tapped_at, count(*) OVER (
                ORDER BY tapped_at RANGE BETWEEN CURRENT ROW AND 59999 FOLLOWING) AS taps,
                count(*) FILTER (WHERE too_fast) OVER one AS too_fast,
                coalesce(min(tapped_at) FILTER (WHERE too_fast) OVER one, 0) AS too_fast_from
              FROM sighting, span
              WHERE device = ? AND tapped_at >= span.first AND tapped_at < span.last + 60000
              WINDOW one AS (PARTITION BY class_id, lesson))
            SELECT DISTINCT ON (class_id, lesson) * FROM counted JOIN near USING (class_id, lesson)
            ORDER BY class_id, lesson, taps DESC, tapped_at""",
            Busiest::of,
            device,
            at - MINUTE_MILLIS,
            at + MINUTE_MILLIS,
            device,
            device);
    List<Finding> found = new ArrayList<>();
    for (Busiest one : busiest) {
      tapRate(Objects.requireNonNull(classes.get(one.classId())), one).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Finding> tapRate(FlagClass of, Busiest one) {
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
            Subject.device(one.lesson(), device),
            one.lesson() + "/" + device,
            facts,
            crowded ? one.from() : one.tooFastFrom(),
            true));
  }

  /** 延迟上传: one flag for a lesson's statements of a device. */
  private List<Finding> lateUpload(Sighting tap, Instant tappedAt) throws SQLException {
    int hoursMax = here.flagRules().uploadHoursMax();
    long most = Duration.ofHours(hoursMax).toMillis();
    boolean late =
        tap.arrivedAt()
            .filter(arrived -> Duration.between(tappedAt, arrived).toMillis() > most)
            .isPresent();
    return late
        ? Sql.query(
            connection,
            """
            SELECT count(*) AS statements, max(arrived_at - tapped_at) AS longest,
              min(arrived_at) AS first, min(tapped_at) AS tapped
            FROM sighting
            WHERE class_id = ? AND device = ? AND lesson = ? AND arrived_at - tapped_at > ?""",
            row ->
                new Finding(
                    FlagKind.LATE_UPLOAD,
                    here,
                    Subject.device(tap.lesson(), device),
                    tap.lesson() + "/" + device,
                    Map.of(
                        "statements", row.getLong("statements"),
                        "longestMinutes", row.getLong("longest") / MINUTE_MILLIS,
                        "hoursMax", hoursMax,
                        "firstTappedAt", Instant.ofEpochMilli(row.getLong("tapped")).toString(),
                        "firstArrivedAt", Instant.ofEpochMilli(row.getLong("first")).toString()),
                    Instant.ofEpochMilli(row.getLong("first")),
                    true),
            here.id(),
            device,
            tap.lesson(),
            most)
        : List.of();
  }
}
