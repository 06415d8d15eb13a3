package org.skillvoucher.gateway.roster;

import java.util.concurrent.CancellationException;

/** Ends the reading of a file whose deadline has passed: {@link RosterReader} interrupts it. */
final class ReadingDeadline {
  private ReadingDeadline() {}

  /** Called at least once for every line of a file. */
  static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the deadline for reading a file has passed");
    }
  }
}
