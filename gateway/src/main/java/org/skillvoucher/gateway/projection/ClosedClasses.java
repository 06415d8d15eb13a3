package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.evidence.AttendanceEvidence;
import org.skillvoucher.domain.evidence.EvidenceReceipt;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.gateway.database.Sql;

/**
 * Makes the evidence of a class when its end is applied (R42). All earlier events of the class have
 * been applied by then, because a feed keeps an entity's events in order.
 */
final class ClosedClasses {
  private final UnaryOperator<byte[]> digest;

  ClosedClasses(UnaryOperator<byte[]> digest) {
    this.digest = digest;
  }

  private record Facts(Filing filing, ClassRules rules, Instant approvedAt) {}

  void close(Connection connection, String id, ClassEvent.Closed event) throws SQLException {
    List<Facts> found =
        Sql.query(
            connection,
            """
            UPDATE training_class SET state = 'closed', closed_at = ?
            WHERE class_id = ? AND approved_at IS NOT NULL
            RETURNING filing, rules, approved_at""",
            row ->
                new Facts(
                    FilingJson.filing(row.getString("filing")),
                    FilingJson.rules(row.getString("rules")),
                    Instant.parse(row.getString("approved_at"))),
            event.at().toString(),
            id);
    if (found.isEmpty()) {
      throw new IllegalStateException("class " + id + " was closed but never approved");
    }
    List<EvidenceReceipt> receipts = SheetTables.receipts(connection, id);
    checkChain(id, receipts, event);
    Facts facts = found.getFirst();
    keep(
        connection,
        facts.filing(),
        new AttendanceEvidence(
            new ClassId(id),
            facts.filing(),
            facts.rules().pack(),
            facts.approvedAt(),
            event.at(),
            SheetTables.sheet(connection, id, facts.rules()),
            receipts,
            event.lastPayloadHash()));
  }

  /** Evidence is only made of exactly the receipts which the class says it has given. */
  private static void checkChain(
      String id, List<EvidenceReceipt> receipts, ClassEvent.Closed event) {
    String last = receipts.isEmpty() ? ReceiptDraft.NO_PREVIOUS : receipts.getLast().payloadHash();
    if (receipts.size() != event.receipts() || !last.equals(event.lastPayloadHash())) {
      throw new IllegalStateException(
          "class %s closed with %d receipts ending in %s, but the read model has %d ending in %s"
              .formatted(id, event.receipts(), event.lastPayloadHash(), receipts.size(), last));
    }
  }

  /** When read models are filled anew, the evidence is there already, and must be the same. */
  private void keep(Connection connection, Filing filing, AttendanceEvidence evidence)
      throws SQLException {
    String classId = evidence.classId().value();
    int kept =
        Sql.update(
            connection,
            """
            INSERT INTO evidence
              (evidence_id, class_id, institution, region, closed_at, content, content_hash)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (evidence_id) DO UPDATE SET content_hash = excluded.content_hash
            WHERE evidence.content_hash = excluded.content_hash""",
            "E-" + classId,
            classId,
            filing.institution().value(),
            filing.region().value(),
            evidence.closedAt().toString(),
            evidence.content(),
            evidence.contentHash(digest));
    if (kept != 1) {
      throw new IllegalStateException("class " + classId + " has other evidence already");
    }
  }
}
