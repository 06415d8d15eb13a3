package org.skillvoucher.simulator.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.RulePackReader;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;

/** The rule packs (规则包) beside the launcher. */
public final class RulesFile {
  private RulesFile() {}

  /**
   * What is in force for a region's classes on that day.
   *
   * @throws ScenarioInvalid when the region has no pack
   */
  public static ClassRules read(Path config, String region, LocalDate day)
      throws IOException, ScenarioInvalid {
    Path folder = config.resolve("rules").resolve(region);
    if (!Files.isDirectory(folder)) {
      throw new ScenarioInvalid(List.of("region " + region + " has no rule pack"));
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path newest =
          files
              .filter(file -> file.getFileName().toString().endsWith(".properties"))
              .filter(file -> !LocalDate.parse(day(file)).isAfter(day))
              .max(Comparator.comparing(RulesFile::day))
              .orElseThrow(() -> new UnexpectedAnswer("no rule pack is in force"));
      return switch (RulePackReader.read(
          region + "/" + newest.getFileName(), Files.readString(newest, UTF_8))) {
        case RulePackReader.Loaded(var pack) -> pack.classRules();
        case RulePackReader.Faulty(var faults) -> throw new UnexpectedAnswer(faults.toString());
      };
    }
  }

  private static String day(Path file) {
    return file.getFileName().toString().replace(".properties", "");
  }
}
