package org.skillvoucher.gateway.flag;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.trainingclass.ClassEvent;

/**
 * One tap, as observed in an event of a class. A statement that was captured first and verified
 * later is one tap.
 *
 * @param person empty where the person is unknown
 * @param tappedAt empty where the time could not be proven
 * @param device empty where a person's phone was used
 * @param site institution and site; empty in old events
 * @param teacher whether the person teaches the class
 * @param record how it was recorded
 * @param arrivedAt when its batch arrived; empty online
 */
record TapObservation(
    String classId,
    String lesson,
    Act act,
    Optional<String> person,
    Optional<Instant> tappedAt,
    Optional<String> device,
    long counter,
    Optional<String> site,
    boolean teacher,
    Recorded record,
    Optional<Instant> arrivedAt) {
  /**
   * How a tap was recorded.
   *
   * @param statement its name within the class
   * @param counted whether it was verified, also if repeated
   * @param tooFast whether it was too soon after the last for two people
   * @param receipt its receipt's number in the class, if it has one
   */
  record Recorded(String statement, boolean counted, boolean tooFast, Optional<Long> receipt) {}

  /** A statement's name in its class, which identifies one tap however often it is observed. */
  record Id(String classId, String statement) {}

  static final String COLUMNS =
      """
      s.class_id, s.statement, s.lesson, s.act, s.person, s.tapped_at, s.device, s.counter, s.site,
      s.teacher, s.counted, s.too_fast, s.receipt, s.arrived_at""";

  static TapObservation of(ResultSet row) throws SQLException {
    return new TapObservation(
        row.getString(1),
        row.getString(3),
        Act.of(row.getString(4)).orElseThrow(),
        Optional.ofNullable(row.getString(5)),
        Optional.ofNullable(row.getObject(6, Long.class)).map(Instant::ofEpochMilli),
        Optional.ofNullable(row.getString(7)),
        row.getLong(8),
        Optional.ofNullable(row.getString(9)),
        row.getBoolean(10),
        new Recorded(
            row.getString(2),
            row.getBoolean(11),
            row.getBoolean(12),
            Optional.ofNullable(row.getObject(13, Long.class))),
        Optional.ofNullable(row.getObject(14, Long.class)).map(Instant::ofEpochMilli));
  }

  Id id() {
    return new Id(classId, record.statement());
  }

  FlagLesson.Id ofLesson() {
    return new FlagLesson.Id(classId, lesson);
  }

  /** Milliseconds; before all others where the time is unproven. */
  long tappedMillis() {
    return tappedAt.isPresent() ? tappedAt.get().toEpochMilli() : Long.MIN_VALUE;
  }

  /** The same tap with another observation of it. */
  TapObservation mergedWith(TapObservation later) {
    return new TapObservation(
        classId,
        lesson,
        act,
        later.person,
        later.tappedAt,
        device,
        counter,
        site,
        later.teacher,
        new Recorded(
            record.statement(),
            later.record.counted(),
            record.tooFast() || later.record.tooFast(),
            later.record.receipt()),
        arrivedAt);
  }

  static TapObservation of(FlagClass here, ClassEvent.Attended event) {
    Scan scan = event.scan();
    DeviceStatement statement = scan.statement();
    String person = scan.person().value();
    String lesson = scan.lesson().value();
    Act act = scan.act();
    Optional<String> device = statement.signed().map(signed -> statement.device());
    return new TapObservation(
        here.id(),
        lesson,
        act,
        Optional.of(person),
        Optional.of(millis(statement.tappedAt())),
        device,
        statement.counter(),
        event.circumstances().flatMap(how -> site(here, how)),
        here.teachers().contains(person),
        new Recorded(
            device
                .map(name -> name + "/" + statement.counter())
                .orElse(lesson + "/" + person + "/" + act.code()),
            true,
            false,
            Optional.of(event.receipt().sequence())),
        event
            .circumstances()
            .flatMap(Circumstances::offline)
            .map(offline -> millis(offline.arrivedAt())));
  }

  static TapObservation of(FlagClass here, ClassEvent.Quarantined event) {
    DeviceStatement statement = event.statement();
    boolean proven = !event.reason().equals("tap_time_unprovable");
    boolean counted = event.reason().equals("repeated") && event.person().isPresent();
    Optional<String> person = event.person().map(PersonPseudonym::value);
    return new TapObservation(
        here.id(),
        event.lesson().value(),
        event.act(),
        person,
        proven ? Optional.of(millis(statement.tappedAt())) : Optional.empty(),
        Optional.of(statement.device()),
        statement.counter(),
        site(here, event.circumstances()),
        person.filter(here.teachers()::contains).isPresent(),
        new Recorded(
            statement.device() + "/" + statement.counter(),
            counted,
            event.reason().equals("tap_rate"),
            Optional.empty()),
        event.circumstances().offline().map(offline -> millis(offline.arrivedAt())));
  }

  /** A tap refused because it was too fast: its counter is not used. */
  static TapObservation tooFast(FlagClass here, ClassEvent.DeviceNoted event) {
    DeviceStatement statement = event.statement();
    return new TapObservation(
        here.id(),
        event.lesson().value(),
        event.act(),
        Optional.empty(),
        Optional.of(millis(statement.tappedAt())),
        Optional.of(statement.device()),
        0,
        Optional.empty(),
        false,
        new Recorded(
            statement.device() + "/refused/" + statement.tappedAt().toEpochMilli(),
            false,
            true,
            Optional.empty()),
        Optional.empty());
  }

  private static Optional<String> site(FlagClass here, Circumstances circumstances) {
    return circumstances.site().isEmpty()
        ? Optional.empty()
        : Optional.of(here.institution() + "/" + circumstances.site());
  }

  /** A row of the table. */
  private static Instant millis(Instant at) {
    return Instant.ofEpochMilli(at.toEpochMilli());
  }
}
