package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * One picture of a run over time. Lines and areas are drawn in SVG, which is stretched to the width
 * there is; whatever is written stands around it in HTML, and so keeps its size on a telephone.
 *
 * @param unit of the values, in both languages
 * @param shown how a value is written
 * @param stacked bars upon each other instead of lines
 */
record Chart(
    String english,
    String chinese,
    String unit,
    Scale scale,
    DoubleFunction<String> shown,
    List<Series> series,
    List<Bound> bounds,
    boolean stacked) {
  private static final int HEIGHT = 200;

  /** More numbers of faults than these lie upon each other on a narrow screen. */
  private static final int NUMBERS_MAX = 10;

  /**
   * One value for each bucket, NaN where there is none.
   *
   * @param look a class of the style sheet
   * @param aside what the legend says of it, such as its greatest value
   */
  record Series(String english, String chinese, String look, List<Double> values, String aside) {}

  /** A threshold that can be seen in the picture. */
  record Bound(String expression, double value) {}

  Tag figure(TimeAxis time) {
    return Tag.of("figure")
        .add(
            Tag.of("figcaption")
                .add(Tag.term("h3", english, chinese), Tag.of("p").as("unit").add(unit), legend()),
            Tag.of("div").as("plot").add(yLabels(), area(time), time.labels()));
  }

  private Tag legend() {
    return Tag.of("ul")
        .as("legend")
        .each(
            series,
            one ->
                Tag.of("li")
                    .add(
                        Tag.of("i").as((stacked ? "bar " : "") + one.look()),
                        Tag.term("span", one.english(), one.chinese()),
                        Tag.of("b").add(one.aside())));
  }

  private Tag yLabels() {
    return Tag.of("div")
        .as("y")
        .with("aria-hidden", "true")
        .each(
            scale.ticks(),
            tick ->
                Tag.of("span")
                    .with("style", "bottom:" + TimeAxis.percent(scale.at(tick)))
                    .add(shown.apply(tick)));
  }

  private Tag area(TimeAxis time) {
    Tag.Element svg =
        Tag.of("svg")
            .with("viewBox", "0 0 " + TimeAxis.WIDTH + " " + HEIGHT)
            .with("preserveAspectRatio", "none")
            .with("role", "img")
            .with("aria-label", spoken())
            .add(time.faultLines(HEIGHT))
            .each(scale.ticks(), tick -> level(scale.at(tick), "grid"))
            .add(stacked ? bars(time) : lines(time))
            .each(bounds, bound -> level(scale.at(bound.value()), "bound"))
            .add(tips(time));
    return Tag.of("div")
        .as(time.faults().size() > NUMBERS_MAX ? "area many" : "area")
        .add(svg)
        .add(time.faultNumbers())
        .each(
            bounds,
            bound ->
                Tag.of("span")
                    .as("bound")
                    .with("style", "bottom:" + TimeAxis.percent(scale.at(bound.value())))
                    .add(bound.expression()));
  }

  private String spoken() {
    return english
        + ": "
        + String.join(", ", series.stream().map(one -> one.english() + " " + one.aside()).toList());
  }

  private static double y(double share) {
    return HEIGHT * (1 - share);
  }

  private static Tag level(double share, String look) {
    return Tag.of("line")
        .as(look)
        .with("x1", 0)
        .with("x2", TimeAxis.WIDTH)
        .with("y1", y(share))
        .with("y2", y(share));
  }

  private List<Tag> lines(TimeAxis time) {
    List<Tag> lines = new ArrayList<>();
    for (Series one : series) {
      lines.add(Tag.of("path").as("line " + one.look()).with("d", line(one, time)));
    }
    return lines;
  }

  /** A gap in the values is a gap in the line. */
  private String line(Series one, TimeAxis time) {
    StringBuilder path = new StringBuilder();
    boolean open = false;
    for (int i = 0; i < one.values().size(); i++) {
      double value = one.values().get(i);
      if (Double.isNaN(value)) {
        open = false;
        continue;
      }
      String point =
          Tag.number(time.middle(time.buckets().get(i))) + " " + Tag.number(y(scale.at(value)));
      // The h makes a single point between two gaps visible.
      path.append(open ? "L" + point : "M" + point + "h.1");
      open = true;
    }
    return path.toString();
  }

  private List<Tag> bars(TimeAxis time) {
    List<Tag> bars = new ArrayList<>();
    double width = time.spacing() / time.span() * TimeAxis.WIDTH;
    for (int i = 0; i < time.buckets().size(); i++) {
      double below = 0;
      for (Series one : series) {
        double value = one.values().get(i);
        if (value > 0) {
          double top = y(scale.at(below + value));
          bars.add(
              Tag.of("rect")
                  .as("bar " + one.look())
                  .with("x", time.x(time.buckets().get(i).at()) + width * 0.1)
                  .with("y", top)
                  .with("width", width * 0.8)
                  .with("height", y(scale.at(below)) - top));
          below += value;
        }
      }
    }
    return bars;
  }

  /** What a pointer resting on a moment is told. */
  private List<Tag> tips(TimeAxis time) {
    double width = time.spacing() / time.span() * TimeAxis.WIDTH;
    return IntStream.range(0, time.buckets().size())
        .mapToObj(
            i ->
                (Tag)
                    Tag.of("rect")
                        .as("tip")
                        .with("x", time.x(time.buckets().get(i).at()))
                        .with("y", 0)
                        .with("width", width)
                        .with("height", HEIGHT)
                        .add(Tag.of("title").add(told(i, time.buckets().get(i)))))
        .toList();
  }

  private String told(int i, Bucket bucket) {
    StringBuilder told = new StringBuilder(Scale.clock((long) bucket.at()));
    for (Series one : series) {
      double value = one.values().get(i);
      if (!Double.isNaN(value)) {
        told.append('\n').append(one.english()).append(' ').append(shown.apply(value));
      }
    }
    return told.toString();
  }
}
