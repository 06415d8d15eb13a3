package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * An open-loop arrival schedule: phases one after the other, each with a rate that is constant or
 * changes linearly. It does not depend on answers, so that a slow gateway does not slow down its
 * load, which would be coordinated omission.
 */
record Schedule(List<Phase> phases) {
  Schedule {
    phases = List.copyOf(phases);
  }

  /**
   * One phase.
   *
   * @param from arrivals per second at its start
   * @param to arrivals per second at its end
   */
  record Phase(Duration lasts, double from, double to) {
    private double seconds() {
      return lasts.toNanos() / 1e9;
    }

    /** The expected number of arrivals in its first seconds. */
    double arrivals(double seconds) {
      return from * seconds + (to - from) * seconds * seconds / (2 * seconds());
    }

    private double arrivals() {
      return arrivals(seconds());
    }

    /** The inverse: after how many seconds that number is expected. */
    double when(double arrivals) {
      if (arrivals <= 0) {
        return 0;
      }
      double slope = (to - from) / seconds();
      // Of both forms of the root, the one that is defined for a constant rate too.
      double root = Math.sqrt(Math.max(0, from * from + 2 * slope * arrivals));
      return from + root <= 0 ? seconds() : Math.min(seconds(), 2 * arrivals / (from + root));
    }
  }

  Duration lasts() {
    return phases.stream().map(Phase::lasts).reduce(Duration.ZERO, Duration::plus);
  }

  /** Extended at its last rate to at least this duration. */
  Schedule lastingAtLeast(Duration time) {
    Duration missing = time.minus(lasts());
    if (missing.isNegative() || missing.isZero()) {
      return this;
    }
    double rate = phases.getLast().to();
    return new Schedule(
        Stream.concat(phases.stream(), Stream.of(new Phase(missing, rate, rate))).toList());
  }

  /** The number of arrivals. */
  int arrivals() {
    return (int) Math.floor(phases.stream().mapToDouble(Phase::arrivals).sum());
  }

  /**
   * The arrival times in microseconds since the start, ascending and generated lazily. The n-th is
   * at random within the interval in which the expected number grows from n to n + 1: irregular
   * like people, and yet the number of arrivals is always the same.
   */
  PrimitiveIterator.OfLong times(long seed) {
    return new ArrivalTimes(seed);
  }

  private final class ArrivalTimes implements PrimitiveIterator.OfLong {
    private final SplittableRandom random;
    private final int count = arrivals();
    private int next;
    private int phase;

    /** Expected arrivals of the phases before the current one. */
    private double before;

    private long start;

    private ArrivalTimes(long seed) {
      random = new SplittableRandom(seed);
    }

    @Override
    public boolean hasNext() {
      return next < count;
    }

    @Override
    public long nextLong() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      while (phase < phases.size() && next + 1 > before + phases.get(phase).arrivals()) {
        before += phases.get(phase).arrivals();
        start += phases.get(phase).lasts().toNanos() / 1_000;
        phase++;
      }
      if (phase == phases.size()) {
        next++;
        return start;
      }
      double place = next++ + random.nextDouble() - before;
      return start + Math.round(phases.get(phase).when(Math.max(0, place)) * 1e6);
    }
  }
}
