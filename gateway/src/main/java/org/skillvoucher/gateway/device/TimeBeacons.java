package org.skillvoucher.gateway.device;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.canonical.NotCanonicalException;
import org.skillvoucher.domain.receipt.KeyRing;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.Suite;
import org.skillvoucher.gateway.receipt.CertificateRing;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.receipt.Sm2;

/**
 * Time beacons (时间信标): the gateway's time, signed, for one device and one boot of it. An offline
 * device can prove the time of a tap by its last beacon. They have the format of a receipt (R1) and
 * a type of their own.
 */
public final class TimeBeacons {
  private static final String TYPE = "vtb1.sm2";
  private static final int TEXT_CHARACTERS_MAX = 600;
  private static final int KNOWN_MAX = 10_000;

  private final ReceiptKeys keys;
  private final CertificateRing ring;
  private final String issuer;
  private final ThreadLocal<SM2Signer> signers;
  private final Cache<String, Beacon> known =
      Caffeine.newBuilder()
          .maximumSize(KNOWN_MAX)
          .expireAfterWrite(Duration.ofHours(1))
          .executor(Runnable::run)
          .build();

  /** Signs with the receipt key, and verifies beacons by all keys with certificates. */
  public TimeBeacons(ReceiptKeys keys, String issuer) {
    this.keys = keys;
    this.issuer = issuer;
    this.ring = CertificateRing.ofPem(keys.certificatesPem());
    this.signers =
        ThreadLocal.withInitial(() -> Sm2.signer(keys.privateKey(), PlainDSAEncoding.INSTANCE));
  }

  /** The content of a beacon. */
  public record Beacon(String device, long epoch, Instant issuedAt) {}

  /** A beacon for this boot of a device: base64url of its record. */
  public String issue(String device, long epoch, Instant now) {
    byte[] payload =
        CanonicalJson.bytes(
            Map.of(
                "$t", TYPE, "dev", device, "ep", epoch, "iat", now.toEpochMilli(), "iss", issuer));
    return ReceiptRecord.of(Suite.SM2, keys.id(), Sm2.sign(signers.get(), payload), payload)
        .base64();
  }

  /** Verifies a beacon; empty when it is not of this gateway. */
  public Optional<Beacon> read(String text) {
    if (text.isEmpty() || text.length() > TEXT_CHARACTERS_MAX) {
      return Optional.empty();
    }
    Optional<Beacon> before = Optional.ofNullable(known.getIfPresent(text));
    if (before.isPresent()) { // a device repeats its beacon in all statements until the next
      return before;
    }
    Optional<Beacon> read = verified(text);
    read.ifPresent(beacon -> known.put(text, beacon));
    return read;
  }

  private Optional<Beacon> verified(String text) {
    try {
      ReceiptRecord record = ReceiptRecord.parse(Base64.getUrlDecoder().decode(text));
      byte[] payload = record.payload();
      Optional<Beacon> claimed = beacon(CanonicalJson.parse(payload));
      return claimed.filter(
          beacon ->
              ring.key(record.suite(), record.key())
                  .filter(key -> key.validAt(beacon.issuedAt().toEpochMilli()))
                  .filter(
                      key -> key.check(payload, record.signature()) == KeyRing.SignatureCheck.OK)
                  .isPresent());
    } catch (IllegalArgumentException | NotCanonicalException e) {
      return Optional.empty();
    }
  }

  private static Optional<Beacon> beacon(Map<String, Object> members) {
    return TYPE.equals(members.get("$t"))
            && members.get("dev") instanceof String device
            && members.get("ep") instanceof Long epoch
            && members.get("iat") instanceof Long issuedAt
        ? Optional.of(new Beacon(device, epoch, Instant.ofEpochMilli(issuedAt)))
        : Optional.empty();
  }
}
