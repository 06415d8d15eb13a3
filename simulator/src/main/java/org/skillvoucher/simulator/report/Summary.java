package org.skillvoucher.simulator.report;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Work;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.screen.Table;

/** What the page says, in a few lines for the terminal. */
public final class Summary {
  private Summary() {}

  public static void show(Measured measured, Screen screen) {
    numbers(measured, screen);
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
      if (check.looked() == 0 && check.violations() == 0) {
        screen.open(what, "none 无");
      } else if (check.violations() == 0) {
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

  private static void numbers(Measured measured, Screen screen) {
    screen.chapter("What came of it 结果");
    Table table =
        new Table(
            "", "planned", "sent", "answered", "accepted", "repeated", "failed", "late", "dropped");
    row(table, "scans 签到", measured.scans());
    if (measured.batches().planned() > 0) {
      row(table, "offline 离线", measured.batches());
    }
    screen.lines(table.lines());
    Delays delays = measured.scans().delays();
    screen.line(
        String.format(
            Locale.ROOT,
            "accepted %s; half within %s, 99 %% within %s, all within %s",
            Dimension.RATE.shown(
                measured.scans().accepted() / Math.max(measured.run().counted(), 1e-3)),
            Dimension.TIME.shown(delays.millisAt(50)),
            Dimension.TIME.shown(delays.millisAt(99)),
            Dimension.TIME.shown(delays.millisAt(100))));
    Goodput.of(measured).ifPresent(goodput -> screen.line(overload(goodput, measured)));
    Map<String, Long> errors = measured.scans().errors();
    for (String code : Codes.commonest(Stream.of(errors))) {
      screen.line(code + " " + Codes.chinese(code) + " × " + errors.get(code));
    }
  }

  private static String overload(Goodput goodput, Measured measured) {
    ComeAgain again = ComeAgain.of(measured.scans());
    return String.format(
        Locale.ROOT,
        "overloaded 过载下: %s accepted, %s of the peak of %s; %s of all answers were 503, %s",
        Dimension.RATE.shown(goodput.overloaded()),
        Dimension.SHARE.shown(goodput.share()),
        Dimension.RATE.shown(goodput.peak()),
        Dimension.SHARE.shown(again.share()),
        again.said());
  }

  private static void row(Table table, String name, Work work) {
    table.row(
        name,
        work.planned(),
        work.sent(),
        work.answered(),
        work.accepted(),
        work.repeated(),
        work.failed(),
        work.late(),
        work.dropped());
  }
}
