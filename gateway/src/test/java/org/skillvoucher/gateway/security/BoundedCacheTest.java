package org.skillvoucher.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
  private final HandTime time = new HandTime();
  private final BoundedCache<Integer, String> cache =
      new BoundedCache<>(3, Duration.ofSeconds(10), time);

  @Test
  void theEntryNotUsedForLongestGoesFirst() {
    for (int i = 0; i < 3; i++) {
      cache.put(i, "v" + i);
    }
    assertEquals(Optional.of("v0"), cache.get(0));
    cache.put(3, "v3");
    assertEquals(3, cache.size());
    assertEquals(Optional.empty(), cache.get(1));
    assertEquals(Optional.of("v0"), cache.get(0));
  }

  @Test
  void useDoesNotLengthenAnEntrysLife() {
    cache.put(1, "one");
    time.advance(Duration.ofSeconds(9));
    assertEquals(Optional.of("one"), cache.get(1));
    time.advance(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), cache.get(1));
    assertEquals(0, cache.size());
  }

  @Test
  void entriesCanBeTakenOutByTheirValue() {
    cache.put(1, "one");
    cache.put(2, "two");
    cache.removeIf("one"::equals);
    assertEquals(Optional.empty(), cache.get(1));
    assertEquals(Optional.of("two"), cache.get(2));
  }
}
