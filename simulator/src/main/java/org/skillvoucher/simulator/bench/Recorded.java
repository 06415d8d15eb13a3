package org.skillvoucher.simulator.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * A recording of a gateway by the JVM's own flight recorder: what its threads did with the
 * processor. Where the system cannot count processor time by thread, which only Linux can, samples
 * of running threads stand for it; these are shares only.
 *
 * @param stages how much processor time went into each, of the threads that were sampled
 */
record Recorded(Map<Stage, Duration> stages) {
  private static final String BY_CPU_TIME = "jdk.CPUTimeSample";
  private static final String BY_CLOCK = "jdk.ExecutionSample";
  private static final Duration CLOCK_PERIOD = Duration.ofMillis(10);

  /** The JVM's options that make a recording, which is written when it ends. */
  static List<String> options(Path file) {
    return List.of(
        "-XX:FlightRecorderOptions:stackdepth=256",
        "-XX:StartFlightRecording:settings=none,"
            + BY_CPU_TIME
            + "#enabled=true,"
            + BY_CPU_TIME
            + "#throttle=10ms,"
            + BY_CLOCK
            + "#enabled=true,"
            + BY_CLOCK
            + "#period="
            + CLOCK_PERIOD.toMillis()
            + "ms,filename="
            + file);
  }

  /** What was recorded from one moment to another. */
  static Recorded read(Path file, Instant from, Instant to) throws IOException {
    Map<Stage, Duration> byCpuTime = new EnumMap<>(Stage.class);
    Map<Stage, Duration> byClock = new EnumMap<>(Stage.class);
    try (var recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        if (event.getStartTime().isBefore(from) || !event.getStartTime().isBefore(to)) {
          continue;
        }
        if (event.getEventType().getName().equals(BY_CPU_TIME)) {
          byCpuTime.merge(stage(event), event.getDuration("samplingPeriod"), Duration::plus);
        } else if (event.getEventType().getName().equals(BY_CLOCK)) {
          byClock.merge(stage(event), CLOCK_PERIOD, Duration::plus);
        }
      }
    }
    return new Recorded(byCpuTime.isEmpty() ? byClock : byCpuTime);
  }

  Duration all() {
    return stages.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  private static Stage stage(RecordedEvent event) {
    return Stage.of(
        Optional.ofNullable(event.getStackTrace()).map(RecordedStackTrace::getFrames).stream()
            .flatMap(List::stream)
            .map(Recorded::text)
            .toList());
  }

  private static String text(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
