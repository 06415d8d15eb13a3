package org.skillvoucher.simulator.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Which faults are injected, and when: the same for the same seed.
 *
 * @param faults their counts differ by one at most
 * @param rounds the number of faults in all
 */
public record FaultPlan(List<FaultKind> faults, int rounds, long seed) {
  private static final int PAUSE_MILLIS_MIN = 2_000;
  private static final int PAUSE_MILLIS_MAX = 5_000;

  /** A usual recovery time on a busy machine. */
  private static final Duration RECOVERY = Duration.ofSeconds(8);

  public FaultPlan {
    faults = List.copyOf(faults);
    if (faults.isEmpty() || rounds < 1) {
      throw new IllegalArgumentException("at least one fault in at least one round");
    }
  }

  /**
   * One planned fault.
   *
   * @param pause after the start of the load, or after the recovery from the last fault
   * @param held how long PostgreSQL is stopped; zero for a kill
   */
  record PlannedFault(FaultKind fault, Duration pause, Duration held) {}

  /** The expected time until the recovery from the last fault: the load should last as long. */
  public Duration length() {
    return faultsInOrder().stream()
        .map(fault -> fault.pause().plus(fault.held()).plus(RECOVERY))
        .reduce(Duration.ZERO, Duration::plus);
  }

  List<PlannedFault> faultsInOrder() {
    Random random = new Random(seed);
    Deque<FaultKind> deck = new ArrayDeque<>();
    Deque<Duration> freezes = new ArrayDeque<>();
    List<PlannedFault> all = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      FaultKind fault = next(deck, faults, random);
      Duration pause = Duration.ofMillis(random.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX + 1));
      Duration held =
          fault == FaultKind.FREEZE_POSTGRES
              ? next(freezes, FaultKind.FREEZES, random)
              : Duration.ZERO;
      all.add(new PlannedFault(fault, pause, held));
    }
    return all;
  }

  /** Draws without replacement; an empty deck is refilled and shuffled. */
  private static <T> T next(Deque<T> deck, List<T> cards, Random random) {
    if (deck.isEmpty()) {
      List<T> shuffled = new ArrayList<>(cards);
      Collections.shuffle(shuffled, random);
      deck.addAll(shuffled);
    }
    return deck.removeFirst();
  }
}
