package org.skillvoucher.simulator.bench;

/** Seconds of a run, by its own clock: from the first to before the last. */
record Window(long from, long to) {
  boolean has(double at) {
    return at >= from && at < to;
  }

  long seconds() {
    return to - from;
  }
}
