package org.skillvoucher.simulator.checker;

import java.util.List;

/**
 * What came of one check.
 *
 * @param id such as {@code C1}
 * @param title what must hold, in English and Chinese
 * @param looked how often it was looked for
 * @param violations how often it did not hold
 * @param examples the first few violations, without personal data
 */
public record Check(String id, String title, long looked, long violations, List<String> examples) {
  public Check {
    examples = List.copyOf(examples);
  }

  public boolean isGreen() {
    return violations == 0;
  }
}
