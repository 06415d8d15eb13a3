package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Step;

/** The tables of the page. */
final class Details {
  private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0, 99.9, 100.0);

  private final Measured measured;

  Details(Measured measured) {
    this.measured = measured;
  }

  /** Of a ramp; nothing for other runs. */
  List<Tag> steps() {
    if (measured.steps().isEmpty()) {
      return List.of();
    }
    PageTable table = new PageTable("meant 计划", "accepted 已受理", "99 % within 时延", "failed 失败", "");
    for (Step step : measured.steps()) {
      table.row(
          step.good() ? "" : "miss",
          Dimension.RATE.shown(step.rate()),
          Dimension.RATE.shown(step.accepted()),
          Dimension.TIME.shown(step.p99Millis()),
          Dimension.SHARE.shown(step.failedShare()),
          step.good() ? "✓ borne 可承载" : "✗ too much 过载");
    }
    return List.of(Tag.of("section").as("card").add(Tag.term("h2", "Steps", "逐级加压"), table.tag()));
  }

  /** Numbered as in the pictures; nothing where none was made. */
  List<Tag> faults() {
    if (measured.faults().isEmpty()) {
      return List.of();
    }
    PageTable table =
        new PageTable("fault 故障", "at 时刻", "held 持续", "acknowledged again after 恢复用时");
    int number = 0;
    for (Fault fault : measured.faults()) {
      number++;
      table.row(
          fault.isRecovered() ? "" : "miss",
          number + "  " + fault.what(),
          Scale.clock((long) fault.at()),
          fault.heldMillis() == 0 ? "" : Dimension.TIME.shown(fault.heldMillis()),
          fault.isRecovered() ? Dimension.TIME.shown(fault.recoveredMillis()) : "✗ never 未恢复");
    }
    return List.of(
        Tag.of("section")
            .as("card")
            .add(Tag.term("h2", "Faults made on purpose", "故障注入"), table.tag()));
  }

  Tag delays() {
    PageTable table =
        measured.batches().delays().count() > 0
            ? new PageTable("within 分位", "scans 签到", "batches 批量")
            : new PageTable("within 分位", "scans 签到");
    for (double percentile : PERCENTILES) {
      List<String> cells = new ArrayList<>();
      cells.add(percentile == 100 ? "slowest 最慢" : Tag.number(percentile) + " %");
      cells.add(Dimension.TIME.shown(measured.scans().delays().millisAt(percentile)));
      if (measured.batches().delays().count() > 0) {
        cells.add(Dimension.TIME.shown(measured.batches().delays().millisAt(percentile)));
      }
      table.row("", cells);
    }
    return Tag.of("section").as("card").add(Tag.term("h2", "Delay", "时延"), table.tag());
  }

  Tag errors() {
    Tag.Element card =
        Tag.of("section").as("card").add(Tag.term("h2", "Refused and failed", "拒绝与失败"));
    List<Map<String, Long>> counts =
        List.of(measured.scans().errors(), measured.batches().errors());
    List<String> codes = Codes.commonest(counts.stream());
    if (codes.isEmpty()) {
      return card.add(Tag.term("p", "Every answer was a receipt.", "全部返回回执。"));
    }
    PageTable table = new PageTable("code 代码", "", "times 次数");
    for (String code : codes) {
      long times = counts.stream().mapToLong(some -> some.getOrDefault(code, 0L)).sum();
      table.row("", code, Codes.chinese(code), Dimension.COUNT.shown(times));
    }
    return card.add(table.tag());
  }
}
