package org.skillvoucher.simulator.checker;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.skillvoucher.domain.canonical.NotCanonicalException;
import org.skillvoucher.domain.receipt.Flaw;
import org.skillvoucher.domain.receipt.KeyRing;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.ReceiptVerification;
import org.skillvoucher.domain.receipt.ReceiptVerifier;
import org.skillvoucher.domain.receipt.Suite;
import org.skillvoucher.simulator.keys.Sm3;

/**
 * A receipt record verified by itself.
 *
 * @param hash of the record's bytes
 * @param flaw why it is invalid, if it is
 * @param content its payload, also where the signature is invalid
 */
record ExaminedReceipt(long hash, Optional<Flaw> flaw, Optional<ReceiptContent> content) {

  /**
   * The payload of a record.
   *
   * @param payloadHash base64url, as the next receipt's {@code ph} repeats it
   */
  record ReceiptContent(ReceiptPayload payload, String payloadHash) {}

  /** Verifies a record; any text is accepted. */
  static ExaminedReceipt of(String receipt, KeyRing keys) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(receipt);
    } catch (IllegalArgumentException e) {
      return new ExaminedReceipt(Hash.of(receipt), Optional.of(Flaw.LENGTH), Optional.empty());
    }
    long hash = Hash.ofRecord(bytes);
    return switch (ReceiptVerifier.verify(bytes, keys)) {
      case ReceiptVerification.Valid(var payload, var record) ->
          new ExaminedReceipt(hash, Optional.empty(), Optional.of(content(payload, record)));
      case ReceiptVerification.Invalid(var flaw) ->
          new ExaminedReceipt(hash, Optional.of(flaw), contentOf(bytes));
    };
  }

  /** A forged receipt has a place in the chain too, or one wrong row would be two violations. */
  private static Optional<ReceiptContent> contentOf(byte[] bytes) {
    try {
      ReceiptRecord record = ReceiptRecord.parse(bytes);
      return ReceiptPayload.parse(record.payload()).map(payload -> content(payload, record));
    } catch (IllegalArgumentException | NotCanonicalException e) {
      return Optional.empty();
    }
  }

  private static ReceiptContent content(ReceiptPayload payload, ReceiptRecord record) {
    return new ReceiptContent(
        payload,
        Base64.getUrlEncoder().withoutPadding().encodeToString(hash(payload.suite(), record)));
  }

  private static byte[] hash(Suite suite, ReceiptRecord record) {
    return switch (suite) {
      case SM2 -> Sm3.hash(record.payload());
      case ED25519 -> sha256(record.payload());
    };
  }

  private static byte[] sha256(byte[] payload) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(payload);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
