package org.skillvoucher.simulator.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Which faults come, and when: the same for the same seed.
 *
 * @param faults each comes as often as any other, give or take one
 * @param rounds how many faults there are in all
 */
public record FaultPlan(List<Fault> faults, int rounds, long seed) {
  private static final int PAUSE_MILLIS_MIN = 2_000;
  private static final int PAUSE_MILLIS_MAX = 5_000;

  /** As long as a recovery usually takes on a machine that is busy. */
  private static final Duration RECOVERY = Duration.ofSeconds(8);

  public FaultPlan {
    faults = List.copyOf(faults);
    if (faults.isEmpty() || rounds < 1) {
      throw new IllegalArgumentException("at least one fault in at least one round");
    }
  }

  /**
   * One fault to be made.
   *
   * @param pause since the load began, or since the last fault was got over
   * @param held how long PostgreSQL is to stand still; zero for a kill
   */
  record PlannedFault(Fault fault, Duration pause, Duration held) {}

  /**
   * By then the last fault has usually been got over: a load that faults are to be made in should
   * last as long.
   */
  public Duration length() {
    return all().stream()
        .map(round -> round.pause().plus(round.held()).plus(RECOVERY))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Whether all faults were made, and after each the first acknowledgement came in time. */
  public boolean isMetBy(List<FaultRecord> events) {
    return events.size() == rounds && events.stream().allMatch(FaultRecord::inTime);
  }

  List<PlannedFault> all() {
    Random random = new Random(seed);
    Deque<Fault> deck = new ArrayDeque<>();
    Deque<Duration> freezes = new ArrayDeque<>();
    List<PlannedFault> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Fault fault = next(deck, faults, random);
      Duration pause = Duration.ofMillis(random.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX + 1));
      Duration held =
          fault == Fault.FREEZE_POSTGRES ? next(freezes, Fault.FREEZES, random) : Duration.ZERO;
      all.add(new PlannedFault(fault, pause, held));
    }
    return all;
  }

  /** From a shuffled deck; once it is used up, from another. */
  private static <T> T next(Deque<T> deck, List<T> cards, Random random) {
    if (deck.isEmpty()) {
      List<T> shuffled = new ArrayList<>(cards);
      Collections.shuffle(shuffled, random);
      deck.addAll(shuffled);
    }
    return deck.removeFirst();
  }
}
