package org.skillvoucher.gateway.api;

import java.nio.charset.StandardCharsets;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.KeyedHash;

/**
 * Ids derived from what they are about, or from the caller and the idempotency key, so that a
 * repeated request addresses the same voucher or class instead of creating another: the idempotency
 * of creating commands.
 */
final class DerivedIds {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int VOUCHER_CHARACTERS = 20;
  private static final int CLASS_CHARACTERS = 16;

  private final KeyedHash hash;

  DerivedIds(KeyedHash hash) {
    this.hash = hash;
  }

  /**
   * A person's voucher of a kind: the same one by any token and key, so that a person gets one.
   * Versions before derived it from token, key and person; those vouchers keep their ids.
   *
   * @param generation 0, and the next one for each voucher that ended before it was claimed
   */
  VoucherId voucher(Views.VoucherKind kind, PersonPseudonym holder, int generation) {
    String about =
        String.join(
            "\n",
            kind.region().value(),
            kind.occupation().value(),
            Integer.toString(kind.level()),
            Integer.toString(kind.year()),
            holder.value(),
            Integer.toString(generation));
    return new VoucherId("V" + base32(hash.of("voucher-of", utf8(about)), VOUCHER_CHARACTERS));
  }

  ClassId classOf(Call call) {
    byte[] input = utf8(call.caller().tokenId() + "\n" + call.key());
    return new ClassId("C" + base32(hash.of("class-id", input), CLASS_CHARACTERS));
  }

  String correction(Call call) {
    byte[] input = utf8(call.caller().tokenId() + "\n" + call.key());
    return "K" + base32(hash.of("correction-id", input), CLASS_CHARACTERS);
  }

  /** A scan's idempotency key; the same text of two tokens is two keys. */
  Scan.Fingerprint scanKey(Call call) {
    return scanKey(call.caller().tokenId(), call.key());
  }

  Scan.Fingerprint scanKey(String tokenId, String key) {
    return fingerprint("scan-key", utf8(tokenId + "\n" + key));
  }

  /** Items of a batch have no idempotency key; the signed statement serves as one. */
  String statementKey(ScanRequest request) {
    return request.statement().device() + "." + request.statement().signed().orElseThrow().hash();
  }

  /** Of the signed statement. */
  Scan.Fingerprint statement(ScanRequest request) {
    return fingerprint("statement", utf8(statementKey(request)));
  }

  Scan.Fingerprint phone(String phone) {
    return fingerprint("phone", utf8(phone));
  }

  Scan.Fingerprint scanBody(Call call) {
    return fingerprint("scan-body", call.body().toArray());
  }

  private Scan.Fingerprint fingerprint(String purpose, byte[] input) {
    byte[] bytes = hash.of(purpose, input);
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << 8 | (bytes[i] & 0xFF);
    }
    return new Scan.Fingerprint(bits);
  }

  /** The first bits of the hash, five to a character. */
  private static String base32(byte[] bytes, int characters) {
    StringBuilder out = new StringBuilder(characters);
    int bits = 0;
    int held = 0;
    for (byte next : bytes) {
      bits = bits << 8 | (next & 0xFF);
      held += 8;
      while (held >= 5 && out.length() < characters) {
        held -= 5;
        out.append(CROCKFORD.charAt(bits >>> held & 31));
      }
      bits &= (1 << held) - 1;
    }
    return out.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
