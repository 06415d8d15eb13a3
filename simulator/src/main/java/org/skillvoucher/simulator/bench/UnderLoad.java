package org.skillvoucher.simulator.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skillvoucher.simulator.load.LoadOptions;
import org.skillvoucher.simulator.load.LoadRun;
import org.skillvoucher.simulator.load.LoadShare;
import org.skillvoucher.simulator.report.Measured;
import org.skillvoucher.simulator.report.MeasuredFile;
import org.skillvoucher.simulator.report.Outcome;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

/** Measures the whole gateway, in a process of its own, under generated load. */
final class UnderLoad {
  private static final int CLASSES_MIN = 50;
  private static final int SCANS_OF_CLASS = 1_000;
  private static final int DRAIN_SECONDS = 8;
  private static final List<Integer> STEPS = List.of(1_000, 2_000, 3_000, 4_000, 6_000, 8_000);

  // Latencies are not used here: arrivals that the simulator delivered late cost the same CPU time.
  private static final Set<Integer> VALID_EXIT_CODES =
      Set.of(Outcome.GOOD.exitCode(), Outcome.MISSED.exitCode(), Outcome.INVALID.exitCode());

  private final List<String> gatewayCommand;
  private final Path config;
  private final Screen screen;
  private final int warmUpSeconds;

  /**
   * Starts a gateway of its own for each load.
   *
   * @param gatewayCommand its arguments, the JVM first
   * @param warmUpSeconds not measured: until then the JIT compiler takes most of the CPU time
   */
  UnderLoad(List<String> gatewayCommand, Path config, Screen screen, int warmUpSeconds) {
    this.gatewayCommand = List.copyOf(gatewayCommand);
    this.config = config;
    this.screen = screen;
    this.warmUpSeconds = warmUpSeconds;
  }

  /** A load that could not be run, or whose result is invalid. */
  static final class LoadFailed extends Exception {
    private final int exitCode;

    LoadFailed(String message, int exitCode) {
      super(message);
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  /** CPU time per scan at an arrival rate. */
  CpuPerScan cpuPerScan(int rate, int seconds)
      throws IOException, InterruptedException, LoadFailed {
    Path recording = Files.createTempFile("vgw-bench-", ".jfr");
    try {
      var phase = new SteadyPhase(warmUpSeconds + seconds, rate);
      Measured run = run("paced", List.of(phase), FlightRecording.options(recording));
      var window = new MeasurementWindow(warmUpSeconds, phase.seconds());
      Instant started = run.run().started();
      FlightRecording recorded =
          FlightRecording.read(
              recording, started.plusSeconds(window.from()), started.plusSeconds(window.to()));
      return CpuPerScan.of(run, recorded, window);
    } finally {
      Files.deleteIfExists(recording);
    }
  }

  /**
   * Finds the peak by a ramp, and then measures, round by round on one gateway, what is accepted at
   * the peak's arrival rate and at twice the peak.
   *
   * @param stepSeconds length of a step, and of each half of a round
   */
  Overload overload(int stepSeconds, int rounds)
      throws IOException, InterruptedException, LoadFailed {
    List<SteadyPhase> steps =
        new ArrayList<>(List.of(new SteadyPhase(warmUpSeconds, STEPS.getFirst())));
    STEPS.forEach(rate -> steps.add(new SteadyPhase(stepSeconds, rate)));
    Measured ramp = run("peak", steps, List.of());
    Overload.PeakStep best = Overload.peakStep(ramp, warmUpSeconds, stepSeconds);
    int peak = (int) Math.round(best.accepted());
    List<SteadyPhase> phases = new ArrayList<>(List.of(new SteadyPhase(warmUpSeconds, peak / 2)));
    for (int round = 0; round < rounds; round++) {
      phases.add(new SteadyPhase(stepSeconds, STEPS.get(best.number())));
      phases.add(new SteadyPhase(stepSeconds, peak * 2));
      // The queues drain before the next round.
      phases.add(new SteadyPhase(DRAIN_SECONDS, peak / 10));
    }
    Measured run = run("overload", phases, List.of());
    List<Double> peaks = new ArrayList<>();
    List<Double> accepted = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long from = warmUpSeconds + (long) round * (2 * stepSeconds + DRAIN_SECONDS);
      long middle = from + stepSeconds;
      peaks.add(Overload.accepted(run, new MeasurementWindow(from + 1, middle)));
      accepted.add(Overload.accepted(run, new MeasurementWindow(middle + 1, middle + stepSeconds)));
    }
    return new Overload(
        2.0 * peak, peaks, accepted, Overload.stopped(ramp) + Overload.stopped(run));
  }

  /** A constant arrival rate, in arrivals per second. */
  record SteadyPhase(int seconds, int rate) {
    int arrivals() {
      return seconds * rate;
    }
  }

  private Measured run(String name, List<SteadyPhase> phases, List<String> jvmOptions)
      throws IOException, InterruptedException, LoadFailed {
    List<String> command = new ArrayList<>(gatewayCommand);
    command.addAll(1, jvmOptions);
    Path json = Files.createTempFile("vgw-bench-", ".json");
    try {
      LoadOptions options =
          new LoadOptions(
              new LoadOptions.OwnGateway(command, true),
              config,
              LoadShare.WHOLE,
              Optional.empty(),
              Optional.of(json),
              Optional.empty(),
              Optional.empty());
      int exit =
          LoadRun.of(
                  ScenarioText.read(name, scenario(name, phases)),
                  Optional.empty(),
                  options,
                  screen)
              .run();
      if (!VALID_EXIT_CODES.contains(exit)) {
        throw new LoadFailed("the load " + name + " ended with " + exit, exit);
      }
      return MeasuredFile.read(json);
    } catch (ScenarioInvalid e) {
      throw new LoadFailed(String.join("\n", e.faults()), 2);
    } catch (MeasuredFile.Unreadable e) {
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(json);
    }
  }

  /**
   * Short lessons at a fast business clock, so that few classes suffice for the arrivals; no
   * thresholds.
   */
  static String scenario(String name, List<SteadyPhase> phases) {
    int arrivals = phases.stream().mapToInt(SteadyPhase::arrivals).sum();
    String steps =
        phases.stream()
            .map(phase -> "    - {for: %ds, rate: %d}".formatted(phase.seconds(), phase.rate()))
            .collect(Collectors.joining("\n"));
    return """
        name: %s
        title: generated for the benchmark
        load:
          speed: 60
          starts: "08:05"
          connections: 256
          arrivals:
        %s
        classes:
          count: %d
          people: 60
          devices: 6
          lessons: {first: "08:30", count: 100, minutes: 3}
        """
        .formatted(name, steps, Math.max(CLASSES_MIN, arrivals / SCANS_OF_CLASS));
  }
}
