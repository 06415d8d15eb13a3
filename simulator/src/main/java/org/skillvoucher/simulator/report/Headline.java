package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Step;
import org.skillvoucher.simulator.report.Measured.Work;

/**
 * The outcome of a run in a few words, with its reasons.
 *
 * @param tone a class of the style sheet: good, poor, void or open
 * @param reasons sentences, the most important first
 */
record Headline(String tone, String english, String chinese, List<Bilingual> reasons) {
  static Headline of(Measured measured) {
    return switch (measured.outcome()) {
      case BROKEN -> new Headline("poor", "Guarantee violated", "承诺未兑现", violated(measured));
      case INVALID ->
          new Headline(
              "void",
              "Invalid measurement",
              "测量无效",
              List.of(late(measured.scans()), checked(measured)));
      case MISSED -> new Headline("poor", "Threshold missed", "未达标", missed(measured));
      case GOOD -> passed(measured);
    };
  }

  private static Headline passed(Measured measured) {
    int thresholds = measured.thresholdResults().size();
    List<Bilingual> reasons = new ArrayList<>();
    reasons.add(
        thresholds == 0
            ? new Bilingual("No thresholds were set.", "未设阈值。")
            : new Bilingual(count(thresholds, "threshold") + " met.", thresholds + " 项阈值全部达标。"));
    reasons.addAll(knee(measured));
    reasons.add(checked(measured));
    if (measured.checks().isEmpty()) {
      return new Headline("open", "Not checked", "未核验", reasons);
    }
    if (thresholds > 0) {
      return new Headline("good", "Passed", "达标", reasons);
    }
    Optional<Step> knee = measured.lastSustainedStep();
    if (knee.isEmpty()) {
      return new Headline("open", "All guarantees held", "承诺全部兑现", reasons);
    }
    String rate = Dimension.COUNT.format(knee.get().accepted());
    return new Headline(
        "good", "Sustains " + rate + " scans per second", "每秒可承载 " + rate + " 次", reasons);
  }

  /** The last sustained step of a ramp; empty for other runs. */
  private static List<Bilingual> knee(Measured measured) {
    return measured.steps().isEmpty()
        ? List.of()
        : List.of(
            measured
                .lastSustainedStep()
                .map(Headline::sustained)
                .orElse(new Bilingual("Not even the first step was sustained.", "首档即不可承受。")));
  }

  private static Bilingual sustained(Step step) {
    String latency = Dimension.TIME.format(step.p99Millis());
    return new Bilingual(
        "Last sustained step: %s scheduled, %s accepted, 99th percentile latency %s."
            .formatted(
                Dimension.RATE.format(step.rate()),
                Dimension.RATE.format(step.accepted()),
                latency),
        "最后一级可承载：99%% 时延 %s。".formatted(latency));
  }

  private static Bilingual checked(Measured measured) {
    int checks = measured.checks().size();
    long acknowledged = measured.scans().accepted() + measured.batches().accepted();
    return checks == 0
        ? new Bilingual(
            "The checker did not run, so lost receipts would not have been found.",
            "核验未运行，无从得知回执有无丢失。")
        : new Bilingual(
            String.format(
                Locale.ROOT,
                "%s passed: none of %,d acknowledged scans was lost, duplicated or altered.",
                count(checks, "check"),
                acknowledged),
            String.format(Locale.ROOT, "%d 项核验：%,d 次已确认签到无丢失、无重复、无篡改。", checks, acknowledged));
  }

  private static List<Bilingual> violated(Measured measured) {
    List<Bilingual> reasons = new ArrayList<>();
    for (Check check : measured.checks()) {
      if (check.violations() > 0) {
        reasons.add(violated(check));
      }
    }
    reasons.addAll(missedThresholds(measured));
    return reasons;
  }

  private static Bilingual violated(Check check) {
    Bilingual title = Bilingual.parse(check.title());
    return new Bilingual(
        String.format(
            Locale.ROOT,
            "%s, %s: %,d violations in %,d comparisons.",
            check.id(),
            title.english(),
            check.violations(),
            check.compared()),
        String.format(
            Locale.ROOT,
            "%s：%,d 处不符。",
            (check.id() + " " + title.chinese()).strip(),
            check.violations()));
  }

  private static List<Bilingual> missed(Measured measured) {
    List<Bilingual> reasons = new ArrayList<>(missedThresholds(measured));
    reasons.addAll(knee(measured));
    reasons.add(checked(measured));
    return reasons;
  }

  private static List<Bilingual> missedThresholds(Measured measured) {
    return measured.thresholdResults().stream()
        .filter(result -> !result.met())
        .map(Headline::missed)
        .toList();
  }

  private static Bilingual missed(ThresholdResult result) {
    String threshold = result.metric() + " " + result.expression();
    return result.isMeasured()
        ? new Bilingual(
            threshold + " was missed: measured " + result.measured() + ".",
            "实测 " + result.measured() + "。")
        : new Bilingual(threshold + " was missed: not measured.", "未测得。");
  }

  private static Bilingual late(Work scans) {
    return new Bilingual(
        String.format(
            Locale.ROOT,
            "The simulator sent %s of all arrivals late; above %s the numbers do not describe the"
                + " gateway. Give the simulator more processors, or share the load among several"
                + " simulators.",
            Dimension.SHARE.format((double) scans.late() / scans.planned()),
            Dimension.SHARE.format(Measured.LATE_MAX)),
        "模拟器自身发送过晚，数值不能说明网关的能力。");
  }

  private static String count(int number, String what) {
    return number == 1 ? "The one " + what : "All " + number + " " + what + "s";
  }
}
