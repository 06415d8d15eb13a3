package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.skillvoucher.gateway.projection.Views.CorrectionRow;
import org.skillvoucher.gateway.projection.Views.FlagRow;
import org.skillvoucher.gateway.projection.Views.InstitutionRow;
import org.skillvoucher.gateway.projection.Views.Remarks;

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
    return new CorrectionRow(
        row.getString("correction_id"),
        row.getString("person"),
        row.getString("lesson"),
        row.getString("kind"),
        row.getString("reason"),
        row.getString("proposed_by"),
        Instant.parse(row.getString("proposed_at")),
        Sql.text(row, "decided_by").map(by -> approved),
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

  static Remarks remarks(Connection connection, String classId) throws SQLException {
    return new Remarks(
        counts(
            connection,
            """
            SELECT person, count(*) AS n FROM set_aside
            WHERE class_id = ? AND reason = 'captured' AND person IS NOT NULL GROUP BY person""",
            classId),
        counts(
            connection,
            """
            SELECT person, count(*) AS n FROM flag
            WHERE class_id = ? AND state IN ('open', 'confirmed') AND person IS NOT NULL
            GROUP BY person""",
            classId));
  }

  private static Map<String, Integer> counts(Connection connection, String sql, String classId)
      throws SQLException {
    Map<String, Integer> counts = new HashMap<>();
    Sql.query(connection, sql, row -> Map.entry(row.getString("person"), row.getInt("n")), classId)
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }
}
