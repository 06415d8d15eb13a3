package org.skillvoucher.gateway.security;

import java.nio.charset.StandardCharsets;
import org.skillvoucher.domain.identity.CreditCode;

/**
 * The names of devices. The first letters say of which institution one is, so that a device which
 * is enrolled elsewhere is told so without a list of all devices.
 */
public final class DeviceNames {
  private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
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
        + letters(hash.of("device-id", utf8(institution + "\n" + request)), OWN_LETTERS);
  }

  /** Whether this is the name, or the id, of a device of the institution. */
  public boolean isOf(CreditCode institution, String device) {
    return device.startsWith("D" + lettersOf(institution));
  }

  private String lettersOf(CreditCode institution) {
    return letters(hash.of("device-institution", utf8(institution.value())), INSTITUTION_LETTERS);
  }

  private static String letters(byte[] bytes, int count) {
    var letters = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      letters.append(CROCKFORD.charAt(bytes[i] & 31));
    }
    return letters.toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
