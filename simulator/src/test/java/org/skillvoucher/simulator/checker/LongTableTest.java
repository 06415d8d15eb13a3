package org.skillvoucher.simulator.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LongTableTest {
  private static final int MANY = 200_000;

  @Test
  void aTableHoldsWhatAMapWouldHoweverItGrows() {
    Random random = new Random(1);
    LongTable table = new LongTable();
    Map<Long, Long> map = new HashMap<>();
    for (int i = 0; i < MANY; i++) {
      // Half of them differ in their upper bits only, which a table by the lower ones would pile
      // up.
      long hash = i % 2 == 0 ? random.nextLong() : ((long) random.nextInt(10_000) << 48) + 2;
      long value = table.get(hash) + 1;
      table.put(hash, value);
      assertEquals(map.merge(hash, 1L, Long::sum), value);
    }
    Map<Long, Long> held = new HashMap<>();
    table.forEach(held::put);
    assertEquals(map, held);
    assertEquals(0, table.get(123_456_789));
  }

  @Test
  void aSetKnowsWhatItHasSeen() {
    Random random = new Random(2);
    LongSet set = new LongSet();
    Set<Long> other = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      long hash = random.nextLong(-MANY, MANY);
      if (hash != 0) { // which is taken for 1
        assertEquals(other.add(hash), set.add(hash));
        assertTrue(set.contains(hash));
      }
    }
    assertFalse(set.contains(MANY));
  }

  @Test
  void aHashTellsWhereAPartEnds() {
    assertNotEquals(Hash.of("ab", "c"), Hash.of("a", "bc"));
    assertNotEquals(Hash.of("abc"), Hash.of("abc", ""));
    assertNotEquals(Hash.of(1, "a"), Hash.of(2, "a"));
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      assertTrue(hashes.add(Hash.of("class|C" + i % 300, "person" + i / 300)));
    }
  }
}
