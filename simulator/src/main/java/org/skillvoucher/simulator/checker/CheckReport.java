package org.skillvoucher.simulator.checker;

import java.util.List;
import java.util.stream.Collectors;

/** The results of all checks. */
public record CheckReport(List<CheckResult> checks) {
  public CheckReport {
    checks = List.copyOf(checks);
  }

  /** Whether there is no violation. */
  public boolean passed() {
    return checks.stream().allMatch(CheckResult::passed);
  }

  /** A line for each check, and one for each example of a violation. */
  public String text() {
    return checks.stream().map(CheckReport::text).collect(Collectors.joining());
  }

  private static String text(CheckResult check) {
    String line =
        "%-4s %-5s %,12d compared %,8d wrong   %s%n"
            .formatted(
                check.id(),
                !check.passed() ? "WRONG" : check.compared() == 0 ? "-" : "ok",
                check.compared(),
                check.violations(),
                check.title());
    return line
        + check.examples().stream()
            .map("            %s%n"::formatted)
            .collect(Collectors.joining());
  }
}
