package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.List;

/** Where on an axis a value lies. */
sealed interface Scale {
  /** From 0 at the lower end to 1 at the upper. */
  double at(double value);

  /** Values worth a line of the grid, rising. */
  List<Double> ticks();

  /** Even steps from 0 to a round number at or above the greatest value. */
  record Linear(double step, double top) implements Scale {
    private static final int STEPS = 4;

    static Linear upTo(double greatest) {
      if (greatest <= 0) {
        return new Linear(1, 1);
      }
      double rough = greatest / STEPS;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double step =
          power
              * List.of(1.0, 2.0, 2.5, 5.0, 10.0).stream()
                  .filter(round -> round * power >= rough * (1 - 1e-9))
                  .findFirst()
                  .orElse(10.0);
      return new Linear(step, step * Math.max(1, Math.ceil(greatest / step - 1e-9)));
    }

    @Override
    public double at(double value) {
      return Math.clamp(value / top, 0, 1);
    }

    @Override
    public List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (int i = 0; i * step <= top * (1 + 1e-9); i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
  }

  /** Powers of ten, for what goes from microseconds to minutes. */
  record Logarithmic(int lowest, int highest) implements Scale {
    static Logarithmic from(double least, double greatest) {
      int lowest = (int) Math.floor(Math.log10(Math.max(least, 0.1)));
      int highest = (int) Math.ceil(Math.log10(Math.max(greatest, 1)) - 1e-9);
      return new Logarithmic(lowest, Math.max(highest, lowest + 1));
    }

    @Override
    public double at(double value) {
      double power = Math.log10(Math.max(value, Math.pow(10, lowest)));
      return Math.clamp((power - lowest) / (highest - lowest), 0, 1);
    }

    @Override
    public List<Double> ticks() {
      List<Double> ticks = new ArrayList<>();
      for (int power = lowest; power <= highest; power++) {
        ticks.add(Math.pow(10, power));
      }
      return ticks;
    }
  }

  /** The times on the lower axis: a step people count in, and at most about eight of them. */
  static List<Long> times(double seconds) {
    long step =
        List.of(1L, 2L, 5L, 10L, 15L, 30L, 60L, 120L, 300L, 600L, 1800L, 3600L, 7200L).stream()
            .filter(one -> seconds / one <= 8)
            .findFirst()
            .orElse(Math.max(14_400, Math.round(seconds / 8)));
    List<Long> times = new ArrayList<>();
    for (long at = 0; at <= seconds; at += step) {
      times.add(at);
    }
    return times;
  }

  static String clock(long seconds) {
    return seconds < 3600
        ? "%d:%02d".formatted(seconds / 60, seconds % 60)
        : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
