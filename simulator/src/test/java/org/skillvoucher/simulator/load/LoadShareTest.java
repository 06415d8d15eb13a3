package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LoadShareTest {
  @Test
  void eachClassIsInExactlyOneShare() {
    for (int classNumber = 0; classNumber < 20; classNumber++) {
      int tested = classNumber;
      assertEquals(
          1,
          IntStream.rangeClosed(1, 3)
              .filter(number -> new LoadShare(number, 3).includes(tested))
              .count());
    }
    assertEquals(
        List.of(1, 4, 7),
        IntStream.range(0, 9).filter(new LoadShare(2, 3)::includes).boxed().toList());
  }

  @Test
  void itIsReadFromItsText() {
    assertEquals(Optional.of(new LoadShare(2, 10)), LoadShare.of("2/10"));
    assertEquals(Optional.of(LoadShare.WHOLE), LoadShare.of("1/1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "1 / 2", "1/1000"})
  void otherTextsAreNoShare(String text) {
    assertEquals(Optional.empty(), LoadShare.of(text));
  }

  @Test
  void aShareBeyondTheLastIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> new LoadShare(3, 2));
    assertThrows(IllegalArgumentException.class, () -> new LoadShare(0, 2));
  }
}
