package org.skillvoucher.simulator.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Counts the comparisons and violations of one check. */
final class CheckFindings {
  private static final int EXAMPLES_MAX = 5;

  private final String id;
  private final String title;
  private final List<String> examples = new ArrayList<>();
  private long compared;
  private long violations;

  CheckFindings(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Compares once more; the example is evaluated for the first violations only. */
  void expect(boolean holds, Supplier<String> example) {
    compared++;
    expectAlso(holds, example);
  }

  /** A further condition on what was counted as compared already. */
  void expectAlso(boolean holds, Supplier<String> example) {
    if (!holds) {
      violations++;
      if (examples.size() < EXAMPLES_MAX) {
        examples.add(example.get());
      }
    }
  }

  CheckResult result() {
    return new CheckResult(id, title, compared, violations, examples);
  }
}
