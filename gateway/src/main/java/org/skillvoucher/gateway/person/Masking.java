package org.skillvoucher.gateway.person;

/** People as those see them who need to tell them apart but not to know them (脱敏). */
public final class Masking {
  private static final int REGION_DIGITS = 6;
  private static final int LAST_DIGITS = 4;
  private static final String STAR = "*";

  private Masking() {}

  public static People.Identity of(People.Identity person) {
    return new People.Identity(
        person.type(),
        switch (person.type()) {
          case CITIZEN_ID -> citizenId(person.number());
          case OTHER -> allButOne(person.number());
        },
        allButOne(person.name()));
  }

  /** Without the date of birth: 990101********0015. */
  private static String citizenId(String number) {
    int hidden = Math.max(0, number.length() - REGION_DIGITS - LAST_DIGITS);
    return number.substring(0, REGION_DIGITS)
        + STAR.repeat(hidden)
        + number.substring(REGION_DIGITS + hidden);
  }

  /** The first character, whatever plane it is of: 𠮷**; of a single one not even that. */
  private static String allButOne(String text) {
    int characters = text.codePointCount(0, text.length());
    return characters < 2
        ? STAR
        : text.substring(0, text.offsetByCodePoints(0, 1)) + STAR.repeat(characters - 1);
  }
}
