package org.skillvoucher.domain.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IntOpenHashIndexTest {
  private static final int KEYS = 500;

  /** The fewer hashes, the more of them collide. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100, Integer.MAX_VALUE})
  void whatWasPutInFirstUnderAKeyIsFoundHoweverManyShareItsHash(int hashes) {
    var random = new Random(hashes);
    int[] keys = random.ints(2 * KEYS, 0, KEYS).toArray();
    var positions = new IntOpenHashIndex();
    Map<Integer, Integer> first = new HashMap<>();
    for (int position = 0; position < keys.length; position++) {
      int key = keys[position];
      if (random.nextInt(50) == 0) {
        positions.makeRoom(random.nextInt(1_000));
      }
      positions.put(key * 31 % hashes, position, other -> keys[other] == key);
      first.putIfAbsent(key, position);
    }

    for (int key = 0; key < KEYS; key++) {
      int wanted = key;
      assertEquals(
          first.getOrDefault(key, -1),
          positions.find(key * 31 % hashes, other -> keys[other] == wanted));
    }
  }
}
