package org.skillvoucher.gateway.forward;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.skillvoucher.gateway.database.Sql;

/**
 * The evidence table as an outbox. Each method is one short transaction; none is open while
 * anything is sent. A claim is a lease: claimed evidence is not claimed again until the lease ends,
 * so that an attempt interrupted by a crash is repeated.
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

  /** Whichever attempt was acknowledged, the first acknowledgement is stored. */
  private static final String DELIVERED =
      """
      UPDATE evidence SET state = 'delivered', acknowledgement = ?, last_error = NULL,
        failure_cause = NULL
      WHERE evidence_id = ? AND state <> 'delivered'""";

  private static final String ACCEPTED =
      """
      UPDATE evidence SET state = 'accepted', last_error = NULL, failure_cause = NULL
      WHERE evidence_id = ? AND state IN ('pending', 'parked')""";

  /** Only the last attempt may record a failure: another may be in flight or have succeeded. */
  private static final String FAILED =
      """
      UPDATE evidence SET last_error = ?, failure_cause = ?,
        state = CASE WHEN ? THEN 'parked' ELSE state END,
        next_attempt_at = now() + ? * interval '1 millisecond'
      WHERE evidence_id = ? AND claim = ? AND state = 'pending'
      RETURNING state""";

  private static final String RELEASE =
      """
      UPDATE evidence SET state = 'pending', attempts = 0, next_attempt_at = now()
      WHERE evidence_id = ? AND state = 'parked'""";

  private static final String RELEASE_CAUSE =
      """
      UPDATE evidence SET state = 'pending', attempts = 0, next_attempt_at = now()
      WHERE failure_cause = ? AND state = 'parked' AND left(region, ?) = ?""";

  private static final String STANDING =
      """
      SELECT count(*) FILTER (WHERE state = 'pending') AS pending,
        count(*) FILTER (WHERE state = 'parked') AS parked,
        coalesce(extract(epoch FROM now() - min(created_at)), 0) AS oldest
      FROM evidence WHERE state IN ('pending', 'parked')""";

  private final DataSource pool;

  Outbox(DataSource pool) {
    this.pool = pool;
  }

  /** The messages that are not finished, and the age of the oldest of them. */
  record Standing(long pending, long parked, double oldestSeconds) {}

  Standing standing() throws SQLException {
    return Sql.inTransaction(
            pool,
            connection ->
                Sql.query(
                    connection,
                    STANDING,
                    row ->
                        new Standing(
                            row.getLong("pending"),
                            row.getLong("parked"),
                            row.getDouble("oldest"))))
        .getFirst();
  }

  List<OutboxMessage> claim(int max, Duration lease) throws SQLException {
    return Sql.inTransaction(
        pool, connection -> Sql.query(connection, CLAIM, Outbox::message, lease.toMillis(), max));
  }

  /** False when it had been delivered before. */
  boolean delivered(OutboxMessage evidence, String acknowledgement) throws SQLException {
    return Sql.inTransaction(
        pool,
        connection ->
            1 == Sql.update(connection, DELIVERED, acknowledgement, evidence.evidenceId()));
  }

  /** False when it had been accepted or delivered before. */
  boolean accepted(OutboxMessage evidence) throws SQLException {
    return Sql.inTransaction(
        pool, connection -> 1 == Sql.update(connection, ACCEPTED, evidence.evidenceId()));
  }

  /**
   * Records the failure of an attempt.
   *
   * @param last whether the evidence is to be parked
   * @return whether it is parked now; not when another attempt is in flight
   */
  boolean failed(OutboxMessage evidence, Failure failure, boolean last, Duration pause)
      throws SQLException {
    return Sql.inTransaction(
        pool,
        connection ->
            Sql.query(
                    connection,
                    FAILED,
                    row -> row.getString("state"),
                    failure.reason(),
                    failure.cause(),
                    last,
                    pause.toMillis(),
                    evidence.evidenceId(),
                    evidence.claim())
                .contains("parked"));
  }

  /** False when it is not parked. */
  static boolean release(Connection connection, String evidenceId) throws SQLException {
    return 1 == Sql.update(connection, RELEASE, evidenceId);
  }

  /** How many were parked for this cause in the regions that begin with these digits. */
  static int releaseAll(Connection connection, String cause, String regionDigits)
      throws SQLException {
    return Sql.update(connection, RELEASE_CAUSE, cause, regionDigits.length(), regionDigits);
  }

  private static OutboxMessage message(ResultSet row) throws SQLException {
    return new OutboxMessage(
        row.getString("evidence_id"),
        row.getString("closed_at"),
        row.getString("content"),
        row.getString("content_hash"),
        row.getInt("attempts"),
        row.getLong("claim"));
  }
}
