package org.skillvoucher.gateway.security;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The entries used last, at most so many and each for at most so long. Ages by the monotonic clock:
 * a wall clock set back must not lengthen the life of a revoked token.
 */
public final class BoundedCache<K, V> {
  private final int entriesMax;
  private final long lifeNanos;
  private final LongSupplier nanoTime;
  private final LinkedHashMap<K, Kept<V>> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** Holds so many entries, each for so long by the given clock. */
  public BoundedCache(int entriesMax, Duration life, LongSupplier nanoTime) {
    this.entriesMax = entriesMax;
    this.lifeNanos = life.toNanos();
    this.nanoTime = nanoTime;
  }

  public synchronized Optional<V> get(K key) {
    Kept<V> kept = entries.get(key);
    if (kept == null) {
      return Optional.empty();
    }
    if (nanoTime.getAsLong() - kept.sinceNanos() >= lifeNanos) {
      entries.remove(key);
      return Optional.empty();
    }
    return Optional.of(kept.value());
  }

  public synchronized void put(K key, V value) {
    entries.put(key, new Kept<>(value, nanoTime.getAsLong()));
    if (entries.size() > entriesMax) {
      entries.pollFirstEntry();
    }
  }

  /** Whether there is an entry that was put longer ago than this. */
  synchronized boolean isOlderThan(K key, Duration age) {
    Kept<V> kept = entries.get(key);
    return kept != null && nanoTime.getAsLong() - kept.sinceNanos() > age.toNanos();
  }

  synchronized void remove(K key) {
    entries.remove(key);
  }

  synchronized void removeIf(Predicate<V> condition) {
    entries.values().removeIf(kept -> condition.test(kept.value()));
  }

  synchronized int size() {
    return entries.size();
  }

  private record Kept<V>(V value, long sinceNanos) {}
}
