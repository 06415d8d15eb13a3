package org.skillvoucher.domain.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.Samples;
import org.skillvoucher.domain.policy.RulePackReader.Fault;
import org.skillvoucher.domain.policy.RulePackReader.Faulty;
import org.skillvoucher.domain.policy.RulePackReader.Loaded;

final class RulePackReaderTest {
  private static final String FILE = "990000/2025-01-01.properties";

  /** A whole pack; tests spoil one line of it or more. */
  private static final String PACK =
      lines(
          "# 规则包",
          "region = 990000",
          "effective-from = 2025-01-01",
          rule("sign-in-opens-minutes-before", "30", "R41"),
          rule("late-minutes-after", "10", "R42"),
          rule("sign-in-closes-minutes-after", "45", "R41"),
          rule("sign-out-opens-minutes-before", "15", "R41"),
          rule("sign-out-closes-minutes-after", "60", "R41"),
          rule("class-hour-minutes", "50", "R06"),
          rule("threshold-percent", "80", "R42"),
          rule("roster-max", "300", "R07"),
          rule("lessons-max", "500", "R03"),
          rule("validity-days-max", "90", "R40"),
          rule("voucher-at-door", "required", "R41"),
          rule("edition-opens-month", "1", "R26"),
          rule("edition-opens-day", "1", "R26"),
          rule("bar-years", "3", "R26"),
          rule("witness-trainees", "false", "R46"),
          rule("witness-per-person-max", "3", "R46"),
          rule("witness-vouches-max", "2", "R46"),
          rule("offline-hours-max", "72", "R60"),
          rule("clock-skew-seconds-max", "120", "R60"),
          rule("tap-interval-millis-min", "500", "R70"),
          rule("velocity-minutes-min", "10", "R70"),
          rule("velocity-refused", "false", "R70"),
          rule("class-hours-a-day-max", "7", "R06"),
          rule("suspended-classes-go-on", "false", "R24"),
          rule("flag-device-people-max", "120", "R70"),
          rule("flag-same-order-lessons", "3", "R70"),
          rule("flag-stay-percent-min", "50", "R70"),
          rule("flag-upload-hours-max", "24", "R70"),
          rule("flag-taps-a-minute-max", "40", "R70"),
          rule("flag-velocity-level", "3", "R70"),
          rule("flag-tap-rate-level", "2", "R70"),
          rule("flag-device-people-level", "1", "R70"),
          rule("flag-same-order-level", "2", "R70"),
          rule("flag-two-classes-level", "3", "R70"),
          rule("flag-hours-a-day-level", "2", "R70"),
          rule("flag-teacher-absent-level", "2", "R70"),
          rule("flag-stay-short-level", "1", "R70"),
          rule("flag-late-upload-level", "0", "R70"),
          rule("flag-counter-gap-level", "2", "R70"),
          rule("flag-counter-fork-level", "3", "R70"),
          rule("flag-name-differs-level", "2", "R46"),
          rule("flag-witness-overused-level", "3", "R70"),
          rule("flag-device-off-venue-level", "2", "R70"),
          rule("flag-no-voucher-level", "1", "R70"));

  private static final Map<FlagKind, Integer> LEVELS =
      Map.ofEntries(
          Map.entry(FlagKind.VELOCITY, 3),
          Map.entry(FlagKind.TAP_RATE, 2),
          Map.entry(FlagKind.DEVICE_PEOPLE, 1),
          Map.entry(FlagKind.SAME_ORDER, 2),
          Map.entry(FlagKind.TWO_CLASSES, 3),
          Map.entry(FlagKind.HOURS_A_DAY, 2),
          Map.entry(FlagKind.TEACHER_ABSENT, 2),
          Map.entry(FlagKind.STAY_SHORT, 1),
          Map.entry(FlagKind.LATE_UPLOAD, 0),
          Map.entry(FlagKind.COUNTER_GAP, 2),
          Map.entry(FlagKind.COUNTER_FORK, 3),
          Map.entry(FlagKind.NAME_DIFFERS, 2),
          Map.entry(FlagKind.WITNESS_OVERUSED, 3),
          Map.entry(FlagKind.DEVICE_OFF_VENUE, 2),
          Map.entry(FlagKind.NO_VOUCHER, 1));

  @Test
  void aWholePackIsLoadedWithItsNumbersAndCitations() {
    RulePack pack = loaded(PACK);

    String name = "990000/2025-01-01";
    assertEquals("990000", pack.region().value());
    assertEquals(LocalDate.of(2025, 1, 1), pack.effectiveFrom());
    assertEquals(name, pack.name());
    assertEquals(
        new ClassRules(
            name,
            300,
            500,
            new AttendanceRules(30, 10, 45, 15, 60, 50, 80, true),
            Optional.of(new FieldRules(72, 120, 500, 10, false, 7, false)),
            Optional.of(new FlagRules(120, 3, 50, 24, 40, LEVELS)),
            Optional.of(new DoorRules(VoucherAtDoor.REQUIRED, false, 3, 2))),
        pack.classRules());
    assertEquals(new VoucherRules(name, 90), pack.voucherRules());
    assertEquals(
        new RulePack.Citation("R06", "S0-13 培训签到"), pack.citations().get("class-hour-minutes"));
    assertEquals(44, pack.citations().size());
  }

  @Test
  void aByteOrderMarkAndSpaceAtALinesEndDoNoHarm() {
    assertEquals(loaded(PACK), loaded("\ufeff" + PACK.replace("= 300", "= 300  \t")));
  }

