package org.skillvoucher.gateway;

import java.util.Optional;

/** The version in the jar's manifest. */
public final class Version {
  private Version() {}

  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(unpackaged)");
  }
}
