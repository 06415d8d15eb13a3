package org.skillvoucher.simulator.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Run;
import org.skillvoucher.simulator.report.Measured.Step;
import org.skillvoucher.simulator.report.Measured.Work;

/**
 * The result as one page (测试报告) that opens from disk and needs nothing else: the verdict first,
 * then the reasons, then the pictures.
 */
public final class Page {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));
  private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0, 99.9, 100.0);

  private final Measured measured;

  private Page(Measured measured) {
    this.measured = measured;
  }

  public static void write(Measured measured, Path file) throws IOException {
    Files.writeString(file, html(measured));
  }

  static String html(Measured measured) {
    return new Page(measured).whole();
  }

  private String whole() {
    Glance glance = Glance.at(measured);
    Tag head =
        Tag.of("head")
            .add(
                Tag.of("meta").with("charset", "utf-8"),
                Tag.of("meta")
                    .with("name", "viewport")
                    .with("content", "width=device-width, initial-scale=1"),
                Tag.of("meta").with("name", "color-scheme").with("content", "light dark"),
                Tag.of("title").add(measured.run().scenario() + ": " + glance.english()),
                Tag.of("style").add(style()));
    List<Tag> sections = new ArrayList<>(List.of(hero(glance), verdicts(), figures()));
    sections.addAll(steps());
    sections.addAll(faults());
    sections.add(
        Tag.of("section").add(Tag.term("h2", "Over time", "随时间变化")).add(Charts.of(measured)));
    sections.add(Tag.of("div").as("pair").add(delays(), errors()));
    sections.add(facts());
    return "<!DOCTYPE html>\n"
        + Tag.write(
            Tag.of("html")
                .with("lang", "en")
                .add(head, Tag.of("body").add(Tag.of("main").add(sections))))
        + "\n";
  }

  /** Has no character that would have to be escaped; a test says so. */
  private static String style() {
    try (InputStream css = Page.class.getResourceAsStream("page.css")) {
      return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Tag hero(Glance glance) {
    Run run = measured.run();
    return Tag.of("header")
        .as("glance " + glance.tone())
        .add(
            Tag.of("p")
                .as("eyebrow")
                .add("Capacity test ")
                .add(Tag.of("span").with("lang", "zh-CN").add("容量测试"))
                .add(" · " + run.scenario()),
            Tag.of("h1")
                .add(Icon.of(glance.tone()), Tag.term("span", glance.english(), glance.chinese())),
            Tag.of("ul")
                .each(
                    glance.reasons(), reason -> Tag.term("li", reason.english(), reason.chinese())),
            Tag.of("p")
                .as("when")
                .add(
                    "%s (Asia/Shanghai) · %s · %s · seed %d"
                        .formatted(
                            MOMENT.format(run.started()),
                            Dimension.TIME.shown(run.seconds() * 1000),
                            run.gateway(),
                            run.seed())));
  }

  private Tag verdicts() {
    return Tag.of("div").as("pair").add(Verdicts.thresholds(measured), Verdicts.checks(measured));
  }

  private Tag figures() {
    Work scans = measured.scans();
    double seconds = Math.max(measured.run().seconds(), 1e-3);
    List<Tag> tiles = new ArrayList<>();
    tiles.add(
        tile(
            "Accepted",
            "已受理",
            Dimension.RATE.shown(scans.accepted() / seconds),
            Dimension.COUNT.shown(scans.accepted()) + " scans"));
    tiles.add(
        tile(
            "99 % within",
            "99% 分位",
            scans.delays().count() == 0 ? "–" : Dimension.TIME.shown(scans.delays().millisAt(99)),
            "half within " + Dimension.TIME.shown(scans.delays().millisAt(50))));
    tiles.add(
        tile(
            "Failed",
            "失败",
            share(scans.failed(), scans.sent()),
            Dimension.COUNT.shown(scans.failed()) + " of " + Dimension.COUNT.shown(scans.sent())));
    tiles.add(
        tile(
            "Sent late",
            "发送过晚",
            share(scans.late(), scans.planned()),
            Dimension.COUNT.shown(scans.dropped()) + " never sent"));
    if (measured.batches().sent() > 0) {
      tiles.add(
          tile(
              "From offline sites",
              "离线补传",
              Dimension.COUNT.shown(measured.batches().accepted()),
              "of " + Dimension.COUNT.shown(measured.batches().sent()) + " statements"));
    }
    measured
        .lastGoodStep()
        .ifPresent(
            step ->
                tiles.add(
                    tile(
                        "Carries",
                        "承载能力",
                        Dimension.RATE.shown(step.accepted()),
                        "the last good step")));
    return Tag.of("dl").as("tiles").add(tiles);
  }

  private static String share(long part, long whole) {
    return whole == 0 ? "–" : Dimension.SHARE.shown((double) part / whole);
  }

  private static Tag tile(String english, String chinese, String value, String aside) {
    return Tag.of("div")
        .add(
            Tag.term("dt", english, chinese),
            Tag.of("dd").add(value),
            Tag.of("dd").as("aside").add(aside));
  }

  private List<Tag> steps() {
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

  private List<Tag> faults() {
    if (measured.faults().isEmpty()) {
      return List.of();
    }
    PageTable table = new PageTable("fault 故障", "at 时刻", "first acknowledgement after 恢复用时");
    int number = 0;
    for (Fault fault : measured.faults()) {
      number++;
      table.row(
          fault.isRecovered() ? "" : "miss",
          number + "  " + fault.what(),
          Scale.clock((long) fault.at()),
          fault.isRecovered() ? Dimension.TIME.shown(fault.recoveredMillis()) : "✗ never 未恢复");
    }
    return List.of(
        Tag.of("section")
            .as("card")
            .add(Tag.term("h2", "Faults made on purpose", "故障注入"), table.tag()));
  }

  private Tag delays() {
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

  private Tag errors() {
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

  private Tag facts() {
    Run run = measured.run();
    Tag.Element list = Tag.of("dl").as("facts");
    for (Machine machine : run.machines()) {
      list =
          list.add(
              Tag.term("dt", "machine", "机器"),
              Tag.of("dd")
                  .add(
                      "%s, %d cores, %s, %s, Java %s"
                          .formatted(
                              machine.processor(),
                              machine.cores(),
                              Dimension.MEMORY.shown(machine.memoryMegabytes()),
                              machine.system(),
                              machine.java())));
    }
    list = list.add(Tag.term("dt", "simulators", "模拟器数"), Tag.of("dd").add("" + run.parts()));
    for (var fact : new TreeMap<>(run.facts()).entrySet()) {
      list = list.add(Tag.of("dt").add(fact.getKey()), Tag.of("dd").add(fact.getValue()));
    }
    return Tag.of("footer")
        .add(
            Tag.term("h2", "Conditions", "测试条件"),
            list,
            Tag.of("p")
                .add(
                    "A delay is counted from the moment a scan was meant to be sent, so that"
                        + " waiting before it is part of it. ")
                .add(Tag.of("span").with("lang", "zh-CN").add("时延自计划发起时刻算起，排队等待计入其中。")));
  }
}