  @Test
  void aPackMayDoWithoutVouchers() {
    for (VoucherAtDoor choice : List.of(VoucherAtDoor.NOT_NEEDED, VoucherAtDoor.FLAGGED)) {
      RulePack pack =
          loaded(PACK.replace("voucher-at-door = required", "voucher-at-door = " + choice.code()));

      assertEquals(false, pack.classRules().attendance().voucherRequired());
      assertEquals(choice, pack.classRules().doorRules().voucher());
    }
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsNeeded(String key) {
    assertEquals(List.of(new Fault(FILE, key, "missing")), faults(PACK.replace(key + " = ", "#")));
    assertEquals(
        List.of(new Fault(FILE, key, "missing")),
        faults(PACK.replaceAll("(?m)^" + key + " = .*$", key + " =")));
  }

  static Stream<String> keys() {
    List<String> keys = new ArrayList<>(List.of("region", "effective-from"));
    Stream.concat(
            Stream.of(RuleKey.values()).map(RuleKey::key),
            Stream.concat(RuleKey.SWITCHES.stream(), Stream.of(RuleKey.VOUCHER_AT_DOOR)))
        .forEach(key -> keys.addAll(List.of(key, key + ".rule", key + ".clause")));
    return keys.stream();
  }

  @ParameterizedTest
  @EnumSource(RuleKey.class)
  void everyNumberMustBeAWholeNumberWithinItsBounds(RuleKey key) {
    assertEquals(
        List.of(new Fault(FILE, key.key(), "a whole number is needed, not 1.5")),
        faults(with(key.key(), "1.5")));
    assertEquals(
        List.of(new Fault(FILE, key.key(), "must be " + key.bounds() + ", not -1")),
        faults(with(key.key(), "-1")));
    assertEquals(
        List.of(new Fault(FILE, key.key(), "must be " + key.bounds() + ", not 99999")),
        faults(with(key.key(), "99999")));
    assertEquals(
        List.of(new Fault(FILE, key.key(), "a whole number is needed, not 99999999999")),
        faults(with(key.key(), "99999999999")));
  }

  @ParameterizedTest
  @CsvSource({
    "region,37,a region is six digits (GB/T 2260)",
    "effective-from,2025-02-29,'a day is written like 2025-01-31, not 2025-02-29'",
    "effective-from,01/02/2025,'a day is written like 2025-01-31, not 01/02/2025'",
    "witness-trainees,yes,'true or false is needed, not yes'",
    "voucher-at-door,perhaps,'not_needed, flagged or required is needed, not perhaps'",
    "roster-max.rule,41,'a rule''s id is written like R41, not 41'",
    "late-minutes-after,46,'must be at most sign-in-closes-minutes-after (45), not 46'",
  })
  void aValueOfTheWrongKindIsNamedWithWhatIsNeeded(String key, String value, String reason) {
    assertEquals(List.of(new Fault(FILE, key, reason)), faults(with(key, value)));
  }

  @Test
  void anUnknownKeyIsNamedWithTheOneProbablyMeant() {
    assertEquals(
        List.of(
            new Fault(FILE, "colour", "unknown key"),
            new Fault(FILE, "roster-mx", "unknown key; did you mean roster-max?"),
            new Fault(FILE, "roster-max", "missing")),
        faults(PACK.replace("roster-max = ", "roster-mx = ") + "\ncolour = red"));
  }

  @Test
  void aDuplicateKeyIsAFaultEvenWithTheSameValue() {
    assertEquals(
        List.of(new Fault(FILE, "roster-max", "occurs twice in the file")),
        faults(PACK + "\nroster-max = 300"));
  }

  @Test
  void aTextThatIsNoPropertiesFileIsAFaultOfTheWholeFile() {
    List<Fault> faults = faults(PACK + "\nx = \\u00zz");

    assertEquals(1, faults.size());
    assertEquals("", faults.getFirst().key());
    assertTrue(faults.getFirst().toString().startsWith(FILE + ": "));
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    String text = with("threshold-percent", "120").replace("region = 990000", "region = x");

    assertEquals(
        List.of(
            "990000/2025-01-01.properties: region: a region is six digits (GB/T 2260)",
            "990000/2025-01-01.properties: threshold-percent: must be 0 to 100, not 120",
            "990000/2025-01-01.properties: lessons-max.clause: missing"),
        faults(text.replace("lessons-max.clause", "#")).stream().map(Fault::toString).toList());
  }

  @Test
  void anEmptyTextLacksEveryKeyOnce() {
    assertEquals(keys().count(), faults("").size());
  }

  @Test
  void theSamplesOfOtherTestsFollowARealPack() {
    assertEquals(
        Samples.ATTENDANCE, loaded(with("class-hour-minutes", "45")).classRules().attendance());
  }

  private static String with(String key, String value) {
    String changed = PACK.replaceAll("(?m)^" + key + " = .*$", key + " = " + value);
    assertTrue(!changed.equals(PACK), key);
    return changed;
  }

  private static RulePack loaded(String text) {
    return assertInstanceOf(Loaded.class, RulePackReader.read(FILE, text)).pack();
  }

  private static List<Fault> faults(String text) {
    return assertInstanceOf(Faulty.class, RulePackReader.read(FILE, text)).faults();
  }

  private static String rule(String key, String value, String rule) {
    return lines(key + " = " + value, key + ".rule = " + rule, key + ".clause = S0-13 培训签到");
  }

  private static String lines(String... lines) {
    return String.join("\n", lines);
  }
}
