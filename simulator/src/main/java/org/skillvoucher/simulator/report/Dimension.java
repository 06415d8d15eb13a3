package org.skillvoucher.simulator.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The dimension of a measured number. Each has one base unit, in which values are stored. */
public enum Dimension {
  /** In milliseconds. */
  TIME("a time"),
  /** From 0 to 1. */
  SHARE("a share"),
  /** Per second. */
  RATE("a rate"),
  COUNT("a number"),
  /** In megabytes of 1,048,576 bytes. */
  MEMORY("a size"),
  /** In per cent of one core. */
  CPU("processor time");

  private final String name;

  Dimension(String name) {
    this.name = name;
  }

  /** By unit, its factor to the base unit. */
  private Map<String, Double> factors() {
    return switch (this) {
      case TIME -> Map.of("us", 0.001, "µs", 0.001, "ms", 1.0, "s", 1000.0, "min", 60_000.0);
      case SHARE -> Map.of("%", 0.01, "", 1.0);
      case RATE -> Map.of("/s", 1.0, "/min", 1 / 60.0);
      case COUNT -> Map.of("", 1.0);
      case MEMORY -> Map.of("MB", 1.0, "GB", 1024.0);
      case CPU -> Map.of("%", 1.0, "cores", 100.0);
    };
  }

  @Override
  public String toString() {
    return name;
  }

  /** The factor of a unit to the base unit; empty when the dimension does not have the unit. */
  Optional<Double> factor(String unit) {
    return Optional.ofNullable(factors().get(unit));
  }

  List<String> units() {
    return factors().keySet().stream().filter(unit -> !unit.isEmpty()).sorted().toList();
  }

  /** For display, with a unit that suits the magnitude; page.js formats the same way. */
  String format(double value) {
    return switch (this) {
      case TIME -> time(value);
      case SHARE -> digits(value * 100) + " %";
      case RATE -> digits(value) + " /s";
      case COUNT -> String.format(Locale.ROOT, "%,.0f", value);
      case MEMORY -> value < 1024 ? digits(value) + " MB" : digits(value / 1024) + " GB";
      case CPU -> String.format(Locale.ROOT, "%.0f %%", value);
    };
  }

  String format(long value) {
    return format((double) value);
  }

  private static String time(double millis) {
    if (Double.isInfinite(millis)) {
      return "never";
    }
    if (millis >= 60_000) {
      long seconds = Math.round(millis / 1000);
      return clock(seconds) + (seconds < 3600 ? " min" : " h");
    }
    return millis >= 1000 ? digits(millis / 1000) + " s" : digits(millis) + " ms";
  }

  /** Minutes and seconds, with hours from the first hour on. */
  static String clock(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** Three significant digits. */
  private static String digits(double value) {
    double size = Math.abs(value);
    String format = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, size > 0 && size < 0.01 ? "%.1g" : format, value);
  }
}
