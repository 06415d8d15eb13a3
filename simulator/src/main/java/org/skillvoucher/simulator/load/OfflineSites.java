package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.history.HistoryEntry;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.report.Latencies;
import org.skillvoucher.simulator.report.Measured.Work;

/** Sites that were offline for a day and send all their statements (离线批次) at once. */
final class OfflineSites {
  private static final int ATTEMPTS_MAX = 60;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int DIGITS = 2;

  /** Their client numbers in the history follow those of all device sessions. */
  private static final int FIRST_CLIENT = 1_000_000;

  private final RetryingHttpClient http;
  private final String api;
  private final List<OfflineSite> sites;
  private final LongAdder sent = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ConcurrentMap<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final ConcurrentHistogram delays = new ConcurrentHistogram(DIGITS);

  /** The device of a site with what it signed while it was offline. */
  record OfflineSite(int number, DeviceDesk.Enrolled device, List<Statement> statements) {
    OfflineSite {
      statements = List.copyOf(statements);
    }
  }

  OfflineSites(RetryingHttpClient http, String api, List<OfflineSite> sites) {
    this.http = http;
    this.api = api;
    this.sites = List.copyOf(sites);
  }

  /** A class at an offline site. */
  record OfflineClass(String id, List<Card> people) {
    OfflineClass {
      people = List.copyOf(people);
    }
  }

  /**
   * The statements of a device that was offline for a day: each person in and out of each lesson,
   * until there are {@code count}.
   */
  static List<Statement> statements(
      Device device, List<OfflineClass> classes, List<Lesson> lessons, int count) {
    List<Statement> statements = new ArrayList<>();
    for (OfflineClass offlineClass : classes) {
      for (Lesson lesson : lessons) {
        int left = Math.min(offlineClass.people().size() * 2, count - statements.size());
        sign(device, offlineClass, lesson, left, statements);
      }
    }
    return statements;
  }

  private static void sign(
      Device device,
      OfflineClass offlineClass,
      Lesson lesson,
      int count,
      List<Statement> statements) {
    int people = offlineClass.people().size();
    for (int i = 0; i < count; i++) {
      Act act = i < people ? Act.IN : Act.OUT;
      Instant at =
          act == Act.IN
              ? lesson.startsAt().minusSeconds(300).plusSeconds(2L * i)
              : lesson.endsAt().plusSeconds(2L * (i - people));
      Presented.Salt salt =
          Presented.Salt.of(
              lesson.startsAt().toEpochMilli(), offlineClass.id().hashCode() * 31L + i);
      Statement statement =
          device.sign(
              new Device.Tap(
                  offlineClass.id(),
                  lesson.id().value(),
                  act,
                  Presented.card(offlineClass.people().get(i % people), salt),
                  at));
      device.advance(statement);
      statements.add(statement);
    }
  }

  int size() {
    return sites.size();
  }

  /** The site is online again: sends its batch until each statement has a final outcome. */
  void send(int number, RunContext context) throws InterruptedException {
    OfflineSite site = sites.get(number);
    long started = System.nanoTime();
    List<Statement> pending = site.statements();
    sent.add(pending.size());
    for (int attempt = 0; !pending.isEmpty() && attempt < ATTEMPTS_MAX; attempt++) {
      if (attempt > 0) {
        http.rest(PAUSE);
      }
      pending = sendOnce(site, pending, context, attempt);
    }
    failed.add(pending.size());
    delays.recordValue((System.nanoTime() - started) / 1_000);
  }

  private List<Statement> sendOnce(
      OfflineSite site, List<Statement> pending, RunContext context, int attempt) {
    pending.forEach(
        statement ->
            context
                .history()
                .put(
                    HistoryEntry.invoke(
                        FIRST_CLIENT + site.number(),
                        context.micros(System.nanoTime()),
                        statement.hash(),
                        statement.classId(),
                        site.device().device().name(),
                        statement.counter())));
    Map<Integer, JsonNode> items = new HashMap<>();
    int status = 0;
    try {
      HttpAnswer answer = http.once(call(site, pending, attempt));
      status = answer.status();
      if (answer.isSuccess()) {
        answer.json().path("items").forEach(item -> items.put(item.path("index").asInt(), item));
      } else {
        error(answer.code());
      }
    } catch (IOException e) {
      error("broken_off");
    }
    List<Statement> remaining = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      JsonNode item = items.getOrDefault(i, MissingNode.getInstance());
      if (!isFinal(site, pending.get(i), item, status, context)) {
        remaining.add(pending.get(i));
      }
    }
    return remaining;
  }

  private HttpCall call(OfflineSite site, List<Statement> pending, int attempt) {
    String items = String.join(",", pending.stream().map(Statement::json).toList());
    return new HttpCall(
        "POST",
        URI.create(api + "/v1/statement-batches"),
        Map.of(
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + site.device().token(),
            "Idempotency-Key",
            "batch-" + pending.getFirst().hash() + "-" + attempt),
        ("{\"items\":[" + items + "]}").getBytes(UTF_8));
  }

  private boolean isFinal(
      OfflineSite site, Statement statement, JsonNode item, int status, RunContext context) {
    String outcome = item.path("outcome").asText("");
    HistoryEntry.Type type =
        switch (outcome) {
          case "attended", "replayed", "repeated" -> HistoryEntry.Type.OK;
          case "refused", "fork" -> HistoryEntry.Type.FAIL;
          default -> HistoryEntry.Type.INFO;
        };
    String receipt = type == HistoryEntry.Type.OK ? item.path("receipt").asText("") : "";
    context
        .history()
        .put(
            new HistoryEntry(
                FIRST_CLIENT + site.number(),
                context.micros(System.nanoTime()),
                type,
                statement.hash(),
                statement.classId(),
                site.device().device().name(),
                statement.counter(),
                outcome.equals("attended") ? 201 : status,
                receipt.isEmpty() ? "" : HistoryEntry.sha(receipt),
                receipt));
    switch (outcome) {
      case "attended", "replayed" -> accepted.increment();
      case "repeated" -> repeated.increment();
      case "refused", "fork" -> {
        failed.increment();
        error(item.path("code").asText(outcome));
      }
      case "" -> {}
      default -> error(item.path("code").asText(outcome));
    }
    return type != HistoryEntry.Type.INFO;
  }

  private void error(String code) {
    errors.computeIfAbsent(code, any -> new LongAdder()).increment();
  }

  /** The counts of all sites. */
  Work work() {
    Map<String, Long> codes = new HashMap<>();
    errors.forEach((code, count) -> codes.put(code, count.sum()));
    long planned = sites.stream().mapToLong(site -> site.statements().size()).sum();
    return new Work(
        planned,
        sent.sum(),
        accepted.sum() + repeated.sum() + failed.sum(),
        accepted.sum(),
        repeated.sum(),
        failed.sum(),
        0,
        planned - sent.sum(),
        Latencies.of(delays),
        codes);
  }
}
