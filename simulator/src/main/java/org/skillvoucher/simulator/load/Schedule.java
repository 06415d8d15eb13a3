package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PrimitiveIterator;
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
   * The arrivals' times in microseconds since the start, in order, made as they are asked for. Each
   * has its own even share of the expected number, and comes at a random moment within: bunches and
   * gaps as people make them, and yet the number is always the same.
   */
  PrimitiveIterator.OfLong times(long seed) {
    return new Times(seed);
  }

  private final class Times implements PrimitiveIterator.OfLong {
    private final SplittableRandom random;
    private final int count = arrivals();
    private int next;
    private int phase;

    /** Of those that are over. */
    private double before;

    private long start;

    private Times(long seed) {
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
