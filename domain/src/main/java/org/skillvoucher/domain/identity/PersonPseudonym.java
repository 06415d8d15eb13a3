package org.skillvoucher.domain.identity;

import org.skillvoucher.domain.canonical.Base64Url;

/**
 * A person as identified in events: base64url of HMAC-SM3(deployment key, id type ‖ number), 43
 * characters. The name and the number are in the vault only.
 */
public record PersonPseudonym(String value) {
  private static final int LENGTH = 43;

  public PersonPseudonym {
    if (value.length() != LENGTH || !Base64Url.isIn(value)) {
      throw new IllegalArgumentException("a pseudonym is 43 characters of base64url");
    }
  }

  /** Parses exactly this form; {@code person} when invalid. */
  public static Parsed<PersonPseudonym> parse(String text) {
    return Parsed.trying("person", text, PersonPseudonym::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
