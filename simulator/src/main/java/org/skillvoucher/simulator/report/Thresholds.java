package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** The bounds a run has to keep (阈值), in the order they are written. */
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
   * @param fault told the path of each bad expression, such as {@code scan.delay[1]}, and what is
   *     wrong with it; the others are kept
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

  /** As {@link #read} takes them. */
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

  public List<Judgement> judge(Measured measured) {
    return thresholds.stream()
        .filter(threshold -> threshold.isAbout(measured))
        .map(threshold -> threshold.judge(measured))
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
