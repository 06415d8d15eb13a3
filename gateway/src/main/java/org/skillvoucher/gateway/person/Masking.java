package org.skillvoucher.gateway.person;

/** Masks identities (脱敏) for readers who must distinguish people but not know them. */
public final class Masking {
  private static final int REGION_DIGITS = 6;
  private static final int LAST_DIGITS = 4;
  private static final String STAR = "*";

  private Masking() {}

  public static People.Identity of(People.Identity person) {
    return new People.Identity(
        person.type(),
        switch (person.type()) {
          case CITIZEN_ID, RESIDENCE_PERMIT, FOREIGN_PERMANENT_RESIDENCE ->
              withoutDateOfBirth(person.number());
          case OTHER -> allButOne(person.number());
        },
        allButOne(person.name()));
  }

  /** 990101********0015. */
  private static String withoutDateOfBirth(String number) {
    int hidden = Math.max(0, number.length() - REGION_DIGITS - LAST_DIGITS);
    return number.substring(0, REGION_DIGITS)
        + STAR.repeat(hidden)
        + number.substring(REGION_DIGITS + hidden);
  }

  /** The first character, of any plane: 𠮷**; a single one is masked too. */
  private static String allButOne(String text) {
    int characters = text.codePointCount(0, text.length());
    return characters < 2
        ? STAR
        : text.substring(0, text.offsetByCodePoints(0, 1)) + STAR.repeat(characters - 1);
  }
}
