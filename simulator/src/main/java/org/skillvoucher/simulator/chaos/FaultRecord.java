package org.skillvoucher.simulator.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * A fault that was made.
 *
 * @param at since the load began
 * @param held how long PostgreSQL stood still; zero for a kill
 * @param recovered from the fault's end, which is the kill itself or the thaw, to the first
 *     acknowledgement of a scan that was sent after the fault began; empty: there was none
 */
public record FaultRecord(Fault fault, Duration at, Duration held, Optional<Duration> recovered) {
  /** Whether the first acknowledgement came as soon as it must. */
  public boolean inTime() {
    return recovered.filter(time -> time.compareTo(fault.recoveryMax()) <= 0).isPresent();
  }
}
