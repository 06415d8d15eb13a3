package org.skillvoucher.simulator.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HashTest {
  private static final int MANY = 200_000;

  @Test
  void aHashDependsOnWhereAPartEnds() {
    assertNotEquals(Hash.of("ab", "c"), Hash.of("a", "bc"));
    assertNotEquals(Hash.of("abc"), Hash.of("abc", ""));
    assertNotEquals(Hash.of(1, "a"), Hash.of(2, "a"));
    assertEquals(Hash.of(1, "a"), Hash.of(1, "a"));
  }

  @Test
  void similarTextsDoNotCollide() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      assertTrue(hashes.add(Hash.of("class|C" + i % 300, "person" + i / 300)));
    }
  }
}
