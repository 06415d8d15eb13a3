package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.desk.MadeUpPeople;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.history.HistoryEntry;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.wire.Json;

/** People, devices, classes and answers for tests of loads. */
final class TestLoad {
  static final Instant START = Instant.parse("2026-03-02T00:10:00Z");
  static final List<Card> PEOPLE = MadeUpPeople.make(50, "990000", new SplittableRandom(1));

  final List<HistoryEntry> history = Collections.synchronizedList(new ArrayList<>());
  final List<Long> acknowledgedNanos = Collections.synchronizedList(new ArrayList<>());
  final LoadCounters counters = new LoadCounters();

  RunContext context(long startNanos, int speed, Duration patience) {
    return new RunContext(
        new BusinessTime(START, startNanos, speed),
        counters,
        patience,
        history::add,
        acknowledgedNanos::add);
  }

  long entries(HistoryEntry.Type type) {
    return history.stream().filter(entry -> entry.type() == type).count();
  }

  static DeviceSession.Classroom classroom(String id, long tapMillisMin) {
    return new DeviceSession.Classroom(
        id,
        (arrival, at, salt) ->
            new Device.Tap(
                id,
                "L" + arrival.lesson(),
                arrival.act(),
                Presented.card(PEOPLE.get(arrival.person()), salt),
                at),
        tapMillisMin);
  }

  static DeviceDesk.Enrolled device(int number) {
    return new DeviceDesk.Enrolled(
        new Device("D" + number + "-1", DeviceKey.of(DeviceSuite.ED25519, "d" + number), 1),
        "token-" + number);
  }

  static Arrival in(long micros, int person) {
    return new Arrival(micros, 0, 0, Act.IN, person, false);
  }

  static Arrival out(long micros, int person) {
    return new Arrival(micros, 0, 0, Act.OUT, person, false);
  }

  static StatementReply receipt(int status, String statementHash) {
    return StatementReply.of(
        status,
        ("{\"receipt\":\"cmVjZWlwdA\",\"payload\":{\"dh\":\"" + statementHash + "\"}}")
            .getBytes(UTF_8),
        0);
  }

  static StatementReply problem(int status, String code, int retryAfterSeconds) {
    return StatementReply.of(
        status, ("{\"code\":\"" + code + "\"}").getBytes(UTF_8), retryAfterSeconds);
  }

  static StatementReply batchItem(String outcome) {
    return StatementReply.of(
        200, ("{\"items\":[{\"outcome\":\"" + outcome + "\"}]}").getBytes(UTF_8), 0);
  }

  /** The signed members of a statement, in the body of a scan. */
  static JsonNode members(byte[] body) {
    return Json.read(body).path("statement");
  }
}
