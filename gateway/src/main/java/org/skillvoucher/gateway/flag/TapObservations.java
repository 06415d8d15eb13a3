package org.skillvoucher.gateway.flag;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.database.Sql;

/**
 * The taps that flags are assessed from. What was read for one person, device or lesson is cached
 * for later groups, and taps are written with their group: a group costs a few statements, however
 * many events it has.
 */
final class TapObservations {
  /**
   * The time around a tap in which others matter to it: twice the longest way between two sites,
   * and a day on both sides.
   */
  private static final long PERSON_RANGE_MILLIS = Duration.ofDays(2).toMillis();

  /** Taps on a device matter to one another on one day, or within a minute. */
  private static final long DEVICE_RANGE_MILLIS = Duration.ofDays(1).plusMinutes(1).toMillis();

  private final Map<TapObservation.Id, TapObservation> unwritten = new LinkedHashMap<>();
  private final Map<TapObservation.Id, TapObservation> before = new HashMap<>();

  private final TapsBy<String> people =
      new TapsBy<>(
          "person = n0 AND counted AND tapped_at >= since",
          List.of(person -> person),
          tap ->
              tap.record().counted() && tap.tappedAt().isPresent()
                  ? tap.person()
                  : Optional.empty(),
          unwritten);
  private final TapsBy<String> devices =
      new TapsBy<>(
          "device = n0 AND tapped_at >= since",
          List.of(device -> device),
          tap -> tap.tappedAt().isPresent() ? tap.device() : Optional.empty(),
          unwritten);
  private final TapsBy<FlagLesson.Id> signIns =
      new TapsBy<>(
          "class_id = n0 AND lesson = n1 AND act = 'in' AND counted AND since IS NOT NULL",
          List.of(FlagLesson.Id::classId, FlagLesson.Id::lesson),
          tap -> isSignIn(tap) ? Optional.of(tap.ofLesson()) : Optional.empty(),
          unwritten);
  private final TapsBy<FlagLesson.Id> lessons =
      new TapsBy<>(
          "class_id = n0 AND lesson = n1 AND since IS NOT NULL",
          List.of(FlagLesson.Id::classId, FlagLesson.Id::lesson),
          tap -> Optional.of(tap.ofLesson()),
          unwritten);

  private final int keptMax;

  /** Caches a number of taps of each kind between groups; a group may add what it reads. */
  TapObservations(int keptMax) {
    this.keptMax = keptMax;
  }

  private static boolean isSignIn(TapObservation tap) {
    return tap.act() == Act.IN && tap.record().counted();
  }

  /** Reads what the taps of a group are compared with. */
  void begin(Connection connection, List<TapObservation> coming) throws SQLException {
    readBefore(connection, coming);
    Map<String, Long> byPerson = new LinkedHashMap<>();
    Map<String, Long> byDevice = new LinkedHashMap<>();
    Map<FlagLesson.Id, Long> byLesson = new LinkedHashMap<>();
    for (TapObservation tap : coming) {
      if (tap.tappedAt().isPresent()) {
        long at = tap.tappedMillis();
        tap.person()
            .filter(person -> tap.record().counted())
            .ifPresent(person -> byPerson.merge(person, at - PERSON_RANGE_MILLIS, Math::min));
        tap.device()
            .ifPresent(
                device -> {
                  byDevice.merge(device, at - DEVICE_RANGE_MILLIS, Math::min);
                  byLesson.put(tap.ofLesson(), Long.MIN_VALUE);
                });
      }
    }
    people.read(connection, byPerson);
    devices.read(connection, byDevice);
    lessons.read(connection, byLesson);
  }

  private void readBefore(Connection connection, Collection<TapObservation> coming)
      throws SQLException {
    before.clear();
    Sql.query(
            connection,
            """
            SELECT %s FROM unnest(?, ?) AS asked (n0, n1),
              LATERAL (SELECT * FROM sighting WHERE class_id = n0 AND statement = n1 OFFSET 0) s"""
                .formatted(TapObservation.COLUMNS),
            TapObservation::of,
            Sql.column("text", coming, TapObservation::classId),
            Sql.column("text", coming, tap -> tap.record().statement()))
        .forEach(tap -> before.put(tap.id(), tap));
  }

  /** Adds a tap, or another observation of one. */
  void add(TapObservation tap) {
    TapObservation.Id id = tap.id();
    Optional<TapObservation> known =
        Optional.ofNullable(unwritten.get(id)).or(() -> Optional.ofNullable(before.get(id)));
    TapObservation now = known.map(one -> one.mergedWith(tap)).orElse(tap);
    unwritten.put(id, now);
    people.replace(known, now);
    devices.replace(known, now);
    signIns.replace(known, now);
    lessons.replace(known, now);
  }

