package org.skillvoucher.gateway.forward;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The evidence table as the forwarder sees it. Each method is one short transaction; none is open
 * while anything is sent. Claimed evidence is out of sight for the length of a lease, so that an
 * attempt cut short by a crash is made again.
 */
final class Outbox {
  private static final String CLAIM =
      """
      UPDATE evidence SET attempts = attempts + 1, claim = claim + 1,
        next_attempt_at = now() + ? * interval '1 millisecond'
      WHERE evidence_id IN (
        SELECT evidence_id FROM evidence
        WHERE state = 'pending' AND next_attempt_at <= now()
        ORDER BY next_attempt_at LIMIT ? FOR UPDATE SKIP LOCKED)
      RETURNING evidence_id, closed_at, content, content_hash, attempts, claim""";

  /** True whichever attempt it answers; false once delivered. */
  private static final String DELIVERED =
      """
      UPDATE evidence SET state = 'delivered', acknowledgement = ?, last_error = NULL
      WHERE evidence_id = ? AND state <> 'delivered'""";

  /** Only the last attempt may say that it failed: another may be under way or have succeeded. */
  private static final String FAILED =
      """
      UPDATE evidence SET last_error = ?, state = CASE WHEN attempts >= ? THEN 'parked' ELSE state END,
        next_attempt_at = now() + ? * interval '1 millisecond'
      WHERE evidence_id = ? AND claim = ? AND state = 'pending'
      RETURNING state""";

  private final DataSource pool;

  Outbox(DataSource pool) {
    this.pool = pool;
  }

  private interface Work<T> {
    T with(PreparedStatement statement) throws SQLException;
  }

  List<OutboxMessage> claim(int max, Duration lease) throws SQLException {
    return inTransaction(
        CLAIM,
        statement -> {
          statement.setLong(1, lease.toMillis());
          statement.setInt(2, max);
          try (ResultSet rows = statement.executeQuery()) {
            List<OutboxMessage> claimed = new ArrayList<>();
            while (rows.next()) {
              claimed.add(outgoing(rows));
            }
            return claimed;
          }
        });
  }

  /** False when it had been delivered before. */
  boolean delivered(OutboxMessage evidence, String acknowledgement) throws SQLException {
    return inTransaction(
        DELIVERED,
        statement -> {
          statement.setString(1, acknowledgement);
          statement.setString(2, evidence.evidenceId());
          return statement.executeUpdate() == 1;
        });
  }

  /** True when that was one failure too many and the evidence is parked now. */
  boolean failed(OutboxMessage evidence, String reason, int attemptsMax, Duration pause)
      throws SQLException {
    return inTransaction(
        FAILED,
        statement -> {
          statement.setString(1, reason);
          statement.setInt(2, attemptsMax);
          statement.setLong(3, pause.toMillis());
          statement.setString(4, evidence.evidenceId());
          statement.setLong(5, evidence.claim());
          try (ResultSet rows = statement.executeQuery()) {
            return rows.next() && rows.getString("state").equals("parked");
          }
        });
  }

  private static OutboxMessage outgoing(ResultSet row) throws SQLException {
    return new OutboxMessage(
        row.getString("evidence_id"),
        row.getString("closed_at"),
        row.getString("content"),
        row.getString("content_hash"),
        row.getInt("attempts"),
        row.getLong("claim"));
  }

  private <T> T inTransaction(String sql, Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        T result = work.with(statement);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        connection.rollback();
        throw e;
      }
    }
  }
}
