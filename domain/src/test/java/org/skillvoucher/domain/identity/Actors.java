package org.skillvoucher.domain.identity;

/** People who give commands in tests. */
public final class Actors {
  public static final Actor BUREAU = new Actor("P-bureau", Side.BUREAU, "token-bureau");
  public static final Actor SECOND_OFFICIAL =
      new Actor("P-bureau-2", Side.BUREAU, "token-bureau-2");
  public static final Actor SCHOOL = new Actor("P-school", Side.INSTITUTION, "token-school");

  private Actors() {}
}
