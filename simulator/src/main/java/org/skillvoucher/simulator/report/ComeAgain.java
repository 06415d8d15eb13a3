package org.skillvoucher.simulator.report;

import org.skillvoucher.simulator.report.Measured.Work;

/**
 * Answers that asked to come again later (503).
 *
 * @param told of all answers
 * @param unsaid how many of them did not say when
 * @param answers all there were
 */
public record ComeAgain(long told, long unsaid, long answers) {
  private static final String CODE = "try_again";
  private static final String WITHOUT = "_without_retry_after";

  /**
   * The code under which an answer is counted.
   *
   * @param hasRetryAfter whether it bore the header
   */
  public static String code(int status, String code, boolean hasRetryAfter) {
    return status == 503 && !hasRetryAfter ? code + WITHOUT : code;
  }

  static ComeAgain of(Work work) {
    long unsaid =
        work.errors().entrySet().stream()
            .filter(code -> code.getKey().endsWith(WITHOUT))
            .mapToLong(code -> code.getValue())
            .sum();
    long told = work.errors().getOrDefault(CODE, 0L) + unsaid;
    return new ComeAgain(told, unsaid, told + work.answered());
  }

  double share() {
    return answers == 0 ? 0 : (double) told / answers;
  }

  String said() {
    return unsaid == 0
        ? "all with Retry-After"
        : Dimension.COUNT.shown(unsaid) + " without Retry-After";
  }
}
