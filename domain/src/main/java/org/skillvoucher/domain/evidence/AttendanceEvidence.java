package org.skillvoucher.domain.evidence;

import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.trainingclass.Filing;

/**
 * What a closed class contributes to a subsidy claim (补贴申请, R42): its filing, the attendance sheet
 * and the receipts the sheet was counted from.
 *
 * @param rulePack the rule pack the class followed, {@code region/date}
 * @param receipts sorted by their sequence, given in any order
 * @param lastPayloadHash the end of the class's chain of receipts
 * @param notes what a reviewer is to know beside the numbers
 */
public record AttendanceEvidence(
    ClassId classId,
    Filing filing,
    String rulePack,
    Instant approvedAt,
    Instant closedAt,
    AttendanceSheet sheet,
    List<EvidenceReceipt> receipts,
    String lastPayloadHash,
    EvidenceNotes notes) {
  public AttendanceEvidence {
    receipts =
        receipts.stream().sorted(Comparator.comparingLong(EvidenceReceipt::sequence)).toList();
  }

  /**
   * Everything above with its totals as canonical JSON (RFC 8785). Equal facts give equal text,
   * whatever the order of people, lessons and receipts in the input, so that two systems can
   * compare their evidence by its hash.
   */
  public String content() {
    return CanonicalJson.write(EvidenceContent.of(this));
  }

  /**
   * The identity of this evidence: base64url, without padding, of the digest of {@link #content} in
   * UTF-8.
   *
   * @param digest the hash function, such as SM3
   */
  public String contentHash(UnaryOperator<byte[]> digest) {
    byte[] utf8 = CanonicalJson.bytes(EvidenceContent.of(this));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.apply(utf8));
  }
}
