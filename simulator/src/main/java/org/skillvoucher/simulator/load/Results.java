package org.skillvoucher.simulator.load;

import java.util.List;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.chaos.Struck;
import org.skillvoucher.simulator.checker.Check;
import org.skillvoucher.simulator.report.Measured;

/** What others found out, as a result tells it. */
final class Results {
  private Results() {}

  static Measured.Fault fault(Struck struck) {
    return new Measured.Fault(
        struck.fault().word(),
        struck.at().toMillis() / 1000.0,
        struck.held().toMillis(),
        struck.recovered().map(time -> time.toMillis()).orElse(Measured.Fault.NEVER));
  }

  /** Whether all faults were made and got over; a run without them would only look green. */
  static Measured.Check made(FaultPlan plan, List<Struck> events) {
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
}
