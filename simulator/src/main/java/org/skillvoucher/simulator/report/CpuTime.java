package org.skillvoucher.simulator.report;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** CPU time of a set of processes between two samples; a process that ends in between is missed. */
final class CpuTime {
  private Map<ProcessHandle, Duration> last = Map.of();
  private boolean sampled;

  /** The process and its descendants. */
  static Stream<ProcessHandle> family(Optional<ProcessHandle> root) {
    return root.stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
  }

  /** CPU time since the last call; empty at the first one, and while there is no process. */
  Optional<Duration> since(Stream<ProcessHandle> processes) {
    Map<ProcessHandle, Duration> now = new HashMap<>();
    processes.forEach(
        process -> process.info().totalCpuDuration().ifPresent(taken -> now.put(process, taken)));
    Duration sum = Duration.ZERO;
    for (var process : now.entrySet()) {
      Duration before = last.getOrDefault(process.getKey(), Duration.ZERO);
      sum = sum.plus(process.getValue().minus(before));
    }
    boolean known = sampled && !now.isEmpty();
    last = now;
    sampled = true;
    return known ? Optional.of(sum) : Optional.empty();
  }
}
