package org.skillvoucher.domain.device;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.receipt.Act;

/**
 * A device's statement of one tap (设备声明), and its signature over it.
 *
 * @param device the device's name
 * @param counter its counter for this class, from 1
 * @param epoch its boot epoch
 * @param tappedAt its own time of the tap
 * @param monotonicMillis milliseconds since the last beacon
 * @param lastBeacon the last time beacon it received, or empty
 * @param nonce the gateway's nonce, or empty
 * @param cardCommitment base64url of the hash of what the person presented, or empty
 * @param previousHash base64url of the hash of its previous statement for this class
 * @param signature base64url of the device's signature
 * @param signed absent where no device signed: a person's phone scanned the room's code
 */
public record DeviceStatement(
    String device,
    long counter,
    long epoch,
    Instant tappedAt,
    long monotonicMillis,
    String lastBeacon,
    String nonce,
    String cardCommitment,
    String previousHash,
    String signature,
    Optional<Signed> signed) {
  /** The previous hash of the first statement: 32 zero bytes in base64url. */
  public static final String NO_PREVIOUS = "A".repeat(43);

  /**
   * The suite it was signed with.
   *
   * @param hash base64url of the suite's hash of the canonical bytes: {@code dh} of the receipt
   */
  public record Signed(DeviceSuite suite, String hash) {}

  /** Without a device's signature: a person's phone scanned the code that a device showed. */
  public static DeviceStatement unsigned(String device, Instant tappedAt) {
    return new DeviceStatement(device, 0, 0, tappedAt, 0, "", "", "", "", "", Optional.empty());
  }

  /**
   * The canonical bytes (RFC 8785) over which the device signs.
   *
   * @param place {@code class/lesson}
   */
  public byte[] canonical(DeviceSuite suite, Act act, String place) {
    return CanonicalJson.bytes(
        Map.ofEntries(
            Map.entry("$t", suite.type()),
            Map.entry("act", act.code()),
            Map.entry("cls", place),
            Map.entry("crd", cardCommitment),
            Map.entry("ctr", counter),
            Map.entry("dev", device),
            Map.entry("ep", epoch),
            Map.entry("lb", lastBeacon),
            Map.entry("mono", monotonicMillis),
            Map.entry("non", nonce),
            Map.entry("ph", previousHash),
            Map.entry("t", tappedAt.toEpochMilli())));
  }

  /** The same statement with the suite and hash of its signature. */
  public DeviceStatement signedWith(Signed found) {
    return new DeviceStatement(
        device,
        counter,
        epoch,
        tappedAt,
        monotonicMillis,
        lastBeacon,
        nonce,
        cardCommitment,
        previousHash,
        signature,
        Optional.of(found));
  }
}
