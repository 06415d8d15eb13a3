package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.evidence.EvidenceReceipt;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.gateway.database.Sql;

/**
 * What the read models' tables hold of an approved class.
 *
 * @param receipts in the order of their chain
 */
public record AppliedClass(
    Filing filing,
    ClassRules rules,
    Instant approvedAt,
    AttendanceSheet sheet,
    List<EvidenceReceipt> receipts) {
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
            SheetTables.receipts(connection, classId.value())));
  }
}
