package org.skillvoucher.simulator.report;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Work;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.screen.Table;

/** The result as text for the terminal, and for the page where scripts are disabled. */
public final class Summary {
  private Summary() {}

  public static void show(Measured measured, Screen screen) {
    numbers(measured, screen);
    screen.chapter("Verdict 结论");
    for (ThresholdResult result : measured.thresholdResults()) {
      String what = result.metric() + "  " + result.expression();
      if (result.met()) {
        screen.held(what, result.measured());
      } else {
        screen.failed(
            result.metric(),
            result.expression(),
            result.isMeasured() ? result.measured() : "not measured 未测得");
      }
    }
    for (Check check : measured.checks()) {
      String what = check.id() + "  " + check.title();
      if (check.compared() == 0 && check.violations() == 0) {
        screen.open(what, "none 无");
      } else if (check.violations() == 0) {
        screen.held(what, Dimension.COUNT.format(check.compared()));
      } else {
        screen.failed(
            what,
            "no violation among " + Dimension.COUNT.format(check.compared()),
            Dimension.COUNT.format(check.violations()));
        check.examples().forEach(example -> screen.line("    " + example));
      }
    }
    Headline headline = Headline.of(measured);
    screen.chapter(headline.english() + " " + headline.chinese());
    headline.reasons().forEach(reason -> screen.line(reason.english() + " " + reason.chinese()));
  }

  private static void numbers(Measured measured, Screen screen) {
    screen.chapter("Result 结果");
    Table table =
        new Table(
            "", "planned", "sent", "answered", "accepted", "repeated", "failed", "late", "dropped");
    row(table, "scans 签到", measured.scans());
    if (measured.batches().planned() > 0) {
      row(table, "offline 离线", measured.batches());
    }
    screen.lines(table.lines());
    Latencies latencies = measured.scans().latencies();
    screen.line(
        String.format(
            Locale.ROOT,
            "accepted %s; latency from scheduled arrival 时延: median %s, 99 %% %s, max %s",
            Dimension.RATE.format(
                measured.scans().accepted() / Math.max(measured.run().measuredSeconds(), 1e-3)),
            Dimension.TIME.format(latencies.millisAt(50)),
            Dimension.TIME.format(latencies.millisAt(99)),
            Dimension.TIME.format(latencies.millisAt(100))));
    Goodput.of(measured).ifPresent(goodput -> screen.line(overload(goodput, measured)));
    Map<String, Long> errors = measured.scans().errors();
    for (String code : ErrorCodes.byFrequency(Stream.of(errors))) {
      screen.line(code + " " + ErrorCodes.chinese(code) + " × " + errors.get(code));
    }
  }

  private static String overload(Goodput goodput, Measured measured) {
    RetryAfterStats retryAfter = RetryAfterStats.of(measured.scans());
    return String.format(
        Locale.ROOT,
        "overload 过载: %s accepted, %s of the peak of %s; %s of all answers were 503, %s",
        Dimension.RATE.format(goodput.overloaded()),
        Dimension.SHARE.format(goodput.share()),
        Dimension.RATE.format(goodput.peak()),
        Dimension.SHARE.format(retryAfter.share()),
        retryAfter.describe());
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
