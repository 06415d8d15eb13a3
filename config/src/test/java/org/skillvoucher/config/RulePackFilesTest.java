package org.skillvoucher.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.policy.FlagRules;
import org.skillvoucher.domain.policy.RulePack;
import org.skillvoucher.domain.policy.RulePackReader;
import org.skillvoucher.domain.policy.RulePacks;

final class RulePackFilesTest {
  private static final Path RULES = Path.of(System.getProperty("vgw.config", "."), "rules");

  @Test
  void everyFileUnderRulesIsAPackWithoutFault() throws IOException {
    List<RulePackReader.Reading> faulty =
        files().stream()
            .map(RulePackFilesTest::read)
            .filter(RulePackReader.Faulty.class::isInstance)
            .toList();

    assertEquals(List.of(), faulty);
  }

  @Test
  void folderAndFileAreNamedAsThePackNamesItself() throws IOException {
    List<Path> files = files();

    assertFalse(files.isEmpty());
    for (Path file : files) {
      assertEquals(
          RULES.relativize(file).toString().replace('\\', '/'),
          loaded(file).name() + ".properties");
    }
  }

  @Test
  void theNeutralPackIsInForceInEveryPlaceOf99AndNowhereElse() throws IOException {
    List<RulePack> all = new ArrayList<>();
    for (Path file : files()) {
      all.add(loaded(file));
    }
    RulePacks packs = RulePacks.of(all);
    LocalDate firstDay = LocalDate.of(2025, 1, 1);

    assertEquals(
        "990000/2025-01-01",
        packs.inForce(new RegionCode("990102"), firstDay).orElseThrow().name());
    assertTrue(packs.inForce(new RegionCode("990102"), firstDay.minusDays(1)).isEmpty());
    assertTrue(packs.inForce(new RegionCode("370000"), firstDay).isEmpty());
  }

  @Test
  void theNeutralPackHoldsTheNumbersThatSamplesRelyOn() {
    RulePack pack = loaded(RULES.resolve("990000/2025-01-01.properties"));

    assertEquals(
        new AttendanceRules(30, 10, 45, 15, 60, 45, 80, true), pack.classRules().attendance());
    assertEquals(300, pack.classRules().rosterMax());
    assertEquals(500, pack.classRules().lessonsMax());
    assertEquals(90, pack.voucherRules().validityDaysMax());
  }

  @Test
  void theNeutralPackHoldsTheNumbersOfTheField() {
    ClassRules rules = loaded(RULES.resolve("990000/2025-01-01.properties")).classRules();

    assertEquals(Optional.of(new FieldRules(72, 120, 500, 10, false, 7, false)), rules.field());
    FlagRules flags = rules.flags().orElseThrow();
    assertEquals(120, flags.devicePeopleMax());
    assertEquals(3, flags.sameOrderLessons());
    assertEquals(50, flags.stayPercentMin());
    assertEquals(24, flags.uploadHoursMax());
    assertEquals(40, flags.tapsAMinuteMax());
  }

  @Test
  void theNeutralPackRaisesEveryKindOfFlag() {
    FlagRules flags =
        loaded(RULES.resolve("990000/2025-01-01.properties")).classRules().flagRules();

    for (FlagKind kind : FlagKind.values()) {
      assertTrue(flags.level(kind) > 0, kind.code());
    }
  }

  private static List<Path> files() throws IOException {
    try (var found = Files.walk(RULES)) {
      return found.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static RulePack loaded(Path file) {
    return assertInstanceOf(RulePackReader.Loaded.class, read(file)).pack();
  }

  private static RulePackReader.Reading read(Path file) {
    try {
      return RulePackReader.read(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
