package org.skillvoucher.simulator.scenario;

import java.util.ArrayList;
import java.util.List;

/** What a comparison found: a number for each matter, and each difference in words. */
final class ComparisonFindings {
  private final List<Row> rows = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  /** One matter, as it must be and as it is. */
  record Row(String what, long expected, long actual) {
    boolean holds() {
      return expected == actual;
    }
  }

  void row(String what, long expected, long actual) {
    rows.add(new Row(what, expected, actual));
  }

  boolean mustBe(boolean holds, String otherwise) {
    if (!holds) {
      differences.add(otherwise);
    }
    return holds;
  }

  void differs(String what) {
    differences.add(what);
  }

  List<Row> rows() {
    return List.copyOf(rows);
  }

  List<String> differences() {
    return List.copyOf(differences);
  }

  boolean isEqual() {
    return differences.isEmpty() && rows.stream().allMatch(Row::holds);
  }
}
