package org.skillvoucher.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.policy.RulePack;
import org.skillvoucher.domain.policy.RulePackReader;
import org.skillvoucher.domain.policy.RulePacks;
import org.skillvoucher.gateway.cli.CommandFailures;

/** The rule packs under {@code config/rules}, read at start: a fault in one stops the start. */
public final class RulePackFolder {
  private RulePackFolder() {}

  /**
   * Reads every pack.
   *
   * @throws CommandFailures.Refused naming file, key and reason of everything that is wrong
   */
  public static RulePacks load(Path folder) throws IOException {
    List<RulePack> packs = new ArrayList<>();
    List<String> faults = new ArrayList<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".properties")).sorted().toList()) {
        switch (RulePackReader.read(folder.relativize(file).toString(), Files.readString(file))) {
          case RulePackReader.Loaded(var pack) -> packs.add(pack);
          case RulePackReader.Faulty(var found) ->
              found.forEach(
                  fault -> faults.add(fault.file() + ": " + fault.key() + ": " + fault.reason()));
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new CommandFailures.Refused(String.join(System.lineSeparator(), faults));
    }
    return RulePacks.of(packs);
  }
}
