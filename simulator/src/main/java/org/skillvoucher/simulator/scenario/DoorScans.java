package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.gateway.ConcurrentCalls;
import org.skillvoucher.simulator.gateway.HttpAnswer;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.scenario.Plan.Sort;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.scenario.Scenario.Action;
import org.skillvoucher.simulator.scenario.ScenarioEnvironment.ClassOnFile;

/** Devices that sign a statement of each tap and, when online, send it immediately. */
final class DoorScans {
  private static final long WRONG_BY_MILLIS = 15 * 60_000L;
  private static final Duration APART_MAX = Duration.ofSeconds(30);

  private final ScenarioEnvironment environment;
  private final List<Kiosk> kiosks;
  private final List<ClassOnFile> classes;

  DoorScans(ScenarioEnvironment environment, List<Kiosk> kiosks, List<ClassOnFile> classes) {
    this.environment = environment;
    this.kiosks = kiosks;
    this.classes = classes;
  }

  /** Offline: the device signs a statement, stores it, and goes on. */
  void state(Tap tap) {
    Kiosk kiosk = kiosks.get(tap.device());
    long off = tap.sort() == Sort.WRONG_CLOCK ? WRONG_BY_MILLIS : 0;
    Statement statement = kiosk.device().sign(deviceTap(tap, tap.at().plusMillis(off)), -off);
    kiosk.device().advance(statement);
    kiosk.add(tap);
    environment.answers().of(tap).made(statement);
  }

  private Device.Tap deviceTap(Tap tap, Instant at) {
    return new Device.Tap(
        classes.get(tap.classNumber()).id(),
        environment.plan().lesson(tap).id().value(),
        tap.act(),
        Presented.card(environment.plan().people().get(tap.person()), tap.salt()),
        at);
  }

  /**
   * Online: all devices at once, each one person after the other, and each request that many times
   * concurrently. Devices stay within APART_MAX of each other, because the business clock only
   * moves forward and a tap behind it would be refused as old.
   */
  void scan(List<Tap> taps, Action.Scan scan) {
    int from = 0;
    while (from < taps.size()) {
      Instant until = taps.get(from).at().plus(APART_MAX);
      int to = from;
      while (to < taps.size() && taps.get(to).at().isBefore(until)) {
        to++;
      }
      together(taps.subList(from, to), scan);
      from = to;
    }
  }

  private void together(List<Tap> taps, Action.Scan scan) {
    ConcurrentCalls.together(
        kiosks,
        kiosk -> {
          taps.stream()
              .filter(tap -> tap.device() == kiosk.number())
              .forEach(tap -> scan(kiosk, tap, scan));
          return kiosk;
        });
  }

  private void scan(Kiosk kiosk, Tap tap, Action.Scan scan) {
    environment.clock().advanceTo(tap.at());
    Statement statement = kiosk.device().sign(deviceTap(tap, tap.at()));
    AnswerLog.Entry entry = environment.answers().of(tap);
    entry.made(statement);
    String key = environment.gateway().newKey();
    List<HttpCall> calls = new ArrayList<>();
    for (int copy = 0; copy < scan.copies(); copy++) {
      calls.add(call(kiosk, statement, scan.ownKeys() ? environment.gateway().newKey() : key));
    }
    ConcurrentCalls.together(
        IntStream.range(0, calls.size()).boxed().toList(),
        copy -> {
          answered(entry, statement, environment.gateway().http().send(calls.get(copy)));
          return copy;
        });
    if (entry.isRecorded()) {
      kiosk.device().advance(statement);
      kiosk.add(tap);
    }
  }

  private HttpCall call(Kiosk kiosk, Statement statement, String key) {
    return new HttpCall(
        "POST",
        URI.create(
            environment.gateway().ready().api() + "/v1/classes/" + statement.classId() + "/scans"),
        Map.of(
            "Content-Type",
            "application/json",
            "Authorization",
            "Bearer " + kiosk.token(),
            "Idempotency-Key",
            key),
        statement.json().getBytes(UTF_8));
  }

  /**
   * A receipt with this statement's hash is its own; any other means that it repeats an earlier
   * tap.
   */
  private static void answered(AnswerLog.Entry entry, Statement statement, HttpAnswer answer) {
    if (answer.status() != 200 && answer.status() != 201) {
      entry.answered("refused " + answer.code(), Optional.empty());
      return;
    }
    JsonNode body = answer.json();
    boolean own = body.path("payload").path("dh").asText().equals(statement.hash());
    String outcome = own ? (answer.status() == 201 ? "attended" : "replayed") : "repeated";
    entry.answered(outcome, Optional.ofNullable(body.path("receipt").textValue()));
  }
}
