package org.skillvoucher.simulator.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Median, smallest and largest of repeated measurements. */
record Spread(double min, double median, double max) {

  /**
   * Of at least one sample.
   *
   * @throws IllegalArgumentException for none
   */
  static Spread of(List<Double> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a spread needs samples");
    }
    List<Double> sorted = samples.stream().sorted().toList();
    int half = sorted.size() / 2;
    double median =
        sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    return new Spread(sorted.getFirst(), median, sorted.getLast());
  }

  /** The ratio of the medians; smallest and largest are of the ratios within one round. */
  static Spread ofRatio(List<Double> over, List<Double> under) {
    if (over.size() != under.size()) {
      throw new IllegalArgumentException("both need a sample of each round");
    }
    Spread rounds =
        of(IntStream.range(0, over.size()).mapToObj(i -> over.get(i) / under.get(i)).toList());
    return new Spread(rounds.min, of(over).median / of(under).median, rounds.max);
  }

  /** The median with smallest and largest. */
  String text(String format) {
    String range = format + " (" + format + "–" + format + ")";
    return String.format(Locale.ROOT, range, median, min, max);
  }
}
