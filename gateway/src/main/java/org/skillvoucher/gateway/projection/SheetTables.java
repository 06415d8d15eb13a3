package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.evidence.EvidenceReceipt;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;

/** What an attendance sheet is counted from (R42). */
final class SheetTables {
  private SheetTables() {}

  static AttendanceSheet sheet(Connection connection, String classId, ClassRules rules)
      throws SQLException {
    return AttendanceSheet.of(
        lessons(connection, classId),
        people(connection, classId),
        new AttendanceSheet.Found(
            marks(connection, classId),
            SupervisionTables.approved(connection, classId),
            SupervisionTables.spotChecked(connection, classId)),
        rules.attendance());
  }

  /** A class's receipts in the order of their chain. */
  static List<EvidenceReceipt> receipts(Connection connection, String classId) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT receipt_id, sequence, payload_hash, person, lesson, act, late,
          coalesce(voucher, '') AS voucher
        FROM receipt WHERE class_id = ? ORDER BY sequence""",
        SheetTables::receipt,
        classId);
  }

  private static EvidenceReceipt receipt(ResultSet row) throws SQLException {
    return new EvidenceReceipt(
        row.getString("receipt_id"),
        row.getLong("sequence"),
        row.getString("payload_hash"),
        new PersonPseudonym(row.getString("person")),
        new LessonId(row.getString("lesson")),
        Act.of(row.getString("act")).orElseThrow(),
        row.getBoolean("late"),
        row.getString("voucher"));
  }

  private static List<Mark> marks(Connection connection, String classId) throws SQLException {
    return Sql.query(
        connection,
        "SELECT person, lesson, act, late, online FROM receipt WHERE class_id = ?",
        row ->
            new Mark(
                new PersonPseudonym(row.getString("person")),
                new LessonId(row.getString("lesson")),
                Act.of(row.getString("act")).orElseThrow(),
                row.getBoolean("late"),
                row.getBoolean("online")),
        classId);
  }

  private static List<Lesson> lessons(Connection connection, String classId) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT lesson_id, title, kind, starts_at, ends_at FROM lesson
        WHERE class_id = ? ORDER BY position""",
        row ->
            new Lesson(
                new LessonId(row.getString("lesson_id")),
                row.getString("title"),
                LessonKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Instant.parse(row.getString("starts_at")),
                Instant.parse(row.getString("ends_at"))),
        classId);
  }

  private static List<PersonPseudonym> people(Connection connection, String classId)
      throws SQLException {
    return Sql.query(
        connection,
        "SELECT person FROM enrolment WHERE class_id = ? AND enrolled ORDER BY position",
        row -> new PersonPseudonym(row.getString("person")),
        classId);
  }
}
