package org.skillvoucher.simulator.report;

/** The outcome of a run, the most severe first. */
public enum Outcome {
  /** The checker found a violated guarantee; overrides every other outcome. */
  BROKEN(1),
  /** The simulator sent too many arrivals late, so the numbers do not describe the gateway. */
  INVALID(4),
  /** No guarantee violated, but a threshold missed. */
  MISSED(99),
  GOOD(0);

  private final int exitCode;

  Outcome(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of {@code vgw simulate} and {@code vgw report}. */
  public int exitCode() {
    return exitCode;
  }
}
