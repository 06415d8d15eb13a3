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
 * A recording of a gateway by the JVM's own flight recorder: what its threads and its garbage
 * collector did with the processor. Where the system cannot count processor time by thread, which
 * only Linux can, samples of running threads stand for it; these are shares only.
 *
 * @param stages how much processor time went into each, as far as it was recorded
 * @param exact whether it is processor time, and not only shares of it
 */
record FlightRecording(Map<CpuCategory, Duration> stages, boolean exact) {
  private static final String BY_CPU_TIME = "jdk.CPUTimeSample";
  private static final String BY_CLOCK = "jdk.ExecutionSample";
  private static final String COLLECTION = "jdk.GCCPUTime";
  private static final Duration PERIOD = Duration.ofMillis(10);

  /** The JVM's options that make a recording, which is written when it ends. */
  static List<String> options(Path file) {
    // The + because a recording that begins with no settings knows of none.
    String samples =
        System.getProperty("os.name").equals("Linux")
            ? "+%1$s#enabled=true,+%1$s#throttle=%2$dms".formatted(BY_CPU_TIME, PERIOD.toMillis())
            : "+%1$s#enabled=true,+%1$s#period=%2$dms".formatted(BY_CLOCK, PERIOD.toMillis());
    return List.of(
        "-Xlog:jfr+startup=error",
        "-XX:FlightRecorderOptions:stackdepth=256",
        "-XX:StartFlightRecording:settings=none,+%s#enabled=true,%s,filename=%s"
            .formatted(COLLECTION, samples, file));
  }

  /** What was recorded from one moment to another. */
  static FlightRecording read(Path file, Instant from, Instant to) throws IOException {
    Map<CpuCategory, Duration> stages = new EnumMap<>(CpuCategory.class);
    boolean exact = false;
    try (var recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        String type = event.getEventType().getName();
        boolean within = !event.getStartTime().isBefore(from) && event.getStartTime().isBefore(to);
        if (within && type.equals(BY_CPU_TIME)) {
          exact = true;
          stages.merge(stage(event), event.getDuration("samplingPeriod"), Duration::plus);
        } else if (within && type.equals(BY_CLOCK)) {
          stages.merge(stage(event), PERIOD, Duration::plus);
        } else if (within && type.equals(COLLECTION)) {
          stages.merge(CpuCategory.COLLECTOR, collection(event), Duration::plus);
        }
      }
    }
    return new FlightRecording(stages, exact);
  }

  Duration all() {
    return stages.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration collection(RecordedEvent event) {
    return event.getDuration("userTime").plus(event.getDuration("systemTime"));
  }

  private static CpuCategory stage(RecordedEvent event) {
    return CpuCategory.of(
        Optional.ofNullable(event.getStackTrace()).map(RecordedStackTrace::getFrames).stream()
            .flatMap(List::stream)
            .map(FlightRecording::text)
            .toList());
  }

  private static String text(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }
}
