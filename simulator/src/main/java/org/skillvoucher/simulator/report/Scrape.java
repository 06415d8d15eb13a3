package org.skillvoucher.simulator.report;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** One response of a gateway's {@code /metrics} endpoint, in the Prometheus text format. */
record Scrape(List<String> lines) {
  static Scrape of(String text) {
    return new Scrape(text.lines().filter(line -> !line.startsWith("#")).toList());
  }

  static Scrape none() {
    return new Scrape(List.of());
  }

  /** The sum over all series of a metric. */
  OptionalDouble sum(String name) {
    return sum(name, "");
  }

  /**
   * The sum over the series of a metric that have this label.
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
