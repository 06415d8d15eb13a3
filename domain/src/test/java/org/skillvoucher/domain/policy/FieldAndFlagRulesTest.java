package org.skillvoucher.domain.policy;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.skillvoucher.domain.Samples.CLASS_RULES;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A pack's numbers for the field and for flags (预警), and what holds where it has none. */
final class FieldAndFlagRulesTest {
  static Stream<Runnable> numbersOutOfTheirBounds() {
    return Stream.of(
        () -> new FieldRules(0, 120, 500, 10, false, 7, false),
        () -> new FieldRules(73, 120, 500, 10, false, 7, false),
        () -> new FieldRules(72, 0, 500, 10, false, 7, false),
        () -> new FieldRules(72, 120, -1, 10, false, 7, false),
        () -> new FieldRules(72, 120, 500, -1, false, 7, false),
        () -> new FieldRules(72, 120, 500, 10, false, 0, false),
        () -> new FieldRules(72, 120, 500, 10, false, 25, false),
        () -> new FlagRules(0, 3, 50, 24, 40, Map.of()),
        () -> new FlagRules(120, 1, 50, 24, 40, Map.of()),
        () -> new FlagRules(120, 3, 101, 24, 40, Map.of()),
        () -> new FlagRules(120, 3, 50, 73, 40, Map.of()),
        () -> new FlagRules(120, 3, 50, 24, 0, Map.of()),
        () -> new FlagRules(120, 3, 50, 24, 40, Map.of(FlagKind.VELOCITY, 4)),
        () -> new FlagRules(120, 3, 50, 24, 40, Map.of(FlagKind.VELOCITY, -1)));
  }

  @ParameterizedTest
  @MethodSource("numbersOutOfTheirBounds")
  void rulesOutOfTheirBoundsCannotBeHeld(Runnable senseless) {
    assertThrows(IllegalArgumentException.class, senseless::run);
  }

  @Test
  void offlineNothingCountsAfterMoreThanSeventyTwoHoursWhateverTheRegionSays() {
    assertDoesNotThrow(() -> new FieldRules(72, 1, 0, 0, true, 24, true));
    assertThrows(IllegalArgumentException.class, () -> new FieldRules(73, 1, 0, 0, true, 24, true));
  }

  @Test
  void aClassFiledBeforePacksHadThemRunsByWhatHeldThen() {
    assertEquals(Optional.empty(), CLASS_RULES.field());
    assertEquals(new FieldRules(72, 120, 0, 0, false, 24, false), CLASS_RULES.fieldRules());
    for (FlagKind kind : FlagKind.values()) {
      assertEquals(1, CLASS_RULES.flagRules().level(kind));
    }
  }

  @Test
  void aClassKeepsTheNumbersOfItsOwnPack() {
    var field = new FieldRules(24, 60, 1000, 30, true, 6, true);
    var flags = new FlagRules(50, 4, 60, 12, 30, Map.of(FlagKind.TAP_RATE, 3));
    var rules =
        new ClassRules(
            CLASS_RULES.pack(),
            3,
            4,
            CLASS_RULES.attendance(),
            Optional.of(field),
            Optional.of(flags));

    assertEquals(field, rules.fieldRules());
    assertEquals(flags, rules.flagRules());
  }

  @Test
  void levelsStandInTheOrderOfTheirKindsWhateverOrderTheyCameIn() {
    Map<FlagKind, Integer> backwards = new LinkedHashMap<>();
    for (FlagKind kind : List.of(FlagKind.values()).reversed()) {
      backwards.put(kind, 1);
    }
    var rules = new FlagRules(50, 4, 60, 12, 30, backwards);

    assertEquals(List.of(FlagKind.values()), List.copyOf(rules.levels().keySet()));
  }

  @Test
  void aKindWithoutALevelIsNotRaised() {
    var rules = new FlagRules(50, 4, 60, 12, 30, Map.of(FlagKind.TAP_RATE, 3));

    assertEquals(3, rules.level(FlagKind.TAP_RATE));
    assertEquals(0, rules.level(FlagKind.VELOCITY));
  }

  @ParameterizedTest
  @EnumSource(FlagKind.class)
  void everyKindHasANameAndALevelInThePack(FlagKind kind) {
    assertEquals(Optional.of(kind), FlagKind.ofCode(kind.code()));
    assertEquals("flag-" + kind.code().replace('_', '-') + "-level", kind.level().key());
    assertEquals("0 to 3", kind.level().bounds());
  }

  @Test
  void theKindsHaveStableNames() {
    assertEquals(
        List.of(
            "velocity",
            "tap_rate",
            "device_people",
            "same_order",
            "two_classes",
            "hours_a_day",
            "teacher_absent",
            "stay_short",
            "late_upload",
            "counter_gap",
            "counter_fork",
            "name_differs",
            "witness_overused",
            "device_off_venue",
            "no_voucher"),
        Stream.of(FlagKind.values()).map(FlagKind::code).collect(Collectors.toList()));
    assertEquals(Optional.empty(), FlagKind.ofCode("VELOCITY"));
  }

  @Test
  void everyKeyOfAPackIsUnlikeEveryOther() {
    List<String> keys =
        Stream.concat(Stream.of(RuleKey.values()).map(RuleKey::key), RuleKey.SWITCHES.stream())
            .toList();

    assertEquals(keys.size(), keys.stream().distinct().count());
  }
}
