package org.skillvoucher.domain.receipt;

import java.util.Optional;

/**
 * A receipt before it is sealed, as decided. The sealer adds the type, the issuer and the
 * signature.
 *
 * @param id ULID, 26 characters
 * @param act what is attested
 * @param place {@code class/lesson}
 * @param sequence the entity's receipts, counted from 1 without a gap
 * @param previousHash base64url of the hash of the entity's previous payload; 32 zero bytes before
 *     the first
 * @param issuedAtMillis gateway time, never decreasing within an entity
 * @param subject base64url of the commitment H(0x02 ‖ salt16 ‖ person)
 * @param tap the device's time of the tap
 * @param voucher the voucher's id; empty where a class needs none
 * @param device the device whose signed statement is behind it; empty when none is
 */
public record ReceiptDraft(
    String id,
    Act act,
    String place,
    long sequence,
    String previousHash,
    long issuedAtMillis,
    String subject,
    Tap tap,
    String voucher,
    Optional<Device> device) {

  /** The previous hash of an entity's first receipt: 32 zero bytes in base64url. */
  public static final String NO_PREVIOUS = "A".repeat(43);

  /**
   * The device's time of the tap.
   *
   * @param millis {@code tap}
   * @param lowMillis {@code lo}: offline, the time which the last beacon proves
   * @param highMillis {@code hi}: offline, when the statement arrived
   */
  public record Tap(long millis, Optional<Long> lowMillis, Optional<Long> highMillis) {
    public static Tap online(long millis) {
      return new Tap(millis, Optional.empty(), Optional.empty());
    }
  }

  /**
   * The device whose signed statement is behind a receipt.
   *
   * @param id {@code dev}
   * @param sequence {@code dsq}, the device's own counter
   * @param statementHash {@code dh}, base64url of the hash of the signed statement
   */
  public record Device(String id, long sequence, String statementHash) {}

  /** An online tap without a device's signature. */
  public ReceiptDraft(
      String id,
      Act act,
      String place,
      long sequence,
      String previousHash,
      long issuedAtMillis,
      String subject,
      long tappedAtMillis,
      String voucher) {
    this(
        id,
        act,
        place,
        sequence,
        previousHash,
        issuedAtMillis,
        subject,
        Tap.online(tappedAtMillis),
        voucher,
        Optional.empty());
  }
}
