package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.skillvoucher.gateway.projection.Views.AuditReport;
import org.skillvoucher.gateway.projection.Views.Difference;

/**
 * The journal against what was applied, per entity, in one statement and so at one moment. Counts
 * and last numbers are compared: an event deleted, put in behind, renumbered or given to another
 * entity shows. Not what an event says: its receipt is signed, and the chain is checked at the end
 * of a class.
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
      differences AS (
        SELECT persistence_id, coalesce(j.events, 0) AS journal, coalesce(a.events, 0) AS applied
        FROM j FULL JOIN applied a USING (persistence_id)
        WHERE (j.events IS DISTINCT FROM a.events OR j.last_sequence IS DISTINCT FROM a.last_sequence)
        AND NOT (
          -- merely behind: what is missing is at the end, and all of it is new
          j.events - coalesce(a.events, 0) = j.last_sequence - coalesce(a.last_sequence, 0)
          AND j.events > coalesce(a.events, 0)
          AND NOT EXISTS (
            SELECT FROM event_journal e
            WHERE e.persistence_id = j.persistence_id
            AND e.sequence_number > coalesce(a.last_sequence, 0)
            AND coalesce(e.write_timestamp, 0) <= ?))
        ORDER BY persistence_id LIMIT 100)
      SELECT * FROM totals LEFT JOIN differences ON true ORDER BY persistence_id""";

  private AuditQuery() {}

  /** Every difference, also of events which the read side is about to apply. */
  static AuditReport exact(Connection connection, Instant at) throws SQLException {
    return settled(connection, at, Long.MAX_VALUE);
  }

  /**
   * The differences which time will not mend.
   *
   * @param writtenUntilMillis events written later may still be on their way
   */
  static AuditReport settled(Connection connection, Instant at, long writtenUntilMillis)
      throws SQLException {
    record Line(long journal, long applied, long entities, List<Difference> difference) {}
    List<Line> lines =
        Sql.query(
            connection,
            SQL,
            row ->
                new Line(
                    row.getLong("journal_events"),
                    row.getLong("applied_events"),
                    row.getLong("entities"),
                    difference(row)),
            writtenUntilMillis);
    Line first = lines.getFirst();
    return new AuditReport(
        at,
        first.journal(),
        first.applied(),
        first.entities(),
        lines.stream().flatMap(line -> line.difference().stream()).toList());
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
