package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * When scans arrive: phases one after the other, in each of which the rate is steady or changes
 * evenly. It knows nothing of answers, so that a slow gateway is not spared by its slowness.
 */
record Schedule(List<Phase> phases) {
  Schedule {
    phases = List.copyOf(phases);
  }

  /**
   * One phase.
   *
   * @param from scans a second at its beginning
   * @param to scans a second at its end
   */
  record Phase(Duration lasts, double from, double to) {
    private double seconds() {
      return lasts.toNanos() / 1e9;
    }

    /** How many arrive in its first seconds, as a number that is not whole. */
    double arrivals(double seconds) {
      return from * seconds + (to - from) * seconds * seconds / (2 * seconds());
    }

    private double arrivals() {
      return arrivals(seconds());
    }

    /** After how many seconds so many have arrived. */
    double when(double arrivals) {
      if (arrivals <= 0) {
        return 0;
      }
      double slope = (to - from) / seconds();
      // Of both ways to write the root, the one that holds for a steady rate too.
      double root = Math.sqrt(Math.max(0, from * from + 2 * slope * arrivals));
      return from + root <= 0 ? seconds() : Math.min(seconds(), 2 * arrivals / (from + root));
    }
  }

  Duration lasts() {
    return phases.stream().map(Phase::lasts).reduce(Duration.ZERO, Duration::plus);
  }

  /** With the last rate going on until so much time has passed. */
  Schedule lastingAtLeast(Duration time) {
    Duration missing = time.minus(lasts());
    if (missing.isNegative() || missing.isZero()) {
      return this;
    }
    double rate = phases.getLast().to();
    return new Schedule(
        Stream.concat(phases.stream(), Stream.of(new Phase(missing, rate, rate))).toList());
  }

  /** How many arrive in all. */
  int arrivals() {
    return (int) Math.floor(phases.stream().mapToDouble(Phase::arrivals).sum());
  }

  /**
   * The arrivals' times in microseconds since the start, in order. Each has its own even share of
   * the expected number, and comes at a random moment within: bunches and gaps as people make them,
   * and yet the number is always the same.
   */
  long[] times(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] times = new long[arrivals()];
    double before = 0;
    long start = 0;
    int next = 0;
    for (Phase phase : phases) {
      double end = before + phase.arrivals();
      while (next < times.length && next + 1 <= end) {
        double place = next + random.nextDouble() - before;
        times[next] = start + Math.round(phase.when(Math.max(0, place)) * 1e6);
        next++;
      }
      before = end;
      start += phase.lasts().toNanos() / 1_000;
    }
    while (next < times.length) {
      times[next++] = start;
    }
    return times;
  }
}
