package org.skillvoucher.simulator.load;

import org.skillvoucher.simulator.chaos.Struck;
import org.skillvoucher.simulator.checker.Check;
import org.skillvoucher.simulator.report.Measured;

/** What others found out, as a result tells it. */
final class Results {
  private Results() {}

  static Measured.Fault fault(Struck struck) {
    String held = struck.held().isZero() ? "" : " " + struck.held().toSeconds() + " s";
    return new Measured.Fault(
        struck.fault().word() + held,
        struck.at().toMillis() / 1000.0,
        struck.recovered().map(time -> time.toMillis()).orElse(Measured.Fault.NEVER));
  }

  static Measured.Check check(Check check) {
    return new Measured.Check(
        check.id(), check.title(), check.looked(), check.violations(), check.examples());
  }
}
