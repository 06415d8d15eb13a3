package org.skillvoucher.domain.identity;

/** The character set of ids, which appear in addresses, persistence ids and receipts unescaped. */
final class Identifiers {
  private static final int LENGTH_MAX = 64;

  private Identifiers() {}

  static void check(String what, String value) {
    if (!isAllowed(value)) {
      throw new IllegalArgumentException(
          what + " must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit");
    }
  }

  /** Without a regular expression: recovery of a class parses hundreds of ids. */
  private static boolean isAllowed(String value) {
    if (value.isEmpty() || value.length() > LENGTH_MAX || !isAlphanumeric(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < value.length(); i++) {
      char letter = value.charAt(i);
      if (!isAlphanumeric(letter) && letter != '.' && letter != '_' && letter != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isAlphanumeric(char letter) {
    return (letter >= 'A' && letter <= 'Z')
        || (letter >= 'a' && letter <= 'z')
        || (letter >= '0' && letter <= '9');
  }
}
