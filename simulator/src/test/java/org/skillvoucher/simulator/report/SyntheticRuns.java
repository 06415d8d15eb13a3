package org.skillvoucher.simulator.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Run;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Step;
import org.skillvoucher.simulator.report.Measured.Usage;
import org.skillvoucher.simulator.report.Measured.Work;

/** Synthetic results of whole runs, from a seed. */
final class SyntheticRuns {
  private final Random random;
  private final int seconds;
  private final List<Fault> faults;
  private final double capacity;
  private final List<Second> all = new ArrayList<>();
  private final List<Usage> usage = new ArrayList<>();
  private final Map<String, Long> errors = new LinkedHashMap<>();
  private Latencies latencies = Latencies.none();

  SyntheticRuns(long seed, int seconds, double capacity, List<Fault> faults) {
    random = new Random(seed);
    this.seconds = seconds;
    this.capacity = capacity;
    this.faults = faults;
    double backlog = 0;
    for (int at = 0; at < seconds; at++) {
      backlog = second(at, backlog);
    }
  }

  static Measured morningPeak() {
    List<Fault> faults =
        List.of(
            new Fault("kill-gateway", 95.2, 0, 6_310),
            new Fault("freeze-postgres", 170.8, 9_000, 1_050),
            new Fault("kill-postgres", 221.4, 0, 4_870));
    return new SyntheticRuns(7, 270, 2_400, faults)
        .measured(
            Map.of(
                "scan.delay", List.of("p(99) < 500 ms", "max < 15 s"),
                "scan.failed", List.of("rate < 0.1 %"),
                "scan.accepted", List.of("rate > 1000 /s"),
                "recovery", List.of("max < 15 s")),
            0);
  }

  static Measured goodDay() {
    return new SyntheticRuns(3, 240, 4_000, List.of())
        .measured(
            Map.of(
                "scan.delay", List.of("p(99) < 500 ms", "max < 5 s"),
                "scan.failed", List.of("rate < 0.1 %"),
                "feed.lag", List.of("max < 5 s"),
                "late", List.of("rate < 1 %")),
            0);
  }

  static Measured lossy() {
    return new SyntheticRuns(
            5, 1_900, 1_500, List.of(new Fault("kill-postgres", 900, 0, Fault.NEVER)))
        .measured(Map.of("scan.delay", List.of("p(99) < 500 ms")), 3);
  }

  private boolean isDown(int at) {
    return faults.stream()
        .anyMatch(fault -> fault.isRecovered() && at > fault.at() && at < fault.recoveredAt());
  }

  private double second(int at, double backlogBefore) {
    double swell = 400 + 1_500 * Math.exp(-Math.pow((at - seconds * 0.55) / (seconds * 0.22), 2));
    long planned = Math.round(swell * (0.95 + random.nextDouble() / 10));
    boolean down = isDown(at);
    double able = down ? 0 : Math.min(backlogBefore + planned, capacity);
    long answered = Math.round(able);
    double backlog = Math.max(0, backlogBefore + planned - able);
    double load = Math.min(planned / capacity, 0.98);
    Map<String, Long> codes = new LinkedHashMap<>();
    if (random.nextInt(6) == 0) {
      codes.put("tap_rate", 1L + random.nextInt(3));
    }
    if (down) {
      codes.put("broken_off", 40L + random.nextInt(60));
      codes.put("timeout", (long) random.nextInt(20));
    } else if (backlog > 0) {
      codes.put("try_again", Math.min(400, Math.round(backlog / 20)));
    }
    Latencies own = latencies(answered, load, backlogBefore / capacity * 1000);
    latencies = latencies.plus(own);
    codes.forEach((code, count) -> errors.merge(code, count, Long::sum));
    long failed = codes.getOrDefault("timeout", 0L);
    long accepted = Math.max(0, answered - failed);
    all.add(
        new Second(
            at, planned, planned, answered, accepted, failed, Math.round(backlog), own, codes));
    usage.add(new Usage(at + 0.4, gauges(at, down, load)));
    return backlog;
  }

  private Latencies latencies(long count, double load, double waited) {
    Histogram histogram = new Histogram(2);
    double typical = 2.5 / (1 - load);
    for (int i = 0; i < Math.min(count, 400); i++) {
      double millis =
          waited * random.nextDouble() + typical * Math.exp(random.nextGaussian() * 0.6);
      histogram.recordValueWithCount(Math.round(millis * 1000), Math.max(1, count / 400));
    }
    return Latencies.of(histogram);
  }

