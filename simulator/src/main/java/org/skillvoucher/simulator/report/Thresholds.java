package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The thresholds of a run (阈值), in the order of the file. */
public final class Thresholds {
  private final List<Threshold> thresholds;

  private Thresholds(List<Threshold> thresholds) {
    this.thresholds = List.copyOf(thresholds);
  }

  public static Thresholds none() {
    return new Thresholds(List.of());
  }

  /**
   * Reads the expressions on each metric, such as {@code p(99) < 500 ms} on {@code scan.delay}.
   *
   * @param fault accepts the path of each invalid expression, such as {@code scan.delay[1]}, and
   *     the reason; the valid ones are kept
   */
  public static Thresholds read(
      Map<String, List<String>> expressions, BiConsumer<String, String> fault) {
    List<Threshold> thresholds = new ArrayList<>();
    expressions.forEach(
        (metric, those) -> {
          for (int i = 0; i < those.size(); i++) {
            try {
              thresholds.add(Threshold.parse(metric, those.get(i)));
            } catch (Threshold.Invalid e) {
              fault.accept(metric + "[" + i + "]", e.getMessage());
            }
          }
        });
    return new Thresholds(thresholds);
  }

  @JsonCreator
  static Thresholds read(Map<String, List<String>> expressions) {
    return read(
        expressions,
        (path, fault) -> {
          throw new IllegalArgumentException(path + " " + fault);
        });
  }

  /** The expressions by metric, as {@link #read} takes them. */
  @JsonValue
  Map<String, List<String>> expressions() {
    Map<String, List<String>> expressions = new LinkedHashMap<>();
    for (Threshold threshold : thresholds) {
      expressions
          .computeIfAbsent(threshold.metric(), any -> new ArrayList<>())
          .add(threshold.expression());
    }
    return expressions;
  }

  List<Threshold> all() {
    return thresholds;
  }

  public boolean isEmpty() {
    return thresholds.isEmpty();
  }

  public List<ThresholdResult> evaluate(Measured measured) {
    return thresholds.stream()
        .filter(threshold -> threshold.appliesTo(measured))
        .map(threshold -> threshold.evaluate(measured))
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Thresholds all && expressions().equals(all.expressions());
  }

  @Override
  public int hashCode() {
    return expressions().hashCode();
  }

  @Override
  public String toString() {
    return thresholds.toString();
  }
}
