package org.skillvoucher.gateway.projection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.projection.Views.CorrectionRow;
import org.skillvoucher.gateway.projection.Views.FlagRow;
import org.skillvoucher.gateway.projection.Views.InstitutionRow;

/** Rows of institutions, corrections and flags. */
final class FieldRows {
  private FieldRows() {}

  static InstitutionRow institution(ResultSet row) throws SQLException {
    return new InstitutionRow(
        row.getString("credit_code"),
        row.getString("region"),
        row.getString("name"),
        row.getInt("edition"),
        row.getString("state"));
  }

  static CorrectionRow correction(ResultSet row) throws SQLException {
    boolean approved = row.getBoolean("approved");
    boolean dropped = row.getBoolean("dropped");
    return new CorrectionRow(
        row.getString("correction_id"),
        row.getString("person"),
        row.getString("lesson"),
        row.getString("kind"),
        row.getString("reason"),
        row.getString("proposed_by"),
        Instant.parse(row.getString("proposed_at")),
        Sql.text(row, "decided_by")
            .map(by -> dropped ? "dropped" : approved ? "approved" : "declined")
            .orElse("proposed"),
        Sql.text(row, "decided_by"),
        Sql.text(row, "decided_reason"),
        Sql.text(row, "decided_at").map(Instant::parse));
  }

  static FlagRow flag(ResultSet row) throws SQLException {
    return new FlagRow(
        row.getString("flag_id"),
        row.getString("kind"),
        row.getInt("level"),
        row.getString("class_id"),
        row.getString("institution"),
        row.getString("region"),
        Sql.text(row, "lesson"),
        Sql.text(row, "person"),
        Sql.text(row, "device"),
        row.getString("facts"),
        Instant.parse(row.getString("raised_at")),
        row.getString("state"),
        Sql.text(row, "decided_by"),
        Sql.text(row, "reason"),
        Sql.text(row, "decided_at").map(Instant::parse));
  }
}
