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

/** What goes on beside the doors: lines come back, classes end, other systems have bad days. */
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
   * Begins.
   *
   * @param lasts how long people come
   */
  void begin(LoadWorker.Course course, Duration lasts) {
    beside.platform().ifPresent(this::slow);
    beside.downstream().ifPresent(outage -> later(course, outage.at(), () -> down(outage)));
    beside
        .offline()
        .ifPresent(
            sites ->
                IntStream.range(0, offline.size())
                    .forEach(
                        number -> later(course, sites.at(), () -> offline.send(number, course))));
    for (int number = 0; number < closings.size(); number++) {
      int which = number;
      Duration at = lasts.multipliedBy(number + 1L).dividedBy(closings.size() + 1L);
      later(course, at, () -> closings.close(which));
    }
  }

  /** Something that may take its time. */
  private interface Action {
    void act() throws InterruptedException;
  }

  private void later(LoadWorker.Course course, Duration at, Action deed) {
    var unused =
        threads.submit(
            () -> {
              long due = course.time().startNanos() + at.toNanos();
              TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
              deed.act();
              return at;
            });
  }

  private void slow(SlowPlatform slow) {
    platform.ifPresent(
        address ->
            order(
                address,
                Json.object()
                    .put("operation", "verifyCard")
                    .put("mode", "slow")
                    .put("millis", slow.delay().toMillis())
                    .put("percent", slow.percent())));
  }

  private void down(Outage outage) {
    downstream.ifPresent(
        address ->
            order(
                address,
                Json.object()
                    .put("operation", "evidence")
                    .put("mode", "down")
                    .put("millis", outage.lasts().toMillis())));
  }

  private void order(String stub, ObjectNode fault) {
    GatewayClient.must(
        "ordering a fault", http.send(HttpCall.post(stub + "/control/faults", fault)));
  }

  /** Waits until all of it is done. */
  @Override
  public void close() {
    threads.close();
  }
}
