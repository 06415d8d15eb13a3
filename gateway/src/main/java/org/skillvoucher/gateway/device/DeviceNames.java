package org.skillvoucher.gateway.device;

import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.gateway.security.KeyedHash;

/**
 * The ids of devices. Their first letters are derived from the institution, so that another
 * institution's device is recognised without a list of all devices.
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
   * @param request the caller and the idempotency key; another request gets another id
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
