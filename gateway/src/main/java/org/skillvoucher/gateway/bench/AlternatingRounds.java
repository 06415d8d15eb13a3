package org.skillvoucher.gateway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * Alternating repetitions: each round measures every contestant once, so that other load on the
 * machine affects all of them. The first round is a warm-up and is discarded.
 */
final class AlternatingRounds {
  private final int repetitions;
  private final Consumer<String> progress;
  private final Map<String, List<Double>> samples = new LinkedHashMap<>();

  AlternatingRounds(int repetitions, Consumer<String> progress) {
    this.repetitions = repetitions;
    this.progress = progress;
  }

  /** What is measured, in operations a second. */
  record Contestant(String name, Callable<Double> perSecond) {}

  /** The samples of each contestant, in the order of the rounds. */
  Map<String, List<Double>> samples() {
    return samples;
  }

  void run(List<Contestant> contestants) throws Exception {
    for (int round = 0; round <= repetitions; round++) {
      for (Contestant contestant : contestants) {
        double perSecond = contestant.perSecond().call();
        progress.accept(
            String.format(
                Locale.ROOT,
                "%-7s  %-22s %,9.0f /s",
                round == 0 ? "warm-up" : round + " of " + repetitions,
                contestant.name(),
                perSecond));
        if (round > 0) {
          samples.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(perSecond);
        }
      }
    }
  }
}
