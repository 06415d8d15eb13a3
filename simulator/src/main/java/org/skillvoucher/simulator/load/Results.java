package org.skillvoucher.simulator.load;

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

  static Measured.Check check(Check check) {
    return new Measured.Check(
        check.id(), check.title(), check.looked(), check.violations(), check.examples());
  }
}
