package org.skillvoucher.simulator.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Polls for an eventually consistent value, as of a read model, with a timeout. */
public final class Polling {
  private static final Duration BETWEEN = Duration.ofMillis(50);

  private Polling() {}

  /** The value once it is as wanted, or as it last was when time is over. */
  public static <T> T until(Duration max, Supplier<T> value, Predicate<T> wanted) {
    long deadline = System.nanoTime() + max.toNanos();
    while (true) {
      T now = value.get();
      if (wanted.test(now) || System.nanoTime() > deadline) {
        return now;
      }
      try {
        TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnexpectedAnswer("interrupted", e);
      }
    }
  }
}
