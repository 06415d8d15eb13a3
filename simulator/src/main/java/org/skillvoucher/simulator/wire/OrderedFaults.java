package org.skillvoucher.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;

/** Faults ordered for the next calls of an operation, in the order they were ordered. */
public final class OrderedFaults {
  private static final int TIMES_MAX = 1_000;

  /** How a call goes wrong. */
  public enum Mode {
    /** The work is done, the answer never comes. */
    TIMEOUT,
    /** Out of service for the moment. */
    UNAVAILABLE,
    /** Too many calls. */
    THROTTLE
  }

  private final Map<String, Queue<Mode>> ordered = new HashMap<>();
  private final Map<String, Long> downUntilNanos = new HashMap<>();
  private final Map<String, Slowness> slowness = new HashMap<>();

  /** The percentage of calls that take that much longer. */
  private record Slowness(long delayMillis, int percent) {}

  public synchronized void order(String operation, Mode mode, int times) {
    Queue<Mode> queue = ordered.computeIfAbsent(operation, name -> new ArrayDeque<>());
    if (times < 1 || queue.size() + times > TIMES_MAX) {
      throw new BadRequest(400, "invalid_field", "times must be 1 to " + TIMES_MAX);
    }
    for (int i = 0; i < times; i++) {
      queue.add(mode);
    }
  }

  /** The fault of this call, which is then used up. */
  public synchronized Optional<Mode> next(String operation) {
    Long until = downUntilNanos.get(operation);
    if (until != null && System.nanoTime() - until < 0) {
      return Optional.of(Mode.UNAVAILABLE);
    }
    Queue<Mode> queue = ordered.get(operation);
    return queue == null ? Optional.empty() : Optional.ofNullable(queue.poll());
  }

  /** How many milliseconds this call is to take longer. */
  public synchronized long delayMillis(String operation) {
    Slowness slow = slowness.get(operation);
    return slow != null && ThreadLocalRandom.current().nextInt(100) < slow.percent()
        ? slow.delayMillis()
        : 0;
  }

  /** Out of service for that long from now on. */
  private synchronized void down(String operation, long millis) {
    downUntilNanos.put(operation, System.nanoTime() + millis * 1_000_000);
  }

  private synchronized void slow(String operation, long delayMillis, int percent) {
    slowness.put(operation, new Slowness(delayMillis, percent));
  }

  /**
   * The route {@code POST /control/faults}, for these operations: a {@code mode} for a number of
   * {@code times}, {@code down} for {@code millis}, or {@code slow} by {@code millis} for a {@code
   * percent} of all calls from now on.
   */
  public StubServer.Route route(String... operations) {
    return new StubServer.Route(
        "POST",
        "/control/faults",
        request -> {
          JsonNode body = Json.read(request.body());
          String operation = Json.text(body, "operation");
          if (!List.of(operations).contains(operation)) {
            throw new BadRequest(
                422, "invalid_field", "operation must be " + String.join(" or ", operations));
          }
          String mode = Json.text(body, "mode");
          switch (mode) {
            case "down" -> down(operation, body.path("millis").asLong());
            case "slow" ->
                slow(operation, body.path("millis").asLong(), body.path("percent").asInt(100));
            default -> order(operation, mode(mode), body.path("times").asInt(1));
          }
          return StubReply.json(200, Json.object().put("ordered", true));
        });
  }

  private static Mode mode(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "timeout" -> Mode.TIMEOUT;
      case "503" -> Mode.UNAVAILABLE;
      case "throttle" -> Mode.THROTTLE;
      default ->
          throw new BadRequest(422, "invalid_field", "mode: timeout, 503, throttle, down or slow");
    };
  }
}
