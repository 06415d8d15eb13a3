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
 * CPU time of a gateway's threads and garbage collector by the JDK Flight Recorder. CPU-time
 * samples exist on Linux only; elsewhere samples of running threads are used, which yield shares
 * only.
 *
 * @param categories recorded CPU time of each
 * @param exact whether it is CPU time, and not only shares of it
 */
record FlightRecording(Map<CpuCategory, Duration> categories, boolean exact) {
  private static final String BY_CPU_TIME = "jdk.CPUTimeSample";
  private static final String BY_CLOCK = "jdk.ExecutionSample";
  private static final String COLLECTION = "jdk.GCCPUTime";
  private static final Duration PERIOD = Duration.ofMillis(10);

  /** JVM options for a recording, which is written at the JVM's exit. */
  static List<String> options(Path file) {
    // The + adds a setting; without it, settings=none leaves none to change.
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

  /** The samples from one moment (inclusive) to another (exclusive). */
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
          stages.merge(category(event), event.getDuration("samplingPeriod"), Duration::plus);
        } else if (within && type.equals(BY_CLOCK)) {
          stages.merge(category(event), PERIOD, Duration::plus);
        } else if (within && type.equals(COLLECTION)) {
          stages.merge(CpuCategory.COLLECTOR, collection(event), Duration::plus);
        }
      }
    }
    return new FlightRecording(stages, exact);
  }

  Duration all() {
    return categories.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration collection(RecordedEvent event) {
    return event.getDuration("userTime").plus(event.getDuration("systemTime"));
  }

  private static CpuCategory category(RecordedEvent event) {
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
