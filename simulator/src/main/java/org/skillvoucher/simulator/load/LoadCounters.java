package org.skillvoucher.simulator.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Counters of a run. Thread-safe, but for {@link #read}. */
final class LoadCounters {
  /** An arrival that the simulator itself delivered later than this is late. */
  static final long LATE_MICROS = 100_000;

  private static final int DIGITS = 2;

  private final LongAdder due = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder late = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final ConcurrentMap<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final Recorder delays = new Recorder(DIGITS);

  /**
   * All counts at one moment.
   *
   * @param delays latencies from the scheduled arrival, of the interval since the last reading
   */
  record Reading(
      long due,
      long sent,
      long answered,
      long accepted,
      long repeated,
      long failed,
      long late,
      long dropped,
      Map<String, Long> errors,
      Histogram delays) {
    /** Arrivals that were due and are neither answered nor dropped. */
    long backlog() {
      return due - answered - dropped;
    }
  }

  /** An arrival is due, and the simulator delivered it this late. */
  void due(long lateMicros) {
    due.increment();
    if (lateMicros > LATE_MICROS) {
      late.increment();
    }
  }

  void sent() {
    sent.increment();
  }

  void dropped() {
    dropped.increment();
  }

  /** 201: decided, sealed and durable. */
  void accepted(long delayMicros) {
    answered.increment();
    accepted.increment();
    delays.recordValue(Math.max(0, delayMicros));
  }

  /** 200: the receipt of an earlier statement. */
  void repeated(long delayMicros) {
    answered.increment();
    repeated.increment();
    delays.recordValue(Math.max(0, delayMicros));
  }

  /** A final refusal. */
  void refused() {
    answered.increment();
  }

  /** A statement's first attempt failed; counted once, whatever its retries result in. */
  void failed() {
    failed.increment();
  }

  /** The code of an answer without a receipt, or the reason for no answer. */
  void error(String code) {
    errors.computeIfAbsent(code, any -> new LongAdder()).increment();
  }

  /** Not thread-safe: it resets the interval histogram. */
  Reading read() {
    Map<String, Long> codes = new HashMap<>();
    errors.forEach((code, count) -> codes.put(code, count.sum()));
    return new Reading(
        due.sum(),
        sent.sum(),
        answered.sum(),
        accepted.sum(),
        repeated.sum(),
        failed.sum(),
        late.sum(),
        dropped.sum(),
        codes,
        delays.getIntervalHistogram());
  }
}
