package org.skillvoucher.gateway.http;

/**
 * Carries a problem out of the middle of a request's handling, through stages too; {@link Guard}
 * answers with it. Never leaves this package.
 */
final class Refused extends RuntimeException {
  private final transient Problem problem;

  Refused(Problem problem) {
    super(problem.code().word(), null, false, false);
    this.problem = problem;
  }

  Problem problem() {
    return problem;
  }
}
