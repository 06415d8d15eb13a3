package org.skillvoucher.gateway.evidence;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.evidence.AttendanceEvidence;
import org.skillvoucher.domain.evidence.EvidenceNotes;
import org.skillvoucher.domain.evidence.EvidenceReceipt;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.projection.AppliedClass;

/**
 * Derives the evidence of a closed class from the read models' tables and writes it, once (R42).
 */
final class ClassEvidence {
  private final UnaryOperator<byte[]> digest;

  ClassEvidence(UnaryOperator<byte[]> digest) {
    this.digest = digest;
  }

  /**
   * Writes the evidence of a class; evidence that exists stays as it is.
   *
   * @param sequenceNr of the event that closed the class
   * @return false while the read models lag behind that event
   * @throws IllegalStateException when the receipts are not the chain which the event names
   */
  boolean write(Connection connection, ClassId classId, long sequenceNr, ClassEvent.Closed event)
      throws SQLException {
    if (exists(connection, classId)) {
      return true;
    }
    Optional<AppliedClass> applied = AppliedClass.read(connection, classId, sequenceNr);
    if (applied.isPresent()) {
      checkChain(classId, applied.get().receipts(), event);
      insert(connection, applied.get(), evidence(classId, event, applied.get()));
    }
    return applied.isPresent();
  }

  private static boolean exists(Connection connection, ClassId classId) throws SQLException {
    return Sql.query(
            connection,
            "SELECT EXISTS (SELECT FROM evidence WHERE class_id = ?)",
            row -> row.getBoolean(1),
            classId.value())
        .getFirst();
  }

  /** Evidence contains exactly the receipts of the chain with which the class was closed. */
  private static void checkChain(
      ClassId classId, List<EvidenceReceipt> receipts, ClassEvent.Closed event) {
    String last = receipts.isEmpty() ? ReceiptDraft.NO_PREVIOUS : receipts.getLast().payloadHash();
    if (receipts.size() != event.receipts() || !last.equals(event.lastPayloadHash())) {
      throw new IllegalStateException(
          "class %s closed with %d receipts ending in %s, but the read model has %d ending in %s"
              .formatted(
                  classId, event.receipts(), event.lastPayloadHash(), receipts.size(), last));
    }
  }

  private static AttendanceEvidence evidence(
      ClassId classId, ClassEvent.Closed event, AppliedClass applied) {
    return new AttendanceEvidence(
        classId,
        applied.filing(),
        applied.rules().pack(),
        applied.approvedAt(),
        event.at(),
        applied.sheet(),
        applied.receipts(),
        event.lastPayloadHash(),
        new EvidenceNotes(event.dropped(), applied.unenrolled()));
  }

  /** Conflicts only with a follower that overlaps while its slice moves to another node. */
  private void insert(Connection connection, AppliedClass applied, AttendanceEvidence evidence)
      throws SQLException {
    String classId = evidence.classId().value();
    Sql.update(
        connection,
        """
        INSERT INTO evidence
          (evidence_id, class_id, institution, region, closed_at, content, content_hash)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        "E-" + classId,
        classId,
        applied.filing().institution().value(),
        applied.filing().region().value(),
        evidence.closedAt().toString(),
        evidence.content(),
        evidence.contentHash(digest));
  }
}
