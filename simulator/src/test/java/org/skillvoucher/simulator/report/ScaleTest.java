package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScaleTest {
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "3.1, 4", "9, 10", "1947, 2000", "2400, 3000", "0.07, 0.08"})
  void anAxisEndsAtARoundNumber(double greatest, double top) {
    assertEquals(top, Scale.Linear.upTo(greatest).top(), 1e-9);
  }

  @Property
  void noValueIsOffTheAxisAndTheGridIsNeitherEmptyNorCrowded(
      @ForAll @DoubleRange(min = 1, max = 10) double digits,
      @ForAll @IntRange(min = -4, max = 9) int power) {
    double greatest = digits * Math.pow(10, power);
    Scale.Linear scale = Scale.Linear.upTo(greatest);
    assertTrue(scale.top() >= greatest * (1 - 1e-9));
    assertTrue(scale.at(greatest) > 0.6);
    int ticks = scale.ticks().size();
    assertTrue(ticks >= 2 && ticks <= 6, () -> greatest + " has " + ticks);
  }

  @Test
  void delaysAreOnPowersOfTen() {
    Scale.Logarithmic scale = Scale.Logarithmic.from(2.5, 4_300);
    assertEquals(List.of(1.0, 10.0, 100.0, 1_000.0, 10_000.0), scale.ticks());
    assertEquals(0.5, scale.at(100), 1e-9);
    assertEquals(0, scale.at(0), 1e-9);
    assertEquals(1, scale.at(1e9), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({"8, 9", "240, 9", "300, 6", "1800, 7", "100000, 7"})
  void timeHasAFewLabels(double seconds, int labels) {
    assertEquals(labels, Scale.times(seconds).size());
  }

  @Test
  void timesAreWrittenAsOnAClock() {
    assertEquals("0:07", Scale.clock(7));
    assertEquals("12:30", Scale.clock(750));
    assertEquals("1:00:05", Scale.clock(3_605));
  }
}
