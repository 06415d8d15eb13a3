package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.simulator.report.Measured.Fault;

/**
 * What all pictures of a run have in common: its time from left to right, and the faults in it.
 *
 * @param span seconds from the left edge to the right
 */
record TimeAxis(List<Bucket> buckets, double span, List<Fault> faults) {
  /** How wide a picture is drawn; it is stretched to the width there is. */
  static final int WIDTH = 1000;

  static TimeAxis of(Measured measured) {
    List<Bucket> buckets = Bucket.of(measured);
    double spacing = buckets.size() > 1 ? buckets.get(1).at() : 1;
    return new TimeAxis(buckets, Math.max(spacing * buckets.size(), 1), measured.faults());
  }

  double spacing() {
    return span / Math.max(buckets.size(), 1);
  }

  double x(double at) {
    return Math.clamp(at / span, 0, 1) * WIDTH;
  }

  double middle(Bucket bucket) {
    return x(bucket.at() + spacing() / 2);
  }

  /** The faults as lines from top to bottom. */
  List<Tag> faultLines(int height) {
    List<Tag> lines = new ArrayList<>();
    for (Fault fault : faults) {
      lines.add(
          Tag.of("rect")
              .as("outage")
              .with("x", x(fault.at()))
              .with("y", 0)
              .with("width", x(fault.until()) - x(fault.at()))
              .with("height", height));
      lines.add(
          Tag.of("line")
              .as("fault")
              .with("x1", x(fault.at()))
              .with("x2", x(fault.at()))
              .with("y1", 0)
              .with("y2", height));
    }
    return lines;
  }

  /** Their numbers, as in the table of faults. */
  List<Tag> faultNumbers() {
    List<Tag> numbers = new ArrayList<>();
    for (int i = 0; i < faults.size(); i++) {
      numbers.add(
          Tag.of("span")
              .as("mark")
              .with("style", "left:" + percent(x(faults.get(i).at()) / WIDTH))
              .add(String.valueOf(i + 1)));
    }
    return numbers;
  }

  Tag labels() {
    return Tag.of("div")
        .as("x")
        .with("aria-hidden", "true")
        .each(
            Scale.times(span),
            at ->
                Tag.of("span")
                    .with("style", "left:" + percent(x(at) / WIDTH))
                    .add(Scale.clock(at)));
  }

  static String percent(double share) {
    return Tag.number(share * 100) + "%";
  }
}
