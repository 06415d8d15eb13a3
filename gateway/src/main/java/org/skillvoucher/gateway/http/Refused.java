package org.skillvoucher.gateway.http;

/**
 * Carries a problem out of the middle of a request's handling, through stages too; {@link Guard}
 * answers with it. Never leaves this package.
 */
public final class Refused extends RuntimeException {
  private final transient Problem problem;

  public Refused(Problem problem) {
    super(problem.code().word(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
