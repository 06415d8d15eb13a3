package org.skillvoucher.simulator.checker;

import java.util.List;

/**
 * The result of one check.
 *
 * @param id for example {@code C1}
 * @param title what must hold, in English and Chinese
 * @param compared how many things were compared
 * @param violations how many of them violate it
 * @param examples the first few violations, without personal data
 */
public record CheckResult(
    String id, String title, long compared, long violations, List<String> examples) {
  public CheckResult {
    examples = List.copyOf(examples);
  }

  public boolean passed() {
    return violations == 0;
  }
}
