package org.skillvoucher.simulator.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.simulator.report.Measured.Work;

/** The handful of numbers that everybody asks for. */
final class Tiles {
  private static final String NONE = "–";

  private Tiles() {}

  static Tag of(Measured measured) {
    Work scans = measured.scans();
    Work batches = measured.batches();
    List<Tag> tiles = new ArrayList<>();
    measured
        .lastGoodStep()
        .ifPresent(
            step -> {
              String rate = Dimension.RATE.shown(step.accepted());
              tiles.add(tile("Carries", "承载能力", rate, "the last good step"));
            });
    tiles.add(accepted(measured));
    tiles.add(delay(scans.delays()));
    tiles.add(
        tile(
            "Failed",
            "失败",
            share(scans.failed(), scans.sent()),
            count(scans.failed()) + " of " + count(scans.sent())));
    tiles.add(
        tile(
            "Sent late",
            "发送过晚",
            share(scans.late(), scans.planned()),
            count(scans.dropped()) + " never sent"));
    Goodput.of(measured).ifPresent(goodput -> tiles.addAll(overload(goodput, scans)));
    live(measured).ifPresent(tiles::add);
    if (batches.sent() > 0) {
      String of = "of " + count(batches.sent()) + " statements";
      tiles.add(tile("Offline sites", "离线补传", count(batches.accepted()), of));
    }
    if (!measured.faults().isEmpty()) {
      String slowest = Dimension.TIME.shown(measured.recoveries(fault -> true).max().orElse(0));
      String of = "slowest of " + measured.faults().size();
      tiles.add(tile("Recovered within", "恢复用时", slowest, of));
    }
    return Tag.of("dl").as("tiles").add(tiles);
  }

  private static List<Tag> overload(Goodput goodput, Work scans) {
    ComeAgain again = ComeAgain.of(scans);
    return List.of(
        tile(
            "Goodput",
            "过载有效吞吐",
            Dimension.SHARE.shown(goodput.share()),
            "of the peak of " + Dimension.RATE.shown(goodput.peak())),
        tile("Told to come again", "稍后再试", Dimension.SHARE.shown(again.share()), again.said()));
  }

  /** Whether the heap grows, as full collections tell; nothing where there were none. */
  private static Optional<Tag> live(Measured measured) {
    double[] full = measured.valuesOf(Gauge.GATEWAY_HEAP_FULL).toArray();
    return full.length == 0
        ? Optional.empty()
        : Optional.of(
            tile(
                "Heap that lives",
                "存活堆",
                Dimension.MEMORY.shown(full[full.length - 1]),
                "at first "
                    + Dimension.MEMORY.shown(full[0])
                    + ", at most "
                    + Dimension.MEMORY.shown(Arrays.stream(full).max().orElse(0))));
  }

  private static Tag accepted(Measured measured) {
    long accepted = measured.scans().accepted();
    double seconds = measured.run().counted();
    String rate = seconds > 0 ? Dimension.RATE.shown(accepted / seconds) : NONE;
    return tile("Accepted", "已受理", rate, count(accepted) + " scans");
  }

  private static Tag delay(Delays delays) {
    return delays.count() == 0
        ? tile("99 % within", "99% 分位", NONE, "no answers")
        : tile(
            "99 % within",
            "99% 分位",
            Dimension.TIME.shown(delays.millisAt(99)),
            "half within " + Dimension.TIME.shown(delays.millisAt(50)));
  }

  private static String count(long number) {
    return Dimension.COUNT.shown(number);
  }

  private static String share(long part, long whole) {
    return whole == 0 ? NONE : Dimension.SHARE.shown((double) part / whole);
  }

  private static Tag tile(String english, String chinese, String value, String aside) {
    return Tag.of("div")
        .add(
            Tag.term("dt", english, chinese),
            Tag.of("dd").add(value),
            Tag.of("dd").as("aside").add(aside));
  }
}
