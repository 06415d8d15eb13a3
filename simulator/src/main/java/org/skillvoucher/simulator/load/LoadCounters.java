package org.skillvoucher.simulator.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** What happened so far, counted by any number of threads. */
final class LoadCounters {
  /** A tap that we ourselves took up later than this is a late one. */
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

  /** All counts at one moment; the delays are those since the reading before. */
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
    /** Arrivals that were due and are neither answered nor given up. */
    long backlog() {
      return due - answered - dropped;
    }
  }

  /** A tap's time has come; we are so late with it. */
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

  /** Decided, sealed and durable. */
  void accepted(long delayMicros) {
    answered.increment();
    accepted.increment();
    delays.recordValue(Math.max(0, delayMicros));
  }

  /** The receipt there was already. */
  void repeated(long delayMicros) {
    answered.increment();
    repeated.increment();
    delays.recordValue(Math.max(0, delayMicros));
  }

  /** For good. */
  void refused() {
    answered.increment();
  }

  /** A tap did not go as it has to: once, whatever comes after. */
  void failed() {
    failed.increment();
  }

  /** An answer that is no receipt, or none: its code. */
  void error(String code) {
    errors.computeIfAbsent(code, any -> new LongAdder()).increment();
  }

  /** For one thread. */
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
