package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.trainingclass.Timetable;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/**
 * Applies a group of events to classes, rosters, timetables and receipts. Scans and admissions are
 * written in batches; a rare event is written by itself, after the batches that have its class.
 */
final class ClassTables {
  private final Connection connection;
  private final ScanRowBatch scans = new ScanRowBatch();
  private final AdmissionBatch admissions = new AdmissionBatch();
  private final Set<String> gathered = new HashSet<>();

  ClassTables(Connection connection) {
    this.connection = connection;
  }

  /** False when the row that the event changes is missing: an earlier event was not applied. */
  boolean apply(String id, ClassEvent event, FeedEnvelope envelope) throws SQLException {
    return switch (event) {
      case ClassEvent.Attended attended -> scans(id).attended(id, attended, envelope);
      case ClassEvent.Quarantined aside when !aside.inTime() -> scans(id).quarantined(id, aside);
      case ClassEvent.Quarantined aside ->
          scans(id).quarantined(id, aside) && SupervisionTables.inTime(after(id), id, aside);
      case ClassEvent.VoucherAdmitted admitted -> admissions(id).add(id, admitted);
      case ClassEvent.Filed filed -> file(after(id), id, filed);
      case ClassEvent.Approved approved ->
          1
              == Sql.update(
                  after(id),
                  "UPDATE training_class SET state = 'approved', approved_at = ? WHERE class_id = ?",
                  approved.at().toString(),
                  id);
      case ClassEvent.Returned returned -> become(after(id), id, "returned");
      case ClassEvent.Enrolled enrolled -> enrol(after(id), id, enrolled.people());
      case ClassEvent.Unenrolled unenrolled -> unenrol(after(id), id, unenrolled);
      case ClassEvent.NameMended mended -> true; // names are in the vault
      case ClassEvent.Scheduled scheduled -> schedule(after(id), id, scheduled.lessons());
      case ClassEvent.VoucherWithdrawn(var person, var voucher, var at) ->
          withdraw(after(id), id, person, voucher);
      case ClassEvent.Opened opened -> become(after(id), id, "open");
      case ClassEvent.Rescheduled rescheduled ->
          SupervisionTables.rescheduled(after(id), id, rescheduled)
              && schedule(connection, id, rescheduled.lessons());
      case ClassEvent.DeviceNoted noted -> true; // applied by flags
      case ClassEvent.GapWaived waived -> true;
      case ClassEvent.SpotCheckCalled called -> SupervisionTables.called(after(id), id, called);
      case ClassEvent.CorrectionProposed proposed ->
          SupervisionTables.proposed(after(id), id, proposed.correction());
      case ClassEvent.CorrectionDecided decided ->
          SupervisionTables.decided(after(id), id, decided);
      case ClassEvent.FlagDecided decided -> true; // applied by flags
      case ClassEvent.Closed closed -> close(after(id), id, closed);
    };
  }

  private ScanRowBatch scans(String id) {
    gathered.add(id);
    return scans;
  }

  private AdmissionBatch admissions(String id) {
    gathered.add(id);
    return admissions;
  }

  /** For an event that needs the rows of its class's batches. */
  private Connection after(String id) throws SQLException {
    if (gathered.contains(id)) {
      write();
    }
    return connection;
  }

  /**
   * Writes the batches.
   *
   * @throws ProjectionContradiction when rows of earlier events are missing
   */
  void write() throws SQLException {
    scans.write(connection);
    admissions.write(connection);
    gathered.clear();
  }

  private static boolean file(Connection connection, String id, ClassEvent.Filed event)
      throws SQLException {
    Filing filing = event.filing();
    return 1
        == Sql.update(
            connection,
            """
            INSERT INTO training_class
              (class_id, state, institution, region, occupation, level, title, filing, rules,
               filed_at)
            VALUES (?, 'filed', ?, ?, ?, ?, ?, ?, ?, ?)""",
            id,
            filing.institution().value(),
            filing.region().value(),
            filing.occupation().value(),
            filing.level(),
            filing.title(),
            FilingJson.write(filing),
            FilingJson.write(event.rules()),
            event.at().toString());
  }