  private Map<Gauge, Double> gauges(int at, boolean down, double load) {
    Map<Gauge, Double> values = new LinkedHashMap<>();
    values.put(Gauge.SIMULATOR_CPU, 30 + 40 * load + random.nextInt(8));
    values.put(Gauge.POSTGRES_PROCESSES, down ? 8.0 : 31);
    values.put(Gauge.POSTGRES_CPU, down ? 2.0 : 15 + 90 * load + random.nextInt(15));
    if (!down) {
      values.put(Gauge.GATEWAY_CPU, 25 + 160 * load + random.nextInt(25));
      values.put(Gauge.GATEWAY_HEAP, 180 + at * 37 % 260 + random.nextInt(20) + 0.0);
      values.put(Gauge.GATEWAY_HEAP_LIVE, 148 + at / 60.0);
      values.put(Gauge.GATEWAY_THREADS, 71.0 + random.nextInt(3));
      values.put(Gauge.FEED_LAG, 60 + 900 * load * load + random.nextInt(90));
      values.put(Gauge.FLAGS_LAG, 80 + 1900 * load * load + random.nextInt(200));
    }
    return values;
  }

  private Measured measured(Map<String, List<String>> thresholds, long lost) {
    long planned = all.stream().mapToLong(Second::planned).sum();
    long answered = all.stream().mapToLong(Second::answered).sum();
    long accepted = all.stream().mapToLong(Second::accepted).sum();
    long failed = all.stream().mapToLong(Second::failed).sum();
    return new Measured(
        new Run(
            "morning-peak",
            7,
            "a gateway of its own",
            Instant.parse("2026-11-21T00:30:00Z"),
            seconds - 0.4,
            0,
            1,
            List.of(new Machine("AMD EPYC 9B14", 4, 15_990, "Linux 6.1.0", "25.0.1+8-LTS")),
            Map.of("speed", "30", "classes", "410", "durability", "on", "connections", "256")),
        new Work(
            planned,
            planned,
            answered,
            accepted,
            planned / 40,
            failed,
            planned / 900,
            0,
            latencies,
            errors),
        new Work(40_000, 40_000, 40_000, 39_400, 600, 0, 0, 0, batches(), Map.of()),
        all,
        usage,
        faults,
        List.of(),
        Runs.thresholds(new TreeMap<>(thresholds)),
        checks(accepted, lost));
  }

  private static Latencies batches() {
    return Runs.latencies(610, 720, 850, 1_020, 1_340, 1_900, 2_210, 2_900);
  }

  private static List<Check> checks(long accepted, long lost) {
    List<String> examples =
        lost == 0
            ? List.of()
            : List.of(
                "lane 12, at 00:15:03: receipt 4f1c… of class/CN2M5X is in no journal row",
                "lane 40, at 00:15:03: receipt 99ab… of class/CN7Q0K is in no journal row");
    return List.of(
        new Check(
            "C1",
            "every acknowledged receipt is in the journal, once (确认即入账)",
            accepted,
            lost,
            examples),
        new Check("C2", "nothing refused is in the journal (拒绝即未入账)", 0, 0, List.of()),
        new Check("C3", "every unknown outcome was settled", 322, 0, List.of()),
        new Check("C4", "each class's chain of receipts has no gap", 410, 0, List.of()),
        new Check("C8", "each device counter at most once", accepted + 39_400, 0, List.of()),
        new Check("C9", "receipts follow each other as the scans did", accepted, 0, List.of()),
        new Check("C10", "every signature is valid", accepted + 39_400, 0, List.of()));
  }

  /** A ramp whose last step was not sustained. */
  static Measured ramp() {
    Measured run = new SyntheticRuns(9, 200, 1_400, List.of()).measured(Map.of(), 0);
    return new Measured(
        run.run(),
        run.scans(),
        Work.none(),
        run.seconds(),
        run.usage(),
        List.of(),
        List.of(
            new Step(500, 499.2, 9.1, 0, true),
            new Step(1_000, 998.7, 14.4, 0, true),
            new Step(1_500, 1_402.5, 812, 0.012, false)),
        Thresholds.none(),
        List.of());
  }
}
