package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.Circumstances;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.domain.trainingclass.Scan;
import org.skillvoucher.domain.trainingclass.Timetable;

/** The classes with their rosters, timetables and receipts. */
final class ClassTables {
  private final ClosedClasses closedClasses;

  ClassTables(ClosedClasses closedClasses) {
    this.closedClasses = closedClasses;
  }

  /** False when there is nothing the event could change: the tables lack what came before it. */
  boolean apply(Connection connection, String id, ClassEvent event) throws SQLException {
    return switch (event) {
      case ClassEvent.Filed filed -> file(connection, id, filed);
      case ClassEvent.Approved approved ->
          1
              == Sql.update(
                  connection,
                  "UPDATE training_class SET state = 'approved', approved_at = ? WHERE class_id = ?",
                  approved.at().toString(),
                  id);
      case ClassEvent.Returned returned -> become(connection, id, "returned");
      case ClassEvent.Enrolled(var people, var at) -> enrol(connection, id, people);
      case ClassEvent.Scheduled(var lessons, var at) -> schedule(connection, id, lessons);
      case ClassEvent.VoucherAdmitted(var person, var voucher, var at) ->
          admit(connection, id, person, voucher);
      case ClassEvent.VoucherWithdrawn(var person, var voucher, var at) ->
          withdraw(connection, id, person, voucher);
      case ClassEvent.Opened opened -> become(connection, id, "open");
      case ClassEvent.Attended attended -> attend(connection, id, attended);
      case ClassEvent.Rescheduled rescheduled ->
          SupervisionTables.rescheduled(connection, id, rescheduled)
              && schedule(connection, id, rescheduled.lessons());
      case ClassEvent.SetAside aside -> SupervisionTables.setAside(connection, id, aside);
      case ClassEvent.DeviceNoted noted -> true; // told by flags
      case ClassEvent.GapWaived waived -> true;
      case ClassEvent.SpotCheckCalled called -> SupervisionTables.called(connection, id, called);
      case ClassEvent.CorrectionProposed(var correction, var at) ->
          SupervisionTables.proposed(connection, id, correction);
      case ClassEvent.CorrectionDecided decided ->
          SupervisionTables.decided(connection, id, decided);
      case ClassEvent.FlagDecided decided -> true; // kept by the flags' own follower
      case ClassEvent.Closed closed -> {
        closedClasses.close(connection, id, closed);
        yield true;
      }
    };
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
            FiledJson.write(filing),
            FiledJson.write(event.rules()),
            event.at().toString());
  }

  private static boolean become(Connection connection, String id, String state)
      throws SQLException {
    return 1
        == Sql.update(
            connection, "UPDATE training_class SET state = ? WHERE class_id = ?", state, id);
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

  /** A voucher may come before its holder is enrolled, and waits in the holder's later place. */
  private static boolean admit(
      Connection connection, String id, PersonPseudonym person, VoucherId voucher)
      throws SQLException {
    return 1
        == Sql.update(
            connection,
            """
            INSERT INTO enrolment (class_id, person, position, enrolled, voucher)
            SELECT ?, ?, coalesce(max(position), 0) + 1, false, ?
            FROM enrolment WHERE class_id = ?
            ON CONFLICT (class_id, person) DO UPDATE SET voucher = excluded.voucher""",
            id,
            person.value(),
            voucher.value(),
            id);
  }

  private static boolean withdraw(
      Connection connection, String id, PersonPseudonym person, VoucherId voucher)
      throws SQLException {
    Object[] line = {id, person.value(), voucher.value()};
    String ofLine = " WHERE class_id = ? AND person = ? AND voucher = ?";
    return Sql.update(connection, "DELETE FROM enrolment" + ofLine + " AND NOT enrolled", line) == 1
        || Sql.update(connection, "UPDATE enrolment SET voucher = NULL" + ofLine, line) == 1;
  }

  /** Only the next receipt of the class's chain fits. */
  private static boolean attend(Connection connection, String id, ClassEvent.Attended event)
      throws SQLException {
    Scan scan = event.scan();
    SealedReceipt receipt = event.receipt();
    SupervisionTables.receipted(connection, id, event);
    return 1
        == Sql.update(
            connection,
            """
            WITH kept AS (
              INSERT INTO receipt
                (receipt_id, class_id, sequence, person, lesson, act, late, voucher, record,
                 payload_hash, iat, way, authority, online, tapped_at, device, counter, site, room)
              VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''),
                nullif(?, ''))
              RETURNING class_id, sequence, payload_hash)
            UPDATE training_class SET receipts = sequence, last_payload_hash = payload_hash
            FROM kept WHERE training_class.class_id = kept.class_id AND receipts = sequence - 1""",
            receipt.id(),
            id,
            receipt.sequence(),
            scan.person().value(),
            scan.lesson().value(),
            scan.act().code(),
            event.late(),
            event.voucher(),
            receipt.record(),
            receipt.payloadHash(),
            receipt.issuedAtMillis(),
            event.verification().way(),
            event.verification().authority(),
            event.verification().online(),
            scan.statement().tappedAt().toEpochMilli(),
            scan.statement().device(),
            scan.statement().counter(),
            event.circumstances().map(Circumstances::site).orElse(""),
            event.circumstances().map(Circumstances::room).orElse(""));
  }
}
