package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.Polling;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.wire.Json;

/** Classes that are closed (结班) during a load, so that their evidence is delivered downstream. */
final class ClassClosings {
  private static final Duration DELIVERED_MAX = Duration.ofSeconds(60);

  private final GatewayClient gateway;
  private final List<String> classes;
  private final AtomicInteger closed = new AtomicInteger();

  ClassClosings(GatewayClient gateway, List<String> classes) {
    this.gateway = gateway;
    this.classes = List.copyOf(classes);
  }

  int size() {
    return classes.size();
  }

  void close(int number) {
    gateway.act(Role.INSTITUTION, "/v1/classes/" + classes.get(number) + "/closing", Json.object());
    closed.incrementAndGet();
  }

  /** Waits for the evidence of all closed classes; at most once each may have been accepted. */
  List<Check> delivered(String downstream) {
    if (classes.isEmpty()) {
      return List.of();
    }
    long arrived =
        Polling.until(DELIVERED_MAX, () -> accepted(downstream), count -> count == classes.size());
    return List.of(
        new Check(
            "E1",
            "evidence of every class that was closed arrived downstream, each once (证据送达)",
            classes.size(),
            classes.size() - arrived,
            List.of(closed.get() + " closed, " + arrived + " arrived")));
  }

  private long accepted(String downstream) {
    return StreamSupport.stream(
            GatewayClient.must(
                    "the evidence received downstream",
                    gateway.http().send(HttpCall.get(downstream + "/control/received")))
                .path("items")
                .spliterator(),
            false)
        .filter(item -> item.path("accepted").asBoolean())
        .count();
  }
}
