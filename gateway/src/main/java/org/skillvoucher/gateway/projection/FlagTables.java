package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.journal.FeedEnvelope;

/**
 * What each event of a class does to the flags (预警), in the transaction that also keeps the feed's
 * offset. The journal is taken in its one order, event by event, and nothing else is looked at, so
 * that the tables come out the same whenever they are filled.
 */
final class FlagTables {
  private static final String CLASS = "class|";

  private final FlagTable flags;
  private final LessonFlags lessonFlags;

  FlagTables(UnaryOperator<byte[]> digest) {
    flags = new FlagTable(digest);
    lessonFlags = new LessonFlags(digest);
  }

  /**
   * Applies events, each once.
   *
   * @throws IllegalStateException when events of the class are missing
   */
  void apply(Connection connection, List<FeedEnvelope> group) throws SQLException {
    for (FeedEnvelope envelope : group) {
      apply(connection, envelope);
    }
  }

  private void apply(Connection connection, FeedEnvelope envelope) throws SQLException {
    if (!(envelope.event() instanceof ClassEvent event)) {
      return; // flags are told of classes
    }
    String id = envelope.persistenceId().substring(CLASS.length());
    Optional<FlagClass> here = FlagClass.advance(connection, id, envelope.sequenceNr(), event);
    if (here.isPresent()) {
      apply(connection, here.get(), event);
      over(connection, event.at());
    }
  }

  private void apply(Connection connection, FlagClass here, ClassEvent event) throws SQLException {
    switch (event) {
      case ClassEvent.Scheduled(var lessons, var at) -> schedule(connection, here, lessons);
      case ClassEvent.Rescheduled(var lessons, var change, var at) ->
          schedule(connection, here, lessons);
      case ClassEvent.Attended attended -> seen(connection, here, Sighting.of(here, attended));
      case ClassEvent.SetAside aside -> seen(connection, here, Sighting.of(here, aside));
      case ClassEvent.DeviceNoted noted -> note(connection, here, noted);
      case ClassEvent.GapWaived waived ->
          flags.tell(connection, CounterFlags.waived(connection, here, waived));
      case ClassEvent.FlagDecided decided -> FlagTable.decide(connection, here.id(), decided);
      case ClassEvent.Filed filed -> {}
      case ClassEvent.Approved approved -> {}
      case ClassEvent.Returned returned -> {}
      case ClassEvent.Enrolled enrolled -> {}
      case ClassEvent.VoucherAdmitted admitted -> {}
      case ClassEvent.VoucherWithdrawn withdrawn -> {}
      case ClassEvent.Opened opened -> {}
      case ClassEvent.SpotCheckCalled called -> {}
      case ClassEvent.CorrectionProposed proposed -> {}
      case ClassEvent.CorrectionDecided decided -> {}
      case ClassEvent.Closed closed -> {}
    }
  }

  private void seen(Connection connection, FlagClass here, Sighting tap) throws SQLException {
    tap.keep(connection);
    List<Finding> found = new ArrayList<>();
    if (tap.kept().counted() && tap.tappedAt().isPresent()) {
      Instant at = tap.tappedAt().get();
      PersonFlags person = person(connection, here, tap.person().orElseThrow(), at);
      found.addAll(person.after(here.id(), tap.lesson(), at));
      if (person.isOver(here.id(), tap.lesson())) {
        found.addAll(lessonFlags.of(connection, here, tap.lesson()));
      }
    }
    if (tap.device().isPresent()) {
      String device = tap.device().get();
      found.addAll(new DeviceFlags(connection, here, device).after(tap));
      found.addAll(CounterFlags.gaps(connection, here, device, tap.counter()));
    }
    flags.tell(connection, found);
  }

  private static PersonFlags person(
      Connection connection, FlagClass here, String person, Instant at) throws SQLException {
    List<Seen> seen = Seen.around(connection, person, at);
    return new PersonFlags(
        person, seen, FlagClass.all(connection, here, PersonFlags.classesOf(seen)));
  }

  private void note(Connection connection, FlagClass here, ClassEvent.DeviceNoted event)
      throws SQLException {
    switch (event.matter()) {
      case GAP -> flags.tell(connection, CounterFlags.gap(connection, here, event));
      case FORK -> flags.tell(connection, List.of(CounterFlags.fork(here, event)));
      case TAP_RATE -> seen(connection, here, Sighting.tooFast(here, event));
    }
  }

  private record Present(String person, String lesson, Instant tappedAt) {}

  /**
   * Who signed in early to a lesson that was moved since may be in two classes, or not any more.
   */
  private void schedule(Connection connection, FlagClass here, List<Lesson> lessons)
      throws SQLException {
    List<String> moved = FlagLessons.put(connection, here.id(), lessons);
    List<Present> present =
        Sql.query(
            connection,
            """
            SELECT person, lesson, min(tapped_at) AS tapped_at FROM sighting
            WHERE class_id = ? AND lesson = ANY(?) AND counted AND tapped_at IS NOT NULL
            GROUP BY person, lesson ORDER BY person, lesson""",
            row ->
                new Present(
                    row.getString("person"),
                    row.getString("lesson"),
                    Instant.ofEpochMilli(row.getLong("tapped_at"))),
            here.id(),
            moved);
    for (Present one : present) {
      flags.tell(
          connection,
          person(connection, here, one.person(), one.tappedAt())
              .twoClasses(here.id(), one.lesson()));
    }
  }

  private void over(Connection connection, Instant at) throws SQLException {
    for (FlagLessons.Due due : FlagLessons.due(connection, at)) {
      FlagClass of = FlagClass.known(connection, due.classId());
      flags.tell(connection, lessonFlags.of(connection, of, due.lesson()));
    }
  }
}
