package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.evidence.EvidenceNotes;
import org.skillvoucher.domain.evidence.EvidenceReceipt;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.gateway.database.Sql;

/**
 * What the read models' tables hold of an approved class.
 *
 * @param receipts in the order of their chain
 * @param unenrolled who was taken off the roster
 */
public record AppliedClass(
    Filing filing,
    ClassRules rules,
    Instant approvedAt,
    AttendanceSheet sheet,
    List<EvidenceReceipt> receipts,
    List<EvidenceNotes.Unenrolled> unenrolled) {
  private record Approved(Filing filing, ClassRules rules, Instant at) {}

  /**
   * Reads a class.
   *
   * @param sequenceNr the event which must have been applied
   * @return empty while the read models lag behind that event
   */
  public static Optional<AppliedClass> read(Connection connection, ClassId classId, long sequenceNr)
      throws SQLException {
    List<Approved> found =
        Sql.query(
            connection,
            """
            SELECT filing, rules, approved_at
            FROM training_class JOIN applied ON persistence_id = 'class|' || class_id
            WHERE class_id = ? AND last_sequence >= ? AND approved_at IS NOT NULL""",
            row ->
                new Approved(
                    FilingJson.filing(row.getString("filing")),
                    FilingJson.rules(row.getString("rules")),
                    Instant.parse(row.getString("approved_at"))),
            classId.value(),
            sequenceNr);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Approved one = found.getFirst();
    return Optional.of(
        new AppliedClass(
            one.filing(),
            one.rules(),
            one.at(),
            SheetTables.sheet(connection, classId.value(), one.rules()),
            SheetTables.receipts(connection, classId.value()),
            unenrolled(connection, classId.value())));
  }

  /** Without those who were put on the roster again. */
  private static List<EvidenceNotes.Unenrolled> unenrolled(Connection connection, String classId)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT person, unenrolled_at FROM unenrolment u
        WHERE class_id = ? AND NOT EXISTS (
          SELECT FROM enrolment e
          WHERE e.class_id = u.class_id AND e.person = u.person AND e.enrolled)""",
        row ->
            new EvidenceNotes.Unenrolled(
                new PersonPseudonym(row.getString("person")),
                Instant.parse(row.getString("unenrolled_at"))),
        classId);
  }
}
