package org.skillvoucher.domain.identity;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A person's number with its type (证件号码, 证件类型), normalised and checked. Personal data: {@link
 * #toString} never shows it.
 *
 * <p>The form of a number decides its type before any declaration does, so that one number never
 * has two pseudonyms:
 *
 * <ul>
 *   <li>810000, 820000 or 830000 and then a date: a residence permit (港澳台居民居住证).
 *   <li>9, then a province (GB/T 2260, two digits), then a nationality (ISO 3166-1, three digits):
 *       a foreign permanent resident (外国人永久居留身份证, GA 2102). No region begins with 9, so no citizen
 *       id number does either, except the invented ones of tests, whose regions begin with 99.
 *       Where the province is that invented 99, a declaration as citizen id decides; both types
 *       have the same pseudonym.
 *   <li>Otherwise a citizen id number, of 18 characters or the old 15 digits. Declared as any other
 *       document it is refused.
 * </ul>
 *
 * <p>Limit: the older form of 外国人永久居留身份证 (three letters and twelve digits) has no public rule of
 * its check digit; it is an {@link IdType#OTHER} number, stored as given. A person whose card was
 * renewed has two numbers that nothing links.
 */
public record PersonNumber(IdType type, String value) {
  private static final Pattern RESIDENCE_PERMIT = Pattern.compile("8[123]0000.*");
  private static final Pattern OLD_FOREIGN_PERMANENT_RESIDENCE =
      Pattern.compile("[A-Z]{3}[0-9]{12}");
  private static final Pattern OTHER = Pattern.compile("[0-9A-Z()-]{1,40}");

  private static final String INVENTED_PROVINCE = "99";
  private static final Set<String> PROVINCES =
      Set.of(
          ("11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54"
                  + " 61 62 63 64 65 71 81 82")
              .split(" "));

  /** ISO 3166-1 numeric, the 249 assigned codes. */
  private static final Set<String> NATIONALITIES =
      Set.of(
          ("004 008 010 012 016 020 024 028 031 032 036 040 044 048 050 051 052 056 "
                  + "060 064 068 070 072 074 076 084 086 090 092 096 100 104 108 112 116 120 "
                  + "124 132 136 140 144 148 152 156 158 162 166 170 174 175 178 180 184 188 "
                  + "191 192 196 203 204 208 212 214 218 222 226 231 232 233 234 238 239 242 "
                  + "246 248 250 254 258 260 262 266 268 270 275 276 288 292 296 300 304 308 "
                  + "312 316 320 324 328 332 334 336 340 344 348 352 356 360 364 368 372 376 "
                  + "380 384 388 392 398 400 404 408 410 414 417 418 422 426 428 430 434 438 "
                  + "440 442 446 450 454 458 462 466 470 474 478 480 484 492 496 498 499 500 "
                  + "504 508 512 516 520 524 528 531 533 534 535 540 548 554 558 562 566 570 "
                  + "574 578 580 581 583 584 585 586 591 598 600 604 608 612 616 620 624 626 "
                  + "630 634 638 642 643 646 652 654 659 660 662 663 666 670 674 678 682 686 "
                  + "688 690 694 702 703 704 705 706 710 716 724 728 729 732 740 744 748 752 "
                  + "756 760 762 764 768 772 776 780 784 788 792 795 796 798 800 804 807 818 "
                  + "826 831 832 833 834 840 850 854 858 860 862 876 882 887 894")
              .split(" "));

  @Override
  public String toString() {
    return "PersonNumber";
  }

  /**
   * Reads a number.
   *
   * <p>Codes of a refusal: those of {@link CitizenId#parse}, and {@code id_type} for a number of
   * another type than the declared one.
   *
   * @param declared the type that was written beside it; empty when none was
   * @param today the latest possible date of birth, in Asia/Shanghai
   */
  public static Parsed<PersonNumber> parse(
      Optional<IdType> declared, String text, LocalDate today) {
    String value = InputNormalization.code(text);
    return switch (typeByForm(value, declared)) {
      case RESIDENCE_PERMIT -> checked(IdType.RESIDENCE_PERMIT, value, today);
      case FOREIGN_PERMANENT_RESIDENCE -> checked(IdType.FOREIGN_PERMANENT_RESIDENCE, value, today);
      case CITIZEN_ID, OTHER ->
          switch (declared.orElse(IdType.CITIZEN_ID)) {
            case CITIZEN_ID -> citizen(CitizenId.parse(text, today));
            case RESIDENCE_PERMIT -> notACitizen(text, today, residencePermit(value));
            case FOREIGN_PERMANENT_RESIDENCE ->
                notACitizen(text, today, foreignPermanentResidence(value));
            case OTHER -> notACitizen(text, today, other(text));
          };
    };
  }

  /** The number on a card, whose type is its form; a number of no known form is taken as it is. */
  public static Parsed<PersonNumber> onCard(String text, LocalDate today) {
    Parsed<PersonNumber> known = parse(Optional.empty(), text, today);
    return known instanceof Parsed.Valid ? known : other(text);
  }

  /** The characters of a number as written, without what surrounds and what is not seen. */
  public static String charactersOf(String text) {
    return InputNormalization.code(text);
  }

  private static IdType typeByForm(String value, Optional<IdType> declared) {
    if (!EighteenCharacters.isIn(value)) {
      return IdType.OTHER;
    }
    if (RESIDENCE_PERMIT.matcher(value).matches()) {
      return IdType.RESIDENCE_PERMIT;
    }
    String province = value.substring(1, 3);
    boolean foreign =
        value.startsWith("9")
            && NATIONALITIES.contains(value.substring(3, 6))
            && (PROVINCES.contains(province)
                || (province.equals(INVENTED_PROVINCE)
                    && !declared.equals(Optional.of(IdType.CITIZEN_ID))));
    return foreign ? IdType.FOREIGN_PERMANENT_RESIDENCE : IdType.CITIZEN_ID;
  }

  private static Parsed<PersonNumber> checked(IdType type, String value, LocalDate today) {
    return switch (EighteenCharacters.dateAndCheck(value, today)) {
      case Parsed.Valid<String> valid -> Parsed.valid(new PersonNumber(type, value));
      case Parsed.Invalid<String>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  private static Parsed<PersonNumber> citizen(Parsed<CitizenId> citizen) {
    return switch (citizen) {
      case Parsed.Valid<CitizenId>(var id) ->
          Parsed.valid(new PersonNumber(IdType.CITIZEN_ID, id.value()));
      case Parsed.Invalid<CitizenId>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  private static Parsed<PersonNumber> notACitizen(
      String text, LocalDate today, Parsed<PersonNumber> otherwise) {
    return CitizenId.parse(text, today) instanceof Parsed.Valid
        ? Parsed.invalid("id_type", "this is a citizen id number")
        : otherwise;
  }

  /** Why a number without the form of a residence permit is none. */
  private static Parsed<PersonNumber> residencePermit(String value) {
    return switch (EighteenCharacters.form(value)) {
      case Parsed.Valid<String> valid ->
          Parsed.invalid(
              "id_type", "a residence permit's number begins with 810000, 820000 or 830000");
      case Parsed.Invalid<String>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  /** The older form, or why a number has neither form. */
  private static Parsed<PersonNumber> foreignPermanentResidence(String value) {
    if (OLD_FOREIGN_PERMANENT_RESIDENCE.matcher(value).matches()) {
      return Parsed.valid(new PersonNumber(IdType.OTHER, value));
    }
    return switch (EighteenCharacters.form(value)) {
      case Parsed.Valid<String> valid ->
          Parsed.invalid(
              "id_type",
              "a foreign permanent resident's number begins with 9, a province and a nationality");
      case Parsed.Invalid<String>(var code, var reason) -> Parsed.invalid(code, reason);
    };
  }

  private static Parsed<PersonNumber> other(String text) {
    String value =
        InputNormalization.unwrapped(Normalizer.normalize(text, Normalizer.Form.NFKC))
            .toUpperCase(Locale.ROOT);
    return OTHER.matcher(value).matches()
        ? Parsed.valid(new PersonNumber(IdType.OTHER, value))
        : Parsed.invalid("id_characters", "1 to 40 of letters, digits, hyphens and brackets");
  }
}
