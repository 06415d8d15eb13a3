package org.skillvoucher.simulator.load;

import java.util.List;
import java.util.Locale;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.chaos.FaultRecord;
import org.skillvoucher.simulator.checker.CheckResult;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.screen.Table;

/** Turns the results of fault injection and checker into parts of the measured result. */
final class MeasuredConversions {
  private MeasuredConversions() {}

  static Measured.Fault fault(FaultRecord injected) {
    return new Measured.Fault(
        injected.fault().code(),
        injected.at().toMillis() / 1000.0,
        injected.held().toMillis(),
        injected.recovered().map(time -> time.toMillis()).orElse(Measured.Fault.NEVER));
  }

  /** Checks that all faults were injected and recovered from; without them a run proves nothing. */
  static Measured.Check allInjected(FaultPlan plan, List<FaultRecord> injected) {
    long recovered = injected.stream().filter(event -> event.recovered().isPresent()).count();
    return new Measured.Check(
        "P9",
        "every fault was injected, and scans were acknowledged again after it (故障后恢复)",
        plan.rounds(),
        plan.rounds() - recovered,
        List.of(injected.size() + " injected, " + recovered + " recovered from"));
  }

  static Measured.Check check(CheckResult check) {
    return new Measured.Check(
        check.id(), check.title(), check.compared(), check.violations(), check.examples());
  }

  /** A table of a ramp's steps; empty for other loads. */
  static List<String> steps(List<Measured.Step> steps) {
    if (steps.isEmpty()) {
      return List.of();
    }
    Table table = new Table("due /s", "accepted /s", "99 % within ms", "failed %", "sustained");
    steps.forEach(
        step ->
            table.row(
                number(step.rate()),
                number(step.accepted()),
                number(step.p99Millis()),
                String.format(Locale.ROOT, "%.2f", 100 * step.failedShare()),
                step.sustained() ? "yes" : "no"));
    return table.lines();
  }

  private static String number(double number) {
    return String.valueOf(Math.round(number));
  }
}
