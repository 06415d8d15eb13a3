package org.skillvoucher.simulator.bench;

/** Seconds since the start of a run: {@code from} inclusive, {@code to} exclusive. */
record MeasurementWindow(long from, long to) {
  boolean contains(double at) {
    return at >= from && at < to;
  }

  long seconds() {
    return to - from;
  }
}
