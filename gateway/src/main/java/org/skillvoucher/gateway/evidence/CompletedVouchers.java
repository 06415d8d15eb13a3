package org.skillvoucher.gateway.evidence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.database.Transactions;

/** Which vouchers a closed class completes: those of the people who completed by its evidence. */
public interface CompletedVouchers {
  /**
   * The vouchers to complete. The stage waits for the evidence, and fails when that takes too long.
   *
   * @param sequenceNr of the event that closed the class
   * @return without vouchers that are known to be completed, so that a process which follows the
   *     journal from its beginning sends nothing again
   */
  CompletionStage<List<VoucherId>> of(ClassId classId, long sequenceNr);

  /** Read from the evidence and the roster's table. */
  static CompletedVouchers in(ActorSystem<?> system, Transactions transactions) {
    var reads = new LaggingReads(system, transactions);
    return (classId, sequenceNr) ->
        reads.await(
            connection -> read(connection, classId, sequenceNr),
            "there is no evidence yet of the closed class " + classId);
  }

  private static Optional<List<VoucherId>> read(
      Connection connection, ClassId classId, long sequenceNr) throws SQLException {
    // The roster's table changes no more after the closing event, but could be refilled just now.
    boolean written =
        Sql.query(
                connection,
                """
                SELECT EXISTS (
                  SELECT FROM evidence JOIN applied ON persistence_id = 'class|' || class_id
                  WHERE class_id = ? AND last_sequence >= ?)""",
                row -> row.getBoolean(1),
                classId.value(),
                sequenceNr)
            .getFirst();
    return written ? Optional.of(vouchers(connection, classId)) : Optional.empty();
  }

  private static List<VoucherId> vouchers(Connection connection, ClassId classId)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT e.voucher
        FROM evidence
          CROSS JOIN LATERAL json_array_elements(content::json -> 'lines') AS line
          JOIN enrolment e ON e.class_id = evidence.class_id AND e.person = line ->> 'person'
        WHERE evidence.class_id = ? AND (line ->> 'completed')::boolean AND e.voucher IS NOT NULL
          AND NOT EXISTS (
            SELECT FROM voucher v WHERE v.voucher_id = e.voucher AND v.state = 'completed')
        ORDER BY e.position""",
        row -> new VoucherId(row.getString(1)),
        classId.value());
  }
}
