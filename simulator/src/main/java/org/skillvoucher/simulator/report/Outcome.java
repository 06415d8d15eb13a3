package org.skillvoucher.simulator.report;

/** How a run ends, the gravest first. */
public enum Outcome {
  /** The checker found a promise broken: nothing else counts then. */
  BROKEN(1),
  /** The simulator itself was late, so that its numbers say nothing of the gateway. */
  INVALID(4),
  /** All promises kept, and not good enough. */
  MISSED(99),
  GOOD(0);

  private final int exitCode;

  Outcome(int exitCode) {
    this.exitCode = exitCode;
  }

  /** What {@code vgw simulate} ends with. */
  public int exitCode() {
    return exitCode;
  }
}
