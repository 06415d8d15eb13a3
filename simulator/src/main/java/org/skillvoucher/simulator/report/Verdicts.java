package org.skillvoucher.simulator.report;

import java.util.List;
import org.skillvoucher.simulator.report.Measured.Check;

/** The two verdicts of the page, side by side: on the bounds, and on the promises. */
final class Verdicts {
  private Verdicts() {}

  static Tag thresholds(Measured measured) {
    Tag.Element card =
        Tag.of("section").as("card").add(heading("Thresholds", "阈值", "measured", "实测"));
    List<Judgement> judgements = measured.judgements();
    return judgements.isEmpty()
        ? card.add(Tag.term("p", "None were set.", "未设阈值。"))
        : card.add(Tag.of("ul").as("verdicts").each(judgements, Verdicts::judgement));
  }

  private static Tag heading(
      String english, String chinese, String column, String columnInChinese) {
    return Tag.of("div")
        .as("heading")
        .add(Tag.term("h2", english, chinese), Tag.term("span", column, columnInChinese));
  }

  private static Tag judgement(Judgement judgement) {
    Tag.Element row =
        Tag.of("li")
            .as(judgement.met() ? "met" : "miss")
            .add(
                Icon.of(judgement.met() ? "good" : "poor"),
                said(judgement.met() ? "met" : "missed"),
                Tag.of("span")
                    .as("what")
                    .add(Tag.of("b").add(judgement.metric()))
                    .add(" " + judgement.expression()));
    return judgement.isMeasured()
        ? row.add(Tag.of("span").as("value").add(judgement.measured()), bar(judgement))
        : row.add(Tag.term("span", "not measured", "未测得").as("value"));
  }

  /** How near to the bound it came: the mark lies at two thirds. */
  private static Tag bar(Judgement judgement) {
    double share = Math.clamp(judgement.ofBound() * 2 / 3, 0, 1);
    return Tag.of("span")
        .as("gauge")
        .with("aria-hidden", "true")
        .add(Tag.of("i").with("style", "width:" + TimeAxis.percent(share)));
  }

  static Tag checks(Measured measured) {
    Tag.Element card =
        Tag.of("section").as("card").add(heading("Checker", "核验", "compared", "已比对"));
    return measured.checks().isEmpty()
        ? card.add(
            Tag.term(
                "p",
                "It did not run: nothing is known of lost or doubled receipts.",
                "未运行，回执有无丢失或重复未知。"))
        : card.add(Tag.of("ul").as("verdicts").each(measured.checks(), Verdicts::check));
  }

  private static Tag check(Check check) {
    boolean kept = check.violations() == 0;
    String tone = !kept ? "poor" : check.looked() == 0 ? "open" : "good";
    Tag.Element row =
        Tag.of("li")
            .as(kept ? "met" : "miss")
            .add(
                Icon.of(tone),
                said(kept ? "kept" : "broken"),
                Tag.of("span")
                    .as("what")
                    .add(Tag.of("b").add(check.id()))
                    .add(" ")
                    .add(Tag.term("span", Words.of(check.title()))),
                compared(check).as("value"));
    return check.examples().isEmpty()
        ? row
        : row.add(
            Tag.of("details")
                .add(
                    Tag.term("summary", "details", "详情"),
                    Tag.of("ul").each(check.examples(), one -> Tag.of("li").add(one))));
  }

  private static Tag.Element compared(Check check) {
    if (check.looked() == 0) {
      return Tag.term("span", "none", "无");
    }
    String looked = Dimension.COUNT.shown(check.looked());
    return Tag.of("span")
        .add(
            check.violations() == 0
                ? looked
                : Dimension.COUNT.shown(check.violations()) + " of " + looked);
  }

  /** For those who hear the page: the sign says it to those who see. */
  private static Tag said(String word) {
    return Tag.of("span").as("said").add(word + ": ");
  }
}
