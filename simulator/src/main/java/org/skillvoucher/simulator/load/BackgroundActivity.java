package org.skillvoucher.simulator.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.load.LoadScenario.Beside;
import org.skillvoucher.simulator.load.LoadScenario.Outage;
import org.skillvoucher.simulator.load.LoadScenario.SlowPlatform;
import org.skillvoucher.simulator.wire.Json;

/**
 * What happens beside the scans of a load: offline sites reconnect, classes close, the card
 * platform slows down, the downstream system is out of service.
 */
final class BackgroundActivity implements AutoCloseable {
  private final Beside beside;
  private final RetryingHttpClient http;
  private final Optional<String> platform;
  private final Optional<String> downstream;
  private final OfflineSites offline;
  private final ClassClosings closings;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  BackgroundActivity(
      Beside beside, Deployment deployment, OfflineSites offline, ClassClosings closings) {
    this.beside = beside;
    this.http = deployment.gateway().http();
    this.platform = deployment.platform();
    this.downstream = deployment.downstream();
    this.offline = offline;
    this.closings = closings;
  }

  /**
   * Schedules all of it.
   *
   * @param lasts how long arrivals last; the closings are spread evenly over it
   */
  void start(RunContext context, Duration lasts) {
    beside.platform().ifPresent(this::slowPlatform);
    beside
        .downstream()
        .ifPresent(outage -> schedule(context, outage.at(), () -> downstreamOutage(outage)));
    beside
        .offline()
        .ifPresent(
            sites ->
                IntStream.range(0, offline.size())
                    .forEach(
                        site -> schedule(context, sites.at(), () -> offline.send(site, context))));
    for (int number = 0; number < closings.size(); number++) {
      int closing = number;
      Duration at = lasts.multipliedBy(number + 1L).dividedBy(closings.size() + 1L);
      schedule(context, at, () -> closings.close(closing));
    }
  }

  /** Something that may block. */
  private interface Action {
    void run() throws InterruptedException;
  }

  private void schedule(RunContext context, Duration at, Action action) {
    var unused =
        threads.submit(
            () -> {
              long due = context.time().startNanos() + at.toNanos();
              TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
              action.run();
              return at;
            });
  }

  private void slowPlatform(SlowPlatform slow) {
    platform.ifPresent(
        address ->
            orderFault(
                address,
                Json.object()
                    .put("operation", "verifyCard")
                    .put("mode", "slow")
                    .put("millis", slow.delay().toMillis())
                    .put("percent", slow.percent())));
  }

  private void downstreamOutage(Outage outage) {
    downstream.ifPresent(
        address ->
            orderFault(
                address,
                Json.object()
                    .put("operation", "evidence")
                    .put("mode", "down")
                    .put("millis", outage.lasts().toMillis())));
  }

  private void orderFault(String stub, ObjectNode fault) {
    GatewayClient.must(
        "setting a fault of a stub", http.send(HttpCall.post(stub + "/control/faults", fault)));
  }

  /** Waits until all of it has happened. */
  @Override
  public void close() {
    threads.close();
  }
}
