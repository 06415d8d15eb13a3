package org.skillvoucher.gateway.http;

/**
 * Aborts a request with a problem, also through stages; {@link RequestPipeline} answers with it.
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
