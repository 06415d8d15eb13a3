package org.skillvoucher.gateway.audit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.skillvoucher.gateway.audit.AuditReport.Difference;
import org.skillvoucher.gateway.database.Sql;

/**
 * Compares the journal with what was applied, per entity, in one statement and so in one snapshot.
 * It compares counts and last sequence numbers, which finds an event that was deleted, appended,
 * renumbered or moved to another entity. It does not compare contents: receipts are signed, and
 * their chain is checked when a class is closed.
 */
final class AuditQuery {
  private static final String SQL =
      """
      WITH j AS MATERIALIZED (
        SELECT persistence_id, count(*) AS events, max(sequence_number) AS last_sequence
        FROM event_journal GROUP BY persistence_id),
      totals AS (
        SELECT (SELECT coalesce(sum(events), 0) FROM j) AS journal_events,
               (SELECT coalesce(sum(events), 0) FROM applied) AS applied_events,
               (SELECT count(*) FROM j) AS entities),
      both_sides AS (
        SELECT persistence_id,
          coalesce(j.events, 0) AS journal, coalesce(j.last_sequence, 0) AS journal_last,
          coalesce(a.events, 0) AS applied, coalesce(a.last_sequence, 0) AS applied_last
        FROM j FULL JOIN applied a USING (persistence_id)),
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

  private AuditQuery() {}

  /** Every difference, also of events which the read models are about to apply. */
  static AuditReport exact(Connection connection, Instant at) throws SQLException {
    return settled(connection, at, Long.MAX_VALUE);
  }

  /**
   * The differences that are not a mere lag.
   *
   * @param writtenUntilMillis events written later may not be applied yet
   */
  static AuditReport settled(Connection connection, Instant at, long writtenUntilMillis)
      throws SQLException {
    record Row(long journal, long applied, long entities, List<Difference> difference) {}
    List<Row> rows =
        Sql.query(
            connection,
            SQL,
            row ->
                new Row(
                    row.getLong("journal_events"),
                    row.getLong("applied_events"),
                    row.getLong("entities"),
                    difference(row)),
            writtenUntilMillis);
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
