package org.skillvoucher.gateway.http;

/**
 * Carries a problem out of the middle of a request's handling, through stages too; {@link
 * RequestPipeline} answers with it. Never leaves this package.
 */
public final class ProblemException extends RuntimeException {
  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.code().word(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
