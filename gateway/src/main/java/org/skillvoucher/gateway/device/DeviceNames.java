package org.skillvoucher.gateway.device;

import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.gateway.security.KeyedHash;

/**
 * The names of devices. The first letters say of which institution one is, so that a device which
 * is enrolled elsewhere is told so without a list of all devices.
 */
public final class DeviceNames {
  private static final int INSTITUTION_LETTERS = 4;
  private static final int OWN_LETTERS = 11;

  private final KeyedHash hash;

  public DeviceNames(KeyedHash hash) {
    this.hash = hash;
  }

  /**
   * A device's id.
   *
   * @param request what makes it another one, such as who asks under which idempotency key
   */
  public String id(CreditCode institution, String request) {
    return "D"
        + lettersOf(institution)
        + hash.letters("device-id", institution + "\n" + request, OWN_LETTERS);
  }

  /** Whether this is the name, or the id, of a device of the institution. */
  public boolean isOf(CreditCode institution, String device) {
    return device.startsWith("D" + lettersOf(institution));
  }

  private String lettersOf(CreditCode institution) {
    return hash.letters("device-institution", institution.value(), INSTITUTION_LETTERS);
  }
}
