package org.skillvoucher.simulator.load;

import java.time.Duration;
import org.skillvoucher.simulator.history.HistoryEntry;

/**
 * What all workers of one run share. Thread-safe.
 *
 * @param patience an arrival that has waited longer than this for its device is dropped
 */
record RunContext(
    BusinessTime time,
    LoadCounters counters,
    Duration patience,
    HistorySink history,
    AcknowledgementListener acknowledgements) {

  /** Records each invocation and each outcome. */
  interface HistorySink {
    void put(HistoryEntry entry);
  }

  /** Is notified of each acknowledged attempt. */
  interface AcknowledgementListener {
    /**
     * An attempt was acknowledged.
     *
     * @param sentNanos when it was sent, by {@link System#nanoTime}
     */
    void acknowledged(long sentNanos);
  }

  /**
   * The scheduled time of an arrival, by {@link System#nanoTime}. Latency is measured from it and
   * not from the moment of sending, so that it is free of coordinated omission.
   */
  long scheduledNanos(Arrival arrival) {
    return time.startNanos() + arrival.micros() * 1_000;
  }

  /** Microseconds since the run's start; 0 for what is earlier. */
  long micros(long nanos) {
    return Math.max(0, (nanos - time.startNanos()) / 1_000);
  }
}
