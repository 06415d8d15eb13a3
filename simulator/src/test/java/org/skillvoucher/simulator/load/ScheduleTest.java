package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.load.Schedule.Phase;

final class ScheduleTest {
  private static Schedule of(Phase... phases) {
    return new Schedule(List.of(phases));
  }

  private static Phase phase(int seconds, double from, double to) {
    return new Phase(Duration.ofSeconds(seconds), from, to);
  }

  private static long[] times(Schedule schedule, long seed) {
    LongStream.Builder times = LongStream.builder();
    schedule.times(seed).forEachRemaining((long time) -> times.add(time));
    return times.build().toArray();
  }

  private static long before(long[] times, double seconds) {
    return Arrays.stream(times).filter(time -> time < seconds * 1e6).count();
  }

  @Test
  void aConstantRateYieldsItsNumberInEachSecond() {
    long[] times = times(of(phase(10, 27, 27)), 1);
    assertEquals(270, times.length);
    for (int second = 1; second <= 10; second++) {
      assertEquals(27L * second, before(times, second), "after second " + second);
    }
  }

  @Test
  void aLinearlyRisingRateYieldsAQuarterInItsFirstHalf() {
    long[] times = times(of(phase(20, 0, 100)), 1);
    assertEquals(1000, times.length);
    assertEquals(250, before(times, 10));
  }

  @Test
  void aRateThatFallsToZeroEndsInTime() {
    long[] times = times(of(phase(10, 100, 0)), 3);
    assertEquals(500, times.length);
    assertEquals(375, before(times, 5));
    assertTrue(times[499] <= 10_000_000);
  }

  @Test
  void phasesFollowOneAnother() {
    long[] times = times(of(phase(5, 10, 10), phase(5, 0, 0), phase(5, 20, 20)), 1);
    assertEquals(150, times.length);
    assertEquals(50, before(times, 5));
    assertEquals(50, before(times, 10));
  }

  @Test
  void oneSeedMakesOneScheduleAndAnotherMakesAnother() {
    Schedule schedule = of(phase(5, 10, 100));
    assertArrayEquals(times(schedule, 7), times(schedule, 7));
    assertFalse(Arrays.equals(times(schedule, 7), times(schedule, 8)));
  }

  @Property(tries = 200)
  void timesAreAscendingWithinThePhasesAndAsManyAsTheRatesYield(
      @ForAll("schedules") Schedule schedule, @ForAll long seed) {
    long[] times = times(schedule, seed);
    double expected =
        schedule.phases().stream()
            .mapToDouble(phase -> (phase.from() + phase.to()) / 2 * phase.lasts().toSeconds())
            .sum();
    assertEquals(expected, times.length, 1.000001);
    for (int i = 0; i < times.length; i++) {
      assertTrue(times[i] >= 0 && times[i] <= schedule.lasts().toMillis() * 1_000);
      assertTrue(i == 0 || times[i - 1] <= times[i], "arrival " + i + " is before the last one");
    }
  }

  @Property(tries = 200)
  void arrivalsAndTheirTimesAreInverse(
      @ForAll("phases") Phase phase, @ForAll("shares") double share) {
    double seconds = share * phase.lasts().toSeconds();
    double arrived = phase.arrivals(seconds);
    assertEquals(arrived, phase.arrivals(phase.when(arrived)), 1e-6 * (1 + arrived));
  }

  @Provide
  Arbitrary<Double> shares() {
    return Arbitraries.doubles().between(0, 1);
  }

  @Provide
  Arbitrary<Phase> phases() {
    Arbitrary<Double> rates = Arbitraries.doubles().between(0, 300);
    return Combinators.combine(Arbitraries.integers().between(1, 20), rates, rates)
        .as((seconds, from, to) -> phase(seconds, from, to));
  }

  @Provide
  Arbitrary<Schedule> schedules() {
    return phases().list().ofMinSize(1).ofMaxSize(4).map(Schedule::new);
  }
}
