package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.gateway.journal.WireMessage;

/** What an institution says of a device that signs in its name. */
public sealed interface DeviceStanding extends WireMessage {
  /**
   * Enrolled and in good standing.
   *
   * @param publicKey base64url of the key's SubjectPublicKeyInfo in DER
   * @param institutionStoppedFrom from when the institution is suspended or out of the directory
   *     (R24, R26); empty while it may train
   */
  record Trusted(
      DeviceSuite suite,
      String publicKey,
      String site,
      String room,
      Optional<Instant> institutionStoppedFrom)
      implements DeviceStanding {}

  /** Unknown, suspended, revoked, or enrolled anew under another name. */
  record NotTrusted() implements DeviceStanding {}

  /** Its name is that of another institution's device. */
  record Elsewhere() implements DeviceStanding {}
}
