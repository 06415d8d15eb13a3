package org.skillvoucher.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread brings about, and not for ever. */
public final class Eventually {
  private Eventually() {}

  public static void check(Duration limit, String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      pauseMillis(10);
    }
    assertTrue(condition.getAsBoolean(), what);
  }

  public static void pauseMillis(long millis) {
    LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
  }
}