  /** A person's verified taps around a time, in the order of their times. */
  List<TapObservation> ofPerson(Connection connection, String person, Instant around)
      throws SQLException {
    long from = around.toEpochMilli() - PERSON_RANGE_MILLIS;
    long to = around.toEpochMilli() + PERSON_RANGE_MILLIS + 1;
    return people.of(connection, person, from).between(from, to);
  }

  /** Who used a device on a day, from one time to before another (milliseconds). */
  TapsOfDay onDay(Connection connection, String device, long from, long to) throws SQLException {
    return devices.of(connection, device, from).day(from, to);
  }

  /** The busiest minutes of lessons on a device, of which all taps are known around a time. */
  List<BusiestMinutes.Busiest> busiestAround(Connection connection, String device, long at)
      throws SQLException {
    Taps taps = devices.of(connection, device, at - BusiestMinutes.MINUTE_MILLIS);
    List<FlagLesson.Id> doubtful = taps.minutes().doubtful(at);
    if (!doubtful.isEmpty()) {
      long first = taps.since();
      for (FlagLesson.Id lesson : doubtful) {
        first = Math.min(first, ofLesson(connection, lesson, device).getFirst().tappedMillis());
      }
      taps = devices.of(connection, device, first);
      doubtful.forEach(taps.minutes()::whole);
    }
    return taps.minutes().around(at);
  }

  /** The verified sign-ins (签到) to a lesson. */
  Taps signIns(Connection connection, FlagLesson.Id lesson) throws SQLException {
    return signIns.of(connection, lesson, Long.MIN_VALUE);
  }

  /** A lesson's taps on a device whose times are known, in their order. */
  List<TapObservation> ofLesson(Connection connection, FlagLesson.Id lesson, String device)
      throws SQLException {
    return lessons.of(connection, lesson, Long.MIN_VALUE).all().stream()
        .filter(tap -> tap.tappedAt().isPresent())
        .filter(tap -> tap.device().filter(device::equals).isPresent())
        .toList();
  }

  /** A lesson's verified taps on devices whose times and sites are known, in their order. */
  List<TapObservation> ofDevices(Connection connection, FlagLesson.Id lesson) throws SQLException {
    return lessons.of(connection, lesson, Long.MIN_VALUE).all().stream()
        .filter(tap -> tap.record().counted() && tap.tappedAt().isPresent())
        .filter(tap -> tap.device().isPresent() && tap.site().isPresent())
        .toList();
  }

  /** The number of a device's statements from one counter to before another. */
  long statements(Connection connection, String classId, String device, long from, long to)
      throws SQLException {
    write(connection);
    return Sql.query(
            connection,
            """
            SELECT count(*) FROM sighting
            WHERE class_id = ? AND statement > ? AND statement < ?
              AND device = ? AND counter >= ? AND counter < ?""",
            row -> row.getLong(1),
            classId,
            // All that begin with the device and a slash, which 0 comes after.
            device + "/",
            device + "0",
            device,
            from,
            to)
        .getFirst();
  }

  /** Writes the taps, so that the table can be queried. */
  void write(Connection connection) throws SQLException {
    if (unwritten.isEmpty()) {
      return;
    }
    Collection<TapObservation> taps = unwritten.values();
    List<TapObservation.Recorded> records = taps.stream().map(TapObservation::record).toList();
    Sql.update(
        connection,
        """
        INSERT INTO sighting
          (class_id, statement, lesson, act, person, tapped_at, device, counter, site, teacher,
           counted, too_fast, receipt, arrived_at)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (class_id, statement) DO UPDATE SET person = excluded.person,
          tapped_at = excluded.tapped_at, teacher = excluded.teacher, counted = excluded.counted,
          too_fast = excluded.too_fast, receipt = excluded.receipt""",
        Sql.column("text", taps, TapObservation::classId),
        Sql.column("text", records, TapObservation.Recorded::statement),
        Sql.column("text", taps, TapObservation::lesson),
        Sql.column("text", taps, tap -> tap.act().code()),
        Sql.column("text", taps, TapObservation::person),
        Sql.column("int8", taps, tap -> tap.tappedAt().map(Instant::toEpochMilli)),
        Sql.column("text", taps, TapObservation::device),
        Sql.column("int8", taps, TapObservation::counter),
        Sql.column("text", taps, TapObservation::site),
        Sql.column("bool", taps, TapObservation::teacher),
        Sql.column("bool", records, TapObservation.Recorded::counted),
        Sql.column("bool", records, TapObservation.Recorded::tooFast),
        Sql.column("int8", records, TapObservation.Recorded::receipt),
        Sql.column("int8", taps, tap -> tap.arrivedAt().map(Instant::toEpochMilli)));
    before.putAll(unwritten);
    unwritten.clear();
  }

  void trim() {
    people.trim(keptMax);
    devices.trim(keptMax);
    signIns.trim(keptMax);
    lessons.trim(keptMax);
  }

  void forget() {
    unwritten.clear();
    people.forget();
    devices.forget();
    signIns.forget();
    lessons.forget();
  }
}
