package org.skillvoucher.simulator.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * An injected fault.
 *
 * @param at since the start of the load
 * @param held how long PostgreSQL was stopped; zero for a kill
 * @param recovered from the fault's end, which is the kill itself or SIGCONT, to the first
 *     acknowledgement of a scan that was sent after the fault began; empty without one
 */
public record FaultRecord(
    FaultKind fault, Duration at, Duration held, Optional<Duration> recovered) {
  /** Whether the recovery was within {@link FaultKind#recoveryMax}. */
  public boolean inTime() {
    return recovered.filter(time -> time.compareTo(fault.recoveryMax()) <= 0).isPresent();
  }
}
