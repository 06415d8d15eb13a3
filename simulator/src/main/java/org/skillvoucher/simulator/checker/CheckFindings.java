package org.skillvoucher.simulator.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What one check has found so far. */
final class CheckFindings {
  private static final int EXAMPLES_MAX = 5;

  private final String id;
  private final String title;
  private final List<String> examples = new ArrayList<>();
  private long looked;
  private long violations;

  CheckFindings(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** Looks once; the example is asked for only where it is one of the first. */
  void expect(boolean holds, Supplier<String> example) {
    looked++;
    also(holds, example);
  }

  /** Something else about what was looked at already. */
  void also(boolean holds, Supplier<String> example) {
    if (!holds) {
      violations++;
      if (examples.size() < EXAMPLES_MAX) {
        examples.add(example.get());
      }
    }
  }

  Check check() {
    return new Check(id, title, looked, violations, examples);
  }
}
