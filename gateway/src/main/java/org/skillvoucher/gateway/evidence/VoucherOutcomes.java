package org.skillvoucher.gateway.evidence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.database.Transactions;

/**
 * What becomes of the vouchers of a closed class: those of the people who completed by its evidence
 * are completed, all others lapse. Read from the evidence and the read models; each stage waits for
 * the evidence, and fails when that takes too long.
 */
public final class VoucherOutcomes {
  /**
   * The people who completed. A voucher that was not on the roster at the end completes only where
   * no other one was, so that each person completes one.
   */
  private static final String OUTCOME =
      """
      WITH done AS MATERIALIZED (
        SELECT line ->> 'person' AS person
        FROM evidence CROSS JOIN LATERAL json_array_elements(content::json -> 'lines') AS line
        WHERE class_id = ? AND (line ->> 'completed')::boolean)
      SELECT held.voucher,
        held.person IN (SELECT person FROM done)
          AND coalesce(e.voucher, held.voucher) = held.voucher AS completed
      FROM (%s) AS held
        LEFT JOIN enrolment e ON e.class_id = ? AND e.person = held.person
      WHERE NOT EXISTS (
        SELECT FROM voucher v
        WHERE v.voucher_id = held.voucher AND v.state IN ('completed', 'lapsed'))
      ORDER BY held.voucher""";

  /** On the roster, or bound but not admitted before the class closed. */
  private static final String OF_CLASS =
      OUTCOME.formatted(
          """
          SELECT person, voucher FROM enrolment WHERE class_id = ? AND voucher IS NOT NULL
          UNION
          SELECT holder, voucher_id FROM voucher WHERE class_id = ? AND state = 'bound'""");

  private static final String OF_ONE =
      OUTCOME.formatted("SELECT ?::text AS person, ?::text AS voucher");

  private final LaggingReads reads;

  public VoucherOutcomes(ActorSystem<?> system, Transactions transactions) {
    this.reads = new LaggingReads(system, transactions);
  }

  /** A voucher that is to be completed, or else lapses. */
  public record Outcome(VoucherId voucher, boolean completed) {
    private static Outcome of(ResultSet row) throws SQLException {
      return new Outcome(new VoucherId(row.getString("voucher")), row.getBoolean("completed"));
    }
  }

  /**
   * The vouchers of a class.
   *
   * @param sequenceNr of the event that closed the class
   * @return without vouchers that are known to be settled, so that a process which follows the
   *     journal from its beginning sends nothing again
   */
  public CompletionStage<List<Outcome>> of(ClassId classId, long sequenceNr) {
    String id = classId.value();
    return reads.await(
        connection ->
            isWritten(connection, id, sequenceNr)
                ? Optional.of(Sql.query(connection, OF_CLASS, Outcome::of, id, id, id, id))
                : Optional.empty(),
        "there is no evidence yet of the closed class " + classId);
  }

  /** One voucher which the closed class may not have; empty when it is known to be settled. */
  public CompletionStage<Optional<Outcome>> of(
      ClassId classId, PersonPseudonym holder, VoucherId voucher) {
    String id = classId.value();
    return reads.await(
        connection ->
            isWritten(connection, id, 0)
                ? Optional.of(
                    Sql.query(
                            connection,
                            OF_ONE,
                            Outcome::of,
                            id,
                            holder.value(),
                            voucher.value(),
                            id)
                        .stream()
                        .findFirst())
                : Optional.empty(),
        "there is no evidence yet of the closed class " + classId);
  }

  /** The roster's table changes no more after the closing event, but could be refilled just now. */
  private static boolean isWritten(Connection connection, String classId, long sequenceNr)
      throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT EXISTS (
              SELECT FROM evidence JOIN applied ON persistence_id = 'class|' || class_id
              WHERE class_id = ? AND last_sequence >= ?)""",
            row -> row.getBoolean(1),
            classId,
            sequenceNr)
        .getFirst();
  }
}
