package org.skillvoucher.domain.receipt;

/**
 * A receipt before it is sealed: what the decider settled. The sealer adds the type, the issuer and
 * the signature.
 *
 * @param id ULID, 26 characters
 * @param act what is attested
 * @param place {@code class/lesson}
 * @param sequence the entity's receipts, counted from 1 without a gap
 * @param previousHash base64url of the hash of the entity's previous payload; 32 zero bytes before
 *     the first
 * @param issuedAtMillis gateway time, never decreasing within an entity
 * @param subject base64url of the commitment H(0x02 ‖ salt16 ‖ person)
 * @param tappedAtMillis the device's time of the tap
 * @param voucher the voucher's id; empty where a class needs none
 */
public record ReceiptDraft(
    String id,
    Act act,
    String place,
    long sequence,
    String previousHash,
    long issuedAtMillis,
    String subject,
    long tappedAtMillis,
    String voucher) {

  /** What stands for the hash of the receipt before the first: 32 zero bytes in base64url. */
  public static final String NO_PREVIOUS = "A".repeat(43);
}