  private static boolean become(Connection connection, String id, String state)
      throws SQLException {
    return 1
        == Sql.update(
            connection, "UPDATE training_class SET state = ? WHERE class_id = ?", state, id);
  }

  private static boolean close(Connection connection, String id, ClassEvent.Closed event)
      throws SQLException {
    return 1
            == Sql.update(
                connection,
                """
            UPDATE training_class SET state = 'closed', closed_at = ?
            WHERE class_id = ? AND approved_at IS NOT NULL""",
                event.at().toString(),
                id)
        && SupervisionTables.dropped(connection, id, event);
  }

  private static boolean enrol(Connection connection, String id, List<PersonPseudonym> people)
      throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO enrolment (class_id, person, position, enrolled)
        SELECT ?, person,
          min(n) + (SELECT coalesce(max(position), 0) FROM enrolment WHERE class_id = ?), true
        FROM unnest(?) WITH ORDINALITY AS added (person, n) GROUP BY person
        ON CONFLICT (class_id, person) DO UPDATE SET enrolled = true""",
        id,
        id,
        people.stream().map(PersonPseudonym::value).toList());
    return true;
  }

  /** The person is off the sheet; the receipts, and a voucher that is bound, stay. */
  private static boolean unenrol(Connection connection, String id, ClassEvent.Unenrolled event)
      throws SQLException {
    Object[] line = {id, event.person().value()};
    String ofLine = " WHERE class_id = ? AND person = ? AND enrolled";
    boolean off =
        Sql.update(connection, "DELETE FROM enrolment" + ofLine + " AND voucher IS NULL", line) == 1
            || Sql.update(connection, "UPDATE enrolment SET enrolled = false" + ofLine, line) == 1;
    Sql.update(
        connection,
        """
        INSERT INTO unenrolment (class_id, person, unenrolled_at, unenrolled_by, side)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (class_id, person) DO UPDATE SET unenrolled_at = excluded.unenrolled_at,
          unenrolled_by = excluded.unenrolled_by, side = excluded.side""",
        id,
        event.person().value(),
        event.at().toString(),
        event.by().map(Actor::tokenId),
        event.by().map(by -> by.side().code()));
    return off;
  }

  private static boolean schedule(Connection connection, String id, List<Lesson> lessons)
      throws SQLException {
    List<Lesson> ordered = Timetable.of(lessons).lessons();
    Sql.update(connection, "DELETE FROM lesson WHERE class_id = ?", id);
    Sql.update(
        connection,
        """
        INSERT INTO lesson (class_id, lesson_id, position, title, kind, starts_at, ends_at)
        SELECT ?, lesson_id, n, title, kind, starts_at, ends_at
        FROM unnest(?, ?, ?, ?, ?) WITH ORDINALITY
          AS added (lesson_id, title, kind, starts_at, ends_at, n)""",
        id,
        ordered.stream().map(lesson -> lesson.id().value()).toList(),
        ordered.stream().map(Lesson::title).toList(),
        ordered.stream().map(lesson -> lesson.kind().name().toLowerCase(Locale.ROOT)).toList(),
        ordered.stream().map(lesson -> lesson.startsAt().toString()).toList(),
        ordered.stream().map(lesson -> lesson.endsAt().toString()).toList());
    return true;
  }

  private static boolean withdraw(
      Connection connection, String id, PersonPseudonym person, VoucherId voucher)
      throws SQLException {
    Object[] line = {id, person.value(), voucher.value()};
    String ofLine = " WHERE class_id = ? AND person = ? AND voucher = ?";
    return Sql.update(connection, "DELETE FROM enrolment" + ofLine + " AND NOT enrolled", line) == 1
        || Sql.update(connection, "UPDATE enrolment SET voucher = NULL" + ofLine, line) == 1;
  }
}
