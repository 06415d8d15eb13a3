package org.skillvoucher.simulator.gateway;

import java.util.Locale;

/** In whose name a call is made; each has a token of its own in the ready file. */
public enum Role {
  ISSUING_AUTHORITY,
  INSTITUTION,
  DEVICE,
  CARD_PLATFORM,
  AUDITOR,
  OPERATOR;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
