package org.skillvoucher.gateway.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.skillvoucher.gateway.audit.AuditReport.Difference;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.security.Caller;

/**
 * Compares the journal with what was applied, per entity, in one statement and so in one snapshot.
 * It compares counts and last sequence numbers, which finds an event that was deleted, appended,
 * renumbered or moved to another entity. It does not compare contents: receipts are signed, and
 * their chain is checked when a class is closed.
 */
final class AuditQuery {
  private static final String SQL =
      """
      j AS MATERIALIZED (
        SELECT persistence_id, count(*) AS events, max(sequence_number) AS last_sequence
        FROM event_journal %1$s GROUP BY persistence_id),
      a AS MATERIALIZED (SELECT * FROM applied %1$s),
      totals AS (
        SELECT (SELECT coalesce(sum(events), 0) FROM j) AS journal_events,
               (SELECT coalesce(sum(events), 0) FROM a) AS applied_events,
               (SELECT count(*) FROM j) AS entities),
      both_sides AS (
        SELECT persistence_id,
          coalesce(j.events, 0) AS journal, coalesce(j.last_sequence, 0) AS journal_last,
          coalesce(a.events, 0) AS applied, coalesce(a.last_sequence, 0) AS applied_last
        FROM j FULL JOIN a USING (persistence_id)),
      differences AS (
        SELECT persistence_id, journal, applied FROM both_sides b
        WHERE (journal, journal_last) <> (applied, applied_last)
        AND NOT (
          -- merely behind: what is missing is at the end, and all of it is new
          journal > applied AND journal - applied = journal_last - applied_last
          AND NOT EXISTS (
            SELECT FROM event_journal e
            WHERE e.persistence_id = b.persistence_id AND e.sequence_number > applied_last
            AND coalesce(e.write_timestamp, 0) <= ?))
        ORDER BY persistence_id LIMIT 100)
      SELECT * FROM totals LEFT JOIN differences ON true ORDER BY persistence_id""";

  private static final String OF_ALL = "WITH " + SQL.formatted("");

  /** Of the entities in a region, or of an institution; a voucher is of the one it is bound to. */
  private static final String OF_PART =
      """
      WITH part AS MATERIALIZED (
        SELECT 'class|' || class_id AS persistence_id FROM training_class WHERE %1$s
        UNION ALL
        SELECT 'voucher|' || voucher_id FROM voucher WHERE %2$s
        UNION ALL
        SELECT 'institution|' || credit_code FROM institution WHERE %3$s),
      """
          + SQL.formatted("WHERE persistence_id IN (SELECT persistence_id FROM part)")
              .replace("%", "%%");

  private static final String IN_REGION = "starts_with(region, ?)";

  private AuditQuery() {}

  /** Every difference, also of events which the read models are about to apply. */
  static AuditReport exact(Connection connection, Caller.Scope scope, Instant at)
      throws SQLException {
    long always = Long.MAX_VALUE;
    return switch (scope) {
      case Caller.Scope.Everywhere everywhere -> settled(connection, at, always);
      case Caller.Scope.InRegion(var region) ->
          report(
              connection,
              OF_PART.formatted(IN_REGION, IN_REGION, IN_REGION),
              at,
              region.prefix(),
              region.prefix(),
              region.prefix(),
              always);
      case Caller.Scope.OfInstitution(var code) ->
          report(
              connection,
              OF_PART.formatted(
                  "institution = ?",
                  "class_id IN (SELECT class_id FROM training_class WHERE institution = ?)",
                  "credit_code = ?"),
              at,
              code.value(),
              code.value(),
              code.value(),
              always);
    };
  }

  /**
   * The differences that are not a mere lag.
   *
   * @param writtenUntilMillis events written later may not be applied yet
   */
  static AuditReport settled(Connection connection, Instant at, long writtenUntilMillis)
      throws SQLException {
    return report(connection, OF_ALL, at, writtenUntilMillis);
  }

  private static AuditReport report(
      Connection connection, String sql, Instant at, Object... parameters) throws SQLException {
    record Row(long journal, long applied, long entities, List<Difference> difference) {}
    List<Row> rows =
        Sql.query(
            connection,
            sql,
            row ->
                new Row(
                    row.getLong("journal_events"),
                    row.getLong("applied_events"),
                    row.getLong("entities"),
                    difference(row)),
            parameters);
    Row first = rows.getFirst();
    return new AuditReport(
        at,
        first.journal(),
        first.applied(),
        first.entities(),
        rows.stream().flatMap(row -> row.difference().stream()).toList());
  }

  private static List<Difference> difference(ResultSet row) throws SQLException {
    if (Sql.text(row, "persistence_id").isEmpty()) {
      return List.of();
    }
    return List.of(
        new Difference(
            row.getString("persistence_id"), row.getLong("journal"), row.getLong("applied")));
  }
}
