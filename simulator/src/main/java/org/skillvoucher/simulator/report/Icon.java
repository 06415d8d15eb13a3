package org.skillvoucher.simulator.report;

/** The sign of a verdict, drawn, so that it looks the same whatever fonts there are. */
final class Icon {
  private Icon() {}

  /** Of that tone: good, poor, void or open. What it says stands beside it in words. */
  static Tag of(String tone) {
    String stroke =
        switch (tone) {
          case "good" -> "M7 12.5l3.5 3.5L17 9";
          case "poor" -> "M8 8l8 8M16 8l-8 8";
          case "void" -> "M12 7v6M12 16.5v.5";
          default -> "M8 12h8";
        };
    return Tag.of("svg")
        .as("icon " + tone)
        .with("viewBox", "0 0 24 24")
        .with("aria-hidden", "true")
        .add(
            Tag.of("circle").with("cx", 12).with("cy", 12).with("r", 11),
            Tag.of("path").with("d", stroke));
  }
}
