package org.skillvoucher.simulator.report;

import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.screen.Screen;

/** The same verdict in a few lines for the terminal. */
public final class Summary {
  private Summary() {}

  public static void show(Measured measured, Screen screen) {
    screen.chapter("Verdict 结论");
    for (Judgement judgement : measured.judgements()) {
      String what = judgement.metric() + "  " + judgement.expression();
      if (judgement.met()) {
        screen.held(what, judgement.measured());
      } else {
        screen.failed(
            judgement.metric(),
            judgement.expression(),
            judgement.isMeasured() ? judgement.measured() : "not measured 未测得");
      }
    }
    for (Check check : measured.checks()) {
      String what = check.id() + "  " + check.title();
      if (check.violations() == 0) {
        screen.held(what, Dimension.COUNT.shown(check.looked()));
      } else {
        screen.failed(
            what,
            "no violation among " + Dimension.COUNT.shown(check.looked()),
            Dimension.COUNT.shown(check.violations()));
        check.examples().forEach(example -> screen.line("    " + example));
      }
    }
    Glance glance = Glance.at(measured);
    screen.chapter(glance.english() + " " + glance.chinese());
    glance.reasons().forEach(reason -> screen.line(reason.english() + " " + reason.chinese()));
  }
}
