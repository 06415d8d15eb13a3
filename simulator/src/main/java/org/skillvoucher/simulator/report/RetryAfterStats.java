package org.skillvoucher.simulator.report;

/**
 * Responses with status 503, and whether they had a {@code Retry-After} header.
 *
 * @param unavailable responses with status 503
 * @param withoutRetryAfter those of them without the header
 * @param answers all responses
 */
public record RetryAfterStats(long unavailable, long withoutRetryAfter, long answers) {
  private static final String CODE = "try_again";
  private static final String WITHOUT = "_without_retry_after";

  /** The code under which a response is counted in {@link Measured.Work#errors}. */
  public static String code(int status, String code, boolean hasRetryAfter) {
    return status == 503 && !hasRetryAfter ? code + WITHOUT : code;
  }

  static RetryAfterStats of(Measured.Work work) {
    long without =
        work.errors().entrySet().stream()
            .filter(code -> code.getKey().endsWith(WITHOUT))
            .mapToLong(code -> code.getValue())
            .sum();
    long unavailable = work.errors().getOrDefault(CODE, 0L) + without;
    return new RetryAfterStats(unavailable, without, unavailable + work.answered());
  }

  double share() {
    return answers == 0 ? 0 : (double) unavailable / answers;
  }

  String describe() {
    return withoutRetryAfter == 0
        ? "all with Retry-After"
        : Dimension.COUNT.format(withoutRetryAfter) + " without Retry-After";
  }
}
