package org.skillvoucher.simulator.report;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What a gateway tells of itself at {@code /metrics}, in Prometheus' text format. */
record Scrape(List<String> lines) {
  static Scrape of(String text) {
    return new Scrape(text.lines().filter(line -> !line.startsWith("#")).toList());
  }

  static Scrape none() {
    return new Scrape(List.of());
  }

  /** The sum of a metric's series. */
  OptionalDouble sum(String name) {
    return sum(name, "");
  }

  /**
   * The sum of those series of a metric that bear this label.
   *
   * @param label such as {@code area="heap"}
   */
  OptionalDouble sum(String name, String label) {
    double[] values =
        lines.stream()
            .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
            .filter(line -> line.contains(label))
            .mapToDouble(Scrape::value)
            .filter(Double::isFinite)
            .toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Arrays.stream(values).sum());
  }

  private static double value(String line) {
    try {
      return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
