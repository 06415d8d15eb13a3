package org.skillvoucher.simulator.load;

import java.util.Locale;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.screen.Screen;

/** A result in a few lines. */
final class Outline {
  private Outline() {}

  static void show(Measured measured, Screen screen) {
    Measured.Work scans = measured.scans();
    screen.line(
        String.format(
            Locale.ROOT,
            "planned %d  sent %d  answered %d  accepted %d  repeated %d  failed %d  late %d  dropped"
                + " %d",
            scans.planned(),
            scans.sent(),
            scans.answered(),
            scans.accepted(),
            scans.repeated(),
            scans.failed(),
            scans.late(),
            scans.dropped()));
    screen.line(
        String.format(
            Locale.ROOT,
            "delay p50 %.1f ms  p99 %.1f ms  max %.1f ms   errors %s",
            scans.delays().millisAt(50),
            scans.delays().millisAt(99),
            scans.delays().millisAt(100),
            scans.errors()));
    measured
        .judgements()
        .forEach(
            judgement ->
                screen.line(
                    (judgement.met() ? "met    " : "missed ")
                        + judgement.metric()
                        + " "
                        + judgement.expression()
                        + "  "
                        + judgement.measured()));
    measured
        .checks()
        .forEach(
            check ->
                screen.line(
                    (check.violations() == 0 ? "ok     " : "WRONG  ")
                        + check.id()
                        + " "
                        + check.looked()
                        + "  "
                        + check.title()
                        + " "
                        + check.examples()));
    screen.line(measured.outcome().toString());
  }
}
