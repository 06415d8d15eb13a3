package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.institution.StoppedTime;

/** An institution's answer about a device that signs in its name. */
public sealed interface DeviceStanding extends WireMessage {
  /**
   * Enrolled and in good standing.
   *
   * @param publicKey base64url of the key's SubjectPublicKeyInfo in DER
   * @param institutionStoppedFrom from when the institution is suspended or out of the directory
   *     (R24, R26); empty while it may train
   * @param stoppedBefore when it could not train lately, for taps that arrive later
   */
  record Trusted(
      DeviceSuite suite,
      String publicKey,
      String site,
      String room,
      Optional<Instant> institutionStoppedFrom,
      List<StoppedTime> stoppedBefore)
      implements DeviceStanding {
    /** Of an institution that was never stopped before. */
    public Trusted(
        DeviceSuite suite,
        String publicKey,
        String site,
        String room,
        Optional<Instant> institutionStoppedFrom) {
      this(suite, publicKey, site, room, institutionStoppedFrom, List.of());
    }

    /** The start of the stop in which this tap falls, or else of the present one. */
    public Optional<Instant> stoppedFrom(Instant tappedAt) {
      return stoppedBefore.stream()
          .filter(time -> time.holds(tappedAt))
          .map(StoppedTime::from)
          .findFirst()
          .or(() -> institutionStoppedFrom);
    }
  }

  /** Unknown, suspended, revoked, or enrolled anew under another name. */
  record NotTrusted() implements DeviceStanding {}

  /** Its name is that of another institution's device. */
  record Elsewhere() implements DeviceStanding {}
}
