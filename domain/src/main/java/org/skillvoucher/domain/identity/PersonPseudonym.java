package org.skillvoucher.domain.identity;

import java.util.regex.Pattern;

/**
 * A person as events know one: base64url of HMAC-SM3(deployment key, id type ‖ number), 43
 * characters. The name and the number themselves live in the vault only.
 */
public record PersonPseudonym(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

  public PersonPseudonym {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("a pseudonym is 43 characters of base64url");
    }
  }

  /** Reads exactly this spelling; {@code person} when it is none. */
  public static Parsed<PersonPseudonym> parse(String text) {
    return Parsed.trying("person", text, PersonPseudonym::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
