package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.Circumstances;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.DeviceStatement;
import org.skillvoucher.domain.trainingclass.Scan;

/**
 * One tap, as an event of a class tells of it. A statement that was captured first and verified
 * later is one tap.
 *
 * @param person empty where nobody knows whose it was
 * @param tappedAt empty where the time could not be proven
 * @param device empty where a person's phone was used
 * @param site institution and site; empty in old events
 * @param teacher whether the person teaches the class
 * @param kept in which way it was kept
 * @param arrivedAt when it came in a batch; empty online
 */
record Sighting(
    String classId,
    String lesson,
    String act,
    Optional<String> person,
    Optional<Instant> tappedAt,
    Optional<String> device,
    long counter,
    Optional<String> site,
    boolean teacher,
    Kept kept,
    Optional<Instant> arrivedAt) {
  /**
   * In which way a tap was kept.
   *
   * @param statement its name within the class
   * @param counted whether it was verified, be it for the second time
   * @param tooFast whether it came too soon after the last for two people
   * @param receipt its receipt's number in the class, if it has one
   */
  record Kept(String statement, boolean counted, boolean tooFast, Optional<Long> receipt) {}

  static Sighting of(FlagClass here, ClassEvent.Attended event) {
    Scan scan = event.scan();
    DeviceStatement statement = scan.statement();
    String person = scan.person().value();
    String lesson = scan.lesson().value();
    String act = scan.act().code();
    Optional<String> device = statement.signed().map(signed -> statement.device());
    return new Sighting(
        here.id(),
        lesson,
        act,
        Optional.of(person),
        Optional.of(statement.tappedAt()),
        device,
        statement.counter(),
        event.circumstances().flatMap(how -> site(here, how)),
        here.teachers().contains(person),
        new Kept(
            device
                .map(name -> name + "/" + statement.counter())
                .orElse(lesson + "/" + person + "/" + act),
            true,
            false,
            Optional.of(event.receipt().sequence())),
        event
            .circumstances()
            .flatMap(Circumstances::offline)
            .map(Circumstances.Offline::arrivedAt));
  }

  static Sighting of(FlagClass here, ClassEvent.SetAside event) {
    DeviceStatement statement = event.statement();
    boolean proven = !event.reason().equals("tap_time_unprovable");
    boolean counted = event.reason().equals("repeated") && event.person().isPresent();
    Optional<String> person = event.person().map(PersonPseudonym::value);
    return new Sighting(
        here.id(),
        event.lesson().value(),
        event.act().code(),
        person,
        proven ? Optional.of(statement.tappedAt()) : Optional.empty(),
        Optional.of(statement.device()),
        statement.counter(),
        site(here, event.circumstances()),
        person.filter(here.teachers()::contains).isPresent(),
        new Kept(
            statement.device() + "/" + statement.counter(),
            counted,
            event.reason().equals("tap_rate"),
            Optional.empty()),
        event.circumstances().offline().map(Circumstances.Offline::arrivedAt));
  }

  /** A tap that was refused because it came too fast: its counter is still to be used. */
  static Sighting tooFast(FlagClass here, ClassEvent.DeviceNoted event) {
    DeviceStatement statement = event.statement();
    return new Sighting(
        here.id(),
        event.lesson().value(),
        event.act().code(),
        Optional.empty(),
        Optional.of(statement.tappedAt()),
        Optional.of(statement.device()),
        0,
        Optional.empty(),
        false,
        new Kept(
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

  void keep(Connection connection) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO sighting
          (class_id, statement, lesson, act, person, tapped_at, device, counter, site, teacher,
           counted, too_fast, receipt, arrived_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (class_id, statement) DO UPDATE SET person = excluded.person,
          tapped_at = excluded.tapped_at, teacher = excluded.teacher, counted = excluded.counted,
          too_fast = sighting.too_fast OR excluded.too_fast, receipt = excluded.receipt""",
        classId,
        kept.statement(),
        lesson,
        act,
        person,
        tappedAt.map(Instant::toEpochMilli),
        device,
        counter,
        site,
        teacher,
        kept.counted(),
        kept.tooFast(),
        kept.receipt(),
        arrivedAt.map(Instant::toEpochMilli));
  }
}
