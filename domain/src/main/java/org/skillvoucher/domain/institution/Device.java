package org.skillvoucher.domain.institution;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceSuite;

/**
 * A device (签到设备) of an institution.
 *
 * @param enrolment number of invitations so far; the suffix of its name in statements
 * @param invitation the token by which it may enrol; empty once it has
 * @param key its signing key; empty until it has enrolled
 */
public record Device(
    String id,
    String site,
    String room,
    String label,
    int enrolment,
    Status status,
    Optional<Invitation> invitation,
    Optional<SigningKey> key) {
  /** The status of a device. */
  public enum Status {
    INVITED,
    ENROLLED,
    SUSPENDED,
    REVOKED
  }

  /**
   * A one-time code to enrol with.
   *
   * @param tokenId the code's public name
   */
  public record Invitation(String tokenId, Instant expiresAt) {
    /** All codes have the same lifetime, so the one that expires first was issued first. */
    boolean isOlderThan(Invitation other) {
      return expiresAt.isBefore(other.expiresAt);
    }
  }

  /**
   * A device's key.
   *
   * @param publicKey base64url of its SubjectPublicKeyInfo in DER
   */
  public record SigningKey(DeviceSuite suite, String publicKey) {}

  /** Its name in statements, new with each enrolment. */
  public String name() {
    return nameOf(enrolment);
  }

  String nameOf(int enrolmentNumber) {
    return id + "-" + enrolmentNumber;
  }

  /** The id of the device with this name. */
  public static String idOf(String name) {
    int dash = name.lastIndexOf('-');
    return dash < 0 ? name : name.substring(0, dash);
  }

  boolean isInvitedBy(Invitation other) {
    return invitation.map(Invitation::tokenId).filter(other.tokenId()::equals).isPresent();
  }

  Device with(Status changed) {
    return new Device(id, site, room, label, enrolment, changed, invitation, key);
  }
}
