package org.skillvoucher.domain.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.skillvoucher.domain.Samples.ATTENDANCE;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.domain.identity.RegionCode;

final class RulePacksTest {
  private static final RulePacks PACKS =
      RulePacks.of(
          List.of(
              pack("370000/2025-01-01"),
              pack("370000/2026-01-01"),
              pack("371500/2025-07-01"),
              pack("371502/2026-07-01")));

  @ParameterizedTest
  @CsvSource({
    "370000,2025-01-01,370000/2025-01-01",
    "370000,2025-12-31,370000/2025-01-01",
    "370000,2026-01-01,370000/2026-01-01",
    "370000,2030-01-01,370000/2026-01-01",
    "370102,2025-06-30,370000/2025-01-01",
    "371500,2025-06-30,370000/2025-01-01",
    "371500,2025-07-01,371500/2025-07-01",
    "371502,2025-07-01,371500/2025-07-01",
    "371502,2026-06-30,371500/2025-07-01",
    "371502,2026-07-01,371502/2026-07-01",
    "371503,2026-07-01,371500/2025-07-01",
  })
  void aRegionFollowsItsOwnLatestPackThenItsCitysThenItsProvinces(
      String region, LocalDate day, String name) {
    assertEquals(Optional.of(name), PACKS.inForce(new RegionCode(region), day).map(RulePack::name));
  }

  @ParameterizedTest
  @CsvSource({"370000,2024-12-31", "371502,2024-12-31", "350000,2025-01-01"})
  void beforeTheFirstDayAndElsewhereNoneIsInForce(String region, LocalDate day) {
    assertEquals(Optional.empty(), PACKS.inForce(new RegionCode(region), day));
  }

  @Test
  void twoPacksOfOneRegionAndDayAreRefused() {
    var twice = Collections.nCopies(2, pack("370000/2025-01-01"));

    assertThrows(IllegalArgumentException.class, () -> RulePacks.of(twice));
  }

  @Test
  void aPackAndTheRulesInItHaveOneName() {
    RegionCode region = new RegionCode("370000");
    LocalDate day = LocalDate.of(2025, 1, 1);
    String name = "370000/2025-01-01";
    ClassRules classRules = new ClassRules(name, 1, 1, ATTENDANCE);
    VoucherRules voucherRules = new VoucherRules(name, 1);

    for (Runnable misnamed :
        List.<Runnable>of(
            () -> new RulePack(region, day, "x", classRules, voucherRules, Map.of()),
            () ->
                new RulePack(
                    region,
                    day,
                    name,
                    new ClassRules("x", 1, 1, ATTENDANCE),
                    voucherRules,
                    Map.of()),
            () ->
                new RulePack(region, day, name, classRules, new VoucherRules("x", 1), Map.of()))) {
      assertThrows(IllegalArgumentException.class, misnamed::run);
    }
  }

  @Test
  void rulesOutOfTheirBoundsCannotBeHeld() {
    for (Runnable senseless :
        List.<Runnable>of(
            () -> new AttendanceRules(-1, 10, 45, 15, 60, 45, 80, true),
            () -> new AttendanceRules(30, -1, 45, 15, 60, 45, 80, true),
            () -> new AttendanceRules(30, 10, 0, 15, 60, 45, 80, true),
            () -> new AttendanceRules(30, 10, 45, -1, 60, 45, 80, true),
            () -> new AttendanceRules(30, 10, 45, 15, 0, 45, 80, true),
            () -> new AttendanceRules(30, 10, 45, 15, 60, 0, 80, true),
            () -> new AttendanceRules(30, 10, 45, 15, 60, 45, 101, true),
            () -> new ClassRules("x", 0, 1, ATTENDANCE),
            () -> new ClassRules("x", 1, 0, ATTENDANCE),
            () -> new VoucherRules("x", 0))) {
      assertThrows(IllegalArgumentException.class, senseless::run);
    }
  }

  private static RulePack pack(String name) {
    String[] parts = name.split("/", 2);
    return new RulePack(
        new RegionCode(parts[0]),
        LocalDate.parse(parts[1]),
        name,
        new ClassRules(name, 1, 1, ATTENDANCE),
        new VoucherRules(name, 1),
        Map.of());
  }
}
