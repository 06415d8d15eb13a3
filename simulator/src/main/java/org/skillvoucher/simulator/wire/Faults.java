package org.skillvoucher.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Faults ordered for the next calls of an operation, in the order they were ordered. */
public final class Faults {
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
    Queue<Mode> queue = ordered.get(operation);
    return queue == null ? Optional.empty() : Optional.ofNullable(queue.poll());
  }

  /** The route {@code POST /control/faults}, for these operations. */
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
          order(operation, mode(Json.text(body, "mode")), body.path("times").asInt(1));
          return Reply.json(200, Json.object().put("ordered", true));
        });
  }

  private static Mode mode(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "timeout" -> Mode.TIMEOUT;
      case "503" -> Mode.UNAVAILABLE;
      case "throttle" -> Mode.THROTTLE;
      default -> throw new BadRequest(422, "invalid_field", "mode: timeout, 503 or throttle");
    };
  }
}
