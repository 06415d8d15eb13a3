package org.skillvoucher.domain.identity;

/**
 * A person as events know one: base64url of HMAC-SM3(deployment key, id type ‖ number), 43
 * characters. The name and the number themselves live in the vault only.
 */
public record PersonPseudonym(String value) {
  private static final int LENGTH = 43;

  public PersonPseudonym {
    if (value.length() != LENGTH || !isBase64Url(value)) {
      throw new IllegalArgumentException("a pseudonym is 43 characters of base64url");
    }
  }

  /**
   * By hand: a class that wakes has hundreds read, and a regular expression is ten times slower.
   */
  private static boolean isBase64Url(String value) {
    for (int i = 0; i < value.length(); i++) {
      char letter = value.charAt(i);
      boolean allowed =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || letter == '_'
              || letter == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
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
