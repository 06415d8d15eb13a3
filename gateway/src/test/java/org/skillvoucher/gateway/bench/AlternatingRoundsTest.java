package org.skillvoucher.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.bench.AlternatingRounds.Contestant;

class AlternatingRoundsTest {
  @Test
  void contestantsTakeTurnsAndTheFirstRoundOnlyWarmsUp() throws Exception {
    List<String> told = new ArrayList<>();
    var one = new AtomicInteger();
    var other = new AtomicInteger(10);
    var rounds = new AlternatingRounds(2, told::add);

    rounds.run(
        List.of(
            new Contestant("one", () -> (double) one.incrementAndGet()),
            new Contestant("other", () -> (double) other.incrementAndGet())));

    assertEquals(Map.of("one", List.of(2.0, 3.0), "other", List.of(12.0, 13.0)), rounds.samples());
    assertEquals(
        List.of(
            "warm-up one",
            "warm-up other",
            "1 of 2 one",
            "1 of 2 other",
            "2 of 2 one",
            "2 of 2 other"),
        told.stream()
            .map(line -> line.replaceAll(" +[0-9]+ /s$", "").replaceAll("  +", " "))
            .toList());
  }

  @Test
  void eachIsAskedAboutOnce() throws Exception {
    var asked = new ConcurrentLinkedQueue<Integer>();
    long answered =
        ClosedLoop.each(
            List.of(1, 2, 3, 4, 5),
            3,
            item -> {
              asked.add(item);
              return CompletableFuture.completedFuture(item);
            });
    assertEquals(5, answered);
    assertEquals(List.of(1, 2, 3, 4, 5), asked.stream().sorted().toList());
  }

  @Test
  void aMeasurementWithOneFailureIsNone() {
    var failure = new IllegalStateException("full");
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                ClosedLoop.during(
                    Duration.ofSeconds(10), 1, caller -> CompletableFuture.failedFuture(failure)));
    assertEquals(failure, thrown.getCause());
  }
}
