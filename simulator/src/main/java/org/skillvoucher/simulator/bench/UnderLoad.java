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

/** The whole gateway in a process of its own, under a load by the capacity tester. */
final class UnderLoad {
  private static final int CLASSES_MIN = 50;
  private static final int SCANS_OF_A_CLASS = 1_000;
  private static final int REST_SECONDS = 8;
  private static final List<Integer> STEPS = List.of(1_000, 2_000, 3_000, 4_000, 6_000, 8_000);

  // Nothing is asked of delays here: arrivals that the simulator made late cost as much as others.
  private static final Set<Integer> MEASURED =
      Set.of(Outcome.GOOD.exitCode(), Outcome.MISSED.exitCode(), Outcome.INVALID.exitCode());

  private final List<String> gatewayCommand;
  private final Path config;
  private final Screen screen;
  private final int warmUpSeconds;

  /**
   * On a gateway of its own for each load.
   *
   * @param gatewayCommand an argument each, the JVM first
   * @param warmUpSeconds before anything is measured: until then the compiler works more than we do
   */
  UnderLoad(List<String> gatewayCommand, Path config, Screen screen, int warmUpSeconds) {
    this.gatewayCommand = List.copyOf(gatewayCommand);
    this.config = config;
    this.screen = screen;
    this.warmUpSeconds = warmUpSeconds;
  }

  /** A load that cannot be played, or that says nothing. */
  static final class Failed extends Exception {
    private final int exitCode;

    Failed(String message, int exitCode) {
      super(message);
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  /** Where the processor's time goes while so many scans come a second. */
  CpuPerScan cpuPerScan(int rate, int seconds) throws IOException, InterruptedException, Failed {
    Path recording = Files.createTempFile("vgw-bench-", ".jfr");
    try {
      var phase = new Phase(warmUpSeconds + seconds, rate);
      Measured run = play("paced", List.of(phase), FlightRecording.options(recording));
      var window = new Window(warmUpSeconds, phase.seconds());
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
   * The most that is accepted a second while more and more come, and then, round by round on one
   * gateway, what is accepted at that rate and while twice as many come as were accepted.
   *
   * @param stepSeconds of one step, and of each half of a round
   */
  Overload overload(int stepSeconds, int rounds) throws IOException, InterruptedException, Failed {
    List<Phase> steps = new ArrayList<>(List.of(new Phase(warmUpSeconds, STEPS.getFirst())));
    STEPS.forEach(rate -> steps.add(new Phase(stepSeconds, rate)));
    Measured alone = play("peak", steps, List.of());
    Overload.Best best = Overload.best(alone, warmUpSeconds, stepSeconds);
    int peak = (int) Math.round(best.accepted());
    List<Phase> phases = new ArrayList<>(List.of(new Phase(warmUpSeconds, peak / 2)));
    for (int round = 0; round < rounds; round++) {
      phases.add(new Phase(stepSeconds, STEPS.get(best.number())));
      phases.add(new Phase(stepSeconds, peak * 2));
      // Whoever waits at a door is served or gone before the next round.
      phases.add(new Phase(REST_SECONDS, peak / 10));
    }
    Measured run = play("overload", phases, List.of());
    List<Double> peaks = new ArrayList<>();
    List<Double> accepted = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long from = warmUpSeconds + (long) round * (2 * stepSeconds + REST_SECONDS);
      long then = from + stepSeconds;
      peaks.add(Overload.accepted(run, new Window(from + 1, then)));
      accepted.add(Overload.accepted(run, new Window(then + 1, then + stepSeconds)));
    }
    return new Overload(
        2.0 * peak, peaks, accepted, Overload.stopped(alone) + Overload.stopped(run));
  }

  /** So many scans a second for so long. */
  record Phase(int seconds, int rate) {
    int arrivals() {
      return seconds * rate;
    }
  }

  private Measured play(String name, List<Phase> phases, List<String> jvmOptions)
      throws IOException, InterruptedException, Failed {
    List<String> command = new ArrayList<>(gatewayCommand);
    command.addAll(1, jvmOptions);
    Path json = Files.createTempFile("vgw-bench-", ".json");
    try {
      LoadOptions options =
          new LoadOptions(
              new LoadOptions.Own(command, true),
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
      if (!MEASURED.contains(exit)) {
        throw new Failed("the load " + name + " ended with " + exit, exit);
      }
      return MeasuredFile.read(json);
    } catch (ScenarioInvalid e) {
      throw new Failed(String.join("\n", e.faults()), 2);
    } catch (MeasuredFile.Unreadable e) {
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(json);
    }
  }

  /**
   * Short lessons by a fast clock, so that few classes have enough to sign; no thresholds, for here
   * is only measured.
   */
  static String scenario(String name, List<Phase> phases) {
    int arrivals = phases.stream().mapToInt(Phase::arrivals).sum();
    String steps =
        phases.stream()
            .map(phase -> "    - {for: %ds, rate: %d}".formatted(phase.seconds(), phase.rate()))
            .collect(Collectors.joining("\n"));
    return """
        name: %s
        title: made up for the measurement
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
        .formatted(name, steps, Math.max(CLASSES_MIN, arrivals / SCANS_OF_A_CLASS));
  }
}
