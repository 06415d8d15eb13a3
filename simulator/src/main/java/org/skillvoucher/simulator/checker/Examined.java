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
 * A receipt record, looked at by itself.
 *
 * @param hash what stands for the record's bytes
 * @param flaw what is wrong with it, if anything
 * @param content what it says, also where its signature does not hold
 */
record Examined(long hash, Optional<Flaw> flaw, Optional<Content> content) {

  /**
   * What a record says.
   *
   * @param payloadHash base64url, as the next receipt's {@code ph} repeats it
   */
  record Content(ReceiptPayload payload, String payloadHash) {}

  /** Verifies a record, whatever text came in its place. */
  static Examined of(String receipt, KeyRing keys) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(receipt);
    } catch (IllegalArgumentException e) {
      return new Examined(Hash.of(receipt), Optional.of(Flaw.LENGTH), Optional.empty());
    }
    long hash = Hash.ofRecord(bytes);
    return switch (ReceiptVerifier.verify(bytes, keys)) {
      case ReceiptVerification.Valid(var payload, var record) ->
          new Examined(hash, Optional.empty(), Optional.of(content(payload, record)));
      case ReceiptVerification.Invalid(var flaw) ->
          new Examined(hash, Optional.of(flaw), contentOf(bytes));
    };
  }

  /** A forged receipt has a place in the chain too, or one wrong row would make two. */
  private static Optional<Content> contentOf(byte[] bytes) {
    try {
      ReceiptRecord record = ReceiptRecord.parse(bytes);
      return ReceiptPayload.parse(record.payload()).map(payload -> content(payload, record));
    } catch (IllegalArgumentException | NotCanonicalException e) {
      return Optional.empty();
    }
  }

  private static Content content(ReceiptPayload payload, ReceiptRecord record) {
    return new Content(
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
