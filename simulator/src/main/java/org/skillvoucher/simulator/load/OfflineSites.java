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
import org.skillvoucher.simulator.history.Entry;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.report.Latencies;
import org.skillvoucher.simulator.report.Measured.Work;

/** Sites that had no line for a day, and send all their statements (离线批次) at once. */
final class OfflineSites {
  private static final int ROUNDS_MAX = 60;
  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final int DIGITS = 2;

  /** Their lanes in the history come after those of all doors. */
  private static final int CLIENTS_FROM = 1_000_000;

  private final RetryingHttpClient http;
  private final String api;
  private final List<Site> sites;
  private final LongAdder sent = new LongAdder();
  private final LongAdder accepted = new LongAdder();
  private final LongAdder repeated = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final ConcurrentMap<String, LongAdder> errors = new ConcurrentHashMap<>();
  private final ConcurrentHistogram delays = new ConcurrentHistogram(DIGITS);

  /** One site's device with what it stated while it had no line. */
  record Site(int number, DeviceDesk.Enrolled device, List<Statement> statements) {
    Site {
      statements = List.copyOf(statements);
    }
  }

  OfflineSites(RetryingHttpClient http, String api, List<Site> sites) {
    this.http = http;
    this.api = api;
    this.sites = List.copyOf(sites);
  }

  /** One of the classes of a site. */
  record Taught(String id, List<Card> people) {
    Taught {
      people = List.copyOf(people);
    }
  }

  /**
   * What a device states of a day without a line: everybody in and out of each lesson, until there
   * are enough.
   */
  static List<Statement> statements(
      Device device, List<Taught> classes, List<Lesson> lessons, int count) {
    List<Statement> statements = new ArrayList<>();
    for (Taught taught : classes) {
      for (Lesson lesson : lessons) {
        int left = Math.min(taught.people().size() * 2, count - statements.size());
        state(device, taught, lesson, left, statements);
      }
    }
    return statements;
  }

  private static void state(
      Device device, Taught taught, Lesson lesson, int count, List<Statement> statements) {
    int people = taught.people().size();
    for (int i = 0; i < count; i++) {
      Act act = i < people ? Act.IN : Act.OUT;
      Instant at =
          act == Act.IN
              ? lesson.startsAt().minusSeconds(300).plusSeconds(2L * i)
              : lesson.endsAt().plusSeconds(2L * (i - people));
      Presented.Salt salt =
          Presented.Salt.of(lesson.startsAt().toEpochMilli(), taught.id().hashCode() * 31L + i);
      Statement statement =
          device.state(
              new Device.Tap(
                  taught.id(),
                  lesson.id().value(),
                  act,
                  Presented.card(taught.people().get(i % people), salt),
                  at));
      device.moveOn(statement);
      statements.add(statement);
    }
  }

  int size() {
    return sites.size();
  }

  /**
   * One site's line is back: sends until each statement has its answer.
   *
   * @param course in whose history it is kept
   */
  void send(int number, LoadWorker.Course course) throws InterruptedException {
    Site site = sites.get(number);
    long began = System.nanoTime();
    List<Statement> pending = site.statements();
    sent.add(pending.size());
    for (int round = 0; !pending.isEmpty() && round < ROUNDS_MAX; round++) {
      if (round > 0) {
        http.rest(PAUSE);
      }
      pending = once(site, pending, course, round);
    }
    failed.add(pending.size());
    delays.recordValue((System.nanoTime() - began) / 1_000);
  }

  private List<Statement> once(
      Site site, List<Statement> pending, LoadWorker.Course course, int round) {
    pending.forEach(
        statement ->
            course
                .history()
                .put(
                    Entry.invoke(
                        CLIENTS_FROM + site.number(),
                        micros(course),
                        statement.hash(),
                        statement.classId(),
                        site.device().device().name(),
                        statement.counter())));
    Map<Integer, JsonNode> items = new HashMap<>();
    int status = 0;
    try {
      HttpAnswer answer = http.once(call(site, pending, round));
      status = answer.status();
      if (answer.isSuccess()) {
        answer.json().path("items").forEach(item -> items.put(item.path("index").asInt(), item));
      } else {
        error(answer.code());
      }
    } catch (IOException e) {
      error("broken_off");
    }
    List<Statement> left = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      JsonNode item = items.getOrDefault(i, MissingNode.getInstance());
      if (!isSettled(site, pending.get(i), item, status, course)) {
        left.add(pending.get(i));
      }
    }
    return left;
  }

  private HttpCall call(Site site, List<Statement> pending, int round) {
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
            "batch-" + pending.getFirst().hash() + "-" + round),
        ("{\"items\":[" + items + "]}").getBytes(UTF_8));
  }

  private boolean isSettled(
      Site site, Statement statement, JsonNode item, int status, LoadWorker.Course course) {
    String outcome = item.path("outcome").asText("");
    Entry.Type type =
        switch (outcome) {
          case "attended", "replayed", "repeated" -> Entry.Type.OK;
          case "refused", "fork" -> Entry.Type.FAIL;
          default -> Entry.Type.INFO;
        };
    String receipt = type == Entry.Type.OK ? item.path("receipt").asText("") : "";
    course
        .history()
        .put(
            new Entry(
                CLIENTS_FROM + site.number(),
                micros(course),
                type,
                statement.hash(),
                statement.classId(),
                site.device().device().name(),
                statement.counter(),
                outcome.equals("attended") ? 201 : status,
                receipt.isEmpty() ? "" : Entry.sha(receipt),
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
    return type != Entry.Type.INFO;
  }

  private void error(String code) {
    errors.computeIfAbsent(code, any -> new LongAdder()).increment();
  }

  private static long micros(LoadWorker.Course course) {
    return Math.max(0, (System.nanoTime() - course.time().startNanos()) / 1_000);
  }

  /** What came of all sites. */
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
