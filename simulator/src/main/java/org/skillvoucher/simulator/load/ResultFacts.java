package org.skillvoucher.simulator.load;

import java.util.List;
import java.util.Locale;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.chaos.FaultRecord;
import org.skillvoucher.simulator.checker.Check;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.screen.Table;

/** What others found out, as a result tells it. */
final class ResultFacts {
  private ResultFacts() {}

  static Measured.Fault fault(FaultRecord struck) {
    return new Measured.Fault(
        struck.fault().word(),
        struck.at().toMillis() / 1000.0,
        struck.held().toMillis(),
        struck.recovered().map(time -> time.toMillis()).orElse(Measured.Fault.NEVER));
  }

  /** Whether all faults were made and got over; a run without them would only look green. */
  static Measured.Check made(FaultPlan plan, List<FaultRecord> events) {
    long over = events.stream().filter(event -> event.recovered().isPresent()).count();
    return new Measured.Check(
        "P9",
        "every fault was made, and scans were acknowledged again after it (故障后恢复)",
        plan.rounds(),
        plan.rounds() - over,
        List.of(events.size() + " made, " + over + " got over"));
  }

  static Measured.Check check(Check check) {
    return new Measured.Check(
        check.id(), check.title(), check.looked(), check.violations(), check.examples());
  }

  /** The steps of a ramp. */
  static List<String> facts(List<Measured.Step> steps) {
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
