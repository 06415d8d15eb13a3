package org.skillvoucher.domain.receipt;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.canonical.NotCanonicalException;
import org.skillvoucher.domain.receipt.KeyRing.VerificationKey;
import org.skillvoucher.domain.receipt.ReceiptVerification.Invalid;
import org.skillvoucher.domain.receipt.ReceiptVerification.Valid;

/**
 * The rules for verifying a receipt. With several flaws the first is reported, in this order: form,
 * key, canonical payload, type, the key's validity, signature, act, members.
 */
public final class ReceiptVerifier {
  private ReceiptVerifier() {}

  /** Verifies a record against the trusted keys; accepts arbitrary bytes. */
  public static ReceiptVerification verify(byte[] bytes, KeyRing keys) {
    Optional<Flaw> misshapen = ReceiptRecord.flawOf(bytes);
    if (misshapen.isPresent()) {
      return new Invalid(misshapen.get());
    }
    ReceiptRecord record = ReceiptRecord.parse(bytes);
    Optional<VerificationKey> key = keys.key(record.suite(), record.key());
    if (key.isEmpty()) {
      return new Invalid(Flaw.KEY);
    }
    byte[] payload = record.payload();
    Map<String, Object> members;
    try {
      members = CanonicalJson.parse(payload);
    } catch (NotCanonicalException e) {
      return new Invalid(Flaw.NOT_CANONICAL);
    }
    if (!Arrays.equals(CanonicalJson.bytes(members), payload)) {
      return new Invalid(Flaw.NOT_CANONICAL);
    }
    if (!record.suite().type().equals(members.get("$t"))) {
      return new Invalid(Flaw.TYPE);
    }
    if (!(members.get("iat") instanceof Long issuedAtMillis)) {
      return new Invalid(Flaw.MEMBER);
    }
    if (!key.get().validAt(issuedAtMillis)) {
      return new Invalid(Flaw.KEY);
    }
    return switch (key.get().check(payload, record.signature())) {
      case OUT_OF_RANGE -> new Invalid(Flaw.RANGE);
      case BAD_SIGNATURE -> new Invalid(Flaw.SIGNATURE);
      case OK -> meaning(members, record);
    };
  }

  private static ReceiptVerification meaning(Map<String, Object> members, ReceiptRecord record) {
    if (members.get("act") instanceof String act && Act.of(act).isEmpty()) {
      return new Invalid(Flaw.ACT);
    }
    return ReceiptPayload.of(members)
        .<ReceiptVerification>map(payload -> new Valid(payload, record))
        .orElseGet(() -> new Invalid(Flaw.MEMBER));
  }
}
