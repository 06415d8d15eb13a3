package org.skillvoucher.simulator.checker;

import java.util.List;
import java.util.stream.Collectors;

/** What came of all checks. */
public record Verdict(List<Check> checks) {
  public Verdict {
    checks = List.copyOf(checks);
  }

  /** Whether nothing was found against the run. */
  public boolean isGreen() {
    return checks.stream().allMatch(Check::isGreen);
  }

  /** The ids of the checks that found something, in their order. */
  public List<String> red() {
    return checks.stream().filter(check -> !check.isGreen()).map(Check::id).toList();
  }

  /** A line for each check, and one for each example of what is wrong. */
  public String text() {
    return checks.stream().map(Verdict::text).collect(Collectors.joining());
  }

  private static String text(Check check) {
    String line =
        "%-4s %-5s %,12d looked at %,8d wrong   %s%n"
            .formatted(
                check.id(),
                !check.isGreen() ? "WRONG" : check.looked() == 0 ? "-" : "ok",
                check.looked(),
                check.violations(),
                check.title());
    return line
        + check.examples().stream()
            .map("            %s%n"::formatted)
            .collect(Collectors.joining());
  }
}
