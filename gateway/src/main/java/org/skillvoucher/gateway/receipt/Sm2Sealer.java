package org.skillvoucher.gateway.receipt;

import java.util.Base64;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptPayload;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.receipt.Suite;

/** Seals receipts with the SM2 key of a file. Thread-safe. */
public final class Sm2Sealer implements ReceiptSealer {
  private final ReceiptKeys keys;
  private final String issuer;
  private final long validFromMillis;
  private final long validUntilMillis;
  // Creating a signer costs as much as a signature; it has state, so each thread has its own.
  private final ThreadLocal<SM2Signer> signers;

  /** A sealer; the issuer becomes {@code iss} in each receipt. */
  public Sm2Sealer(ReceiptKeys keys, String issuer) {
    if (issuer.isBlank()) {
      throw new IllegalArgumentException("a receipt names its issuer");
    }
    this.keys = keys;
    this.issuer = issuer;
    this.validFromMillis = keys.validFrom().toEpochMilli();
    this.validUntilMillis = keys.validUntil().toEpochMilli();
    this.signers =
        ThreadLocal.withInitial(() -> Sm2.signer(keys.privateKey(), PlainDSAEncoding.INSTANCE));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException also outside the certificate's validity, since such a receipt
   *     could not be verified
   * @throws IllegalArgumentException when the draft makes no valid payload
   */
  @Override
  public SealedReceipt seal(ReceiptDraft draft) {
    if (draft.issuedAtMillis() < validFromMillis || draft.issuedAtMillis() >= validUntilMillis) {
      throw new IllegalStateException(
          "the receipt key is valid from " + keys.validFrom() + " until " + keys.validUntil());
    }
    byte[] payload = new ReceiptPayload(Suite.SM2, issuer, draft).bytes();
    ReceiptRecord record =
        ReceiptRecord.of(Suite.SM2, keys.id(), Sm2.sign(signers.get(), payload), payload);
    return new SealedReceipt(
        draft.id(),
        draft.sequence(),
        record.base64(),
        Base64.getUrlEncoder().withoutPadding().encodeToString(Sm3.of(payload)),
        draft.issuedAtMillis());
  }
}
