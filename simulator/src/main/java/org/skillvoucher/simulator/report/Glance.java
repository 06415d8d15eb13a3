package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Step;
import org.skillvoucher.simulator.report.Measured.Work;

/**
 * Whether the deployment is good enough, and why not, in a few words.
 *
 * @param tone a class of the style sheet: good, poor, void or open
 * @param reasons sentences, the weightiest first
 */
record Glance(String tone, String english, String chinese, List<Words> reasons) {
  static Glance at(Measured measured) {
    return switch (measured.outcome()) {
      case BROKEN -> new Glance("poor", "A promise was broken", "承诺未兑现", broken(measured));
      case INVALID ->
          new Glance(
              "void",
              "Not a valid measurement",
              "测量无效",
              List.of(late(measured.scans()), kept(measured)));
      case MISSED -> new Glance("poor", "Not good enough", "未达标", missed(measured));
      case GOOD -> good(measured);
    };
  }

  private static Glance good(Measured measured) {
    List<Words> reasons = new ArrayList<>();
    int bounds = measured.judgements().size();
    if (bounds > 0) {
      reasons.add(new Words(count(bounds, "threshold") + " met.", "%d 项阈值全部达标。".formatted(bounds)));
    } else {
      reasons.add(new Words("No thresholds were set.", "未设阈值。"));
    }
    Optional<Step> knee = measured.lastGoodStep();
    reasons.addAll(carried(measured));
    reasons.add(kept(measured));
    if (measured.checks().isEmpty()) {
      return new Glance("open", "Not checked", "未核验", reasons);
    }
    if (bounds == 0 && knee.isPresent()) {
      String rate = Dimension.COUNT.shown(knee.get().accepted());
      return new Glance(
          "good", "Carries " + rate + " scans a second", "每秒可承载 " + rate + " 次", reasons);
    }
    return bounds == 0
        ? new Glance("open", "All promises kept", "承诺全部兑现", reasons)
        : new Glance("good", "Good enough", "达标", reasons);
  }

  /** How far a ramp was borne; nothing of other runs. */
  private static List<Words> carried(Measured measured) {
    return measured.steps().isEmpty()
        ? List.of()
        : List.of(
            measured
                .lastGoodStep()
                .map(Glance::carries)
                .orElse(new Words("Not even the first step was borne.", "首档即不可承受。")));
  }

  private static Words carries(Step step) {
    String delay = Dimension.TIME.shown(step.p99Millis());
    return new Words(
        "The last step that was borne: %s meant, %s accepted, 99 %% within %s."
            .formatted(
                Dimension.RATE.shown(step.rate()), Dimension.RATE.shown(step.accepted()), delay),
        "最后一级可承载：99%% 时延 %s。".formatted(delay));
  }

  private static Words kept(Measured measured) {
    return measured.checks().isEmpty()
        ? new Words(
            "The checker did not run, so nothing says whether receipts were lost.",
            "核验未运行，无从得知回执有无丢失。")
        : new Words(
            String.format(
                Locale.ROOT,
                "%s found nothing lost, doubled or altered among %,d acknowledged scans.",
                count(measured.checks().size(), "check"),
                acknowledged(measured)),
            String.format(
                Locale.ROOT,
                "%d 项核验：%,d 次已确认签到无丢失、无重复、无篡改。",
                measured.checks().size(),
                acknowledged(measured)));
  }

  private static long acknowledged(Measured measured) {
    return measured.scans().accepted() + measured.batches().accepted();
  }

  private static List<Words> broken(Measured measured) {
    List<Words> reasons = new ArrayList<>();
    for (Check check : measured.checks()) {
      if (check.violations() > 0) {
        reasons.add(broken(check));
      }
    }
    reasons.addAll(misses(measured));
    return reasons;
  }

  private static Words broken(Check check) {
    Words title = Words.of(check.title());
    return new Words(
        String.format(
            Locale.ROOT,
            "%s, %s: broken %,d times among %,d.",
            check.id(),
            title.english(),
            check.violations(),
            check.looked()),
        String.format(
            Locale.ROOT,
            "%s：%,d 处不符。",
            (check.id() + " " + title.chinese()).strip(),
            check.violations()));
  }

  private static List<Words> missed(Measured measured) {
    List<Words> reasons = new ArrayList<>(misses(measured));
    reasons.addAll(carried(measured));
    reasons.add(kept(measured));
    return reasons;
  }

  private static List<Words> misses(Measured measured) {
    return measured.judgements().stream()
        .filter(judgement -> !judgement.met())
        .map(
            judgement ->
                judgement.isMeasured()
                    ? new Words(
                        "%s was to be %s, and was %s."
                            .formatted(
                                judgement.metric(), judgement.expression(), judgement.measured()),
                        "实测 %s。".formatted(judgement.measured()))
                    : new Words(
                        "%s was to be %s, and was not measured."
                            .formatted(judgement.metric(), judgement.expression()),
                        "未测得。"))
        .toList();
  }

  private static Words late(Work scans) {
    return new Words(
        String.format(
            Locale.ROOT,
            "The simulator itself sent %s of all arrivals late; with more than %s the numbers say"
                + " nothing of the gateway. Give it more processors, or share the load among"
                + " several simulators.",
            Dimension.SHARE.shown((double) scans.late() / scans.planned()),
            Dimension.SHARE.shown(Measured.LATE_MAX)),
        "模拟器自身发送过晚，数值不能说明网关的能力。");
  }

  private static String count(int number, String what) {
    return number == 1 ? "The one " + what : "All " + number + " " + what + "s";
  }
}
