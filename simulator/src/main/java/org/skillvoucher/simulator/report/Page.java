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
import java.util.Objects;
import java.util.TreeMap;
import org.skillvoucher.simulator.report.Measured.Run;

/**
 * The result as one page (测试报告) that opens from disk and needs nothing else: the verdict first,
 * then the reasons, then the pictures.
 */
public final class Page {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));

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
    Details details = new Details(measured);
    List<Tag> sections = new ArrayList<>(List.of(hero(glance), verdicts(), Tiles.of(measured)));
    sections.addAll(details.steps());
    sections.add(
        Tag.of("section").add(Tag.term("h2", "Over time", "随时间变化")).add(Charts.of(measured)));
    sections.addAll(details.faults());
    sections.add(Tag.of("div").as("pair").add(details.delays(), details.errors()));
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
            Tag.of("ul").each(glance.reasons(), reason -> Tag.term("li", reason)),
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
