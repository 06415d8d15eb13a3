package org.skillvoucher.domain.identity;

import java.util.regex.Pattern;

/** The one spelling of ids: they stand in addresses, persistence ids and receipts unescaped. */
final class Identifiers {
  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private Identifiers() {}

  static void check(String what, String value) {
    if (!ALLOWED.matcher(value).matches()) {
      throw new IllegalArgumentException(
          what + " must be 1 to 64 of A-Z a-z 0-9 . _ - and begin with a letter or digit");
    }
  }
}
