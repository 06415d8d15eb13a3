package org.skillvoucher.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.device.DeviceKey;

/**
 * Makes requests for the first time and keeps them with their answers, group by group. Needed for a
 * recording only: a replay reads the files.
 */
final class RecordedStory {
  static final Instant FILED = Instant.parse("2026-03-01T01:00:00Z");
  static final Instant LESSON = Instant.parse("2026-03-02T01:00:00Z");
  static final String JSON_TYPE = "application/json";

  /** How long the read side must say the same before it is taken to have followed. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RecordedClient client;
  private final RecordedPlaceholders placeholders;
  private final Map<String, List<RecordedExchange>> groups = new LinkedHashMap<>();
  private final Map<String, Device> devices = new LinkedHashMap<>();
  private List<RecordedExchange> group = new ArrayList<>();
  private Instant now = FILED;
  private int keys;

  RecordedStory(RecordedClient client, RecordedPlaceholders placeholders) {
    this.client = client;
    this.placeholders = placeholders;
  }

  /** A device that is enrolled. */
  record Device(String label, TestDevice device, DeviceKey key) {
    String as() {
      return label + " " + device.token();
    }

    String name() {
      return device.name();
    }

    String id() {
      return name().substring(0, name().lastIndexOf('-'));
    }
  }

  void group(String name) {
    group = new ArrayList<>();
    groups.put(name, group);
  }

  Map<String, List<RecordedExchange>> groups() {
    return groups;
  }

  void now(Instant at) {
    now = at;
  }

  Instant now() {
    return now;
  }

  Request get(String title, String as, String path) {
    return new Request(title, as, "GET", path);
  }

  /** With a key that was not used before. */
  Request post(String title, String as, String path) {
    return new Request(title, as, "POST", path).header("Idempotency-Key", "key-" + ++keys);
  }

  Request with(String method, String title, String as, String path) {
    return new Request(title, as, method, path);
  }

  /** One request to be. */
  final class Request {
    private final String title;
    private final String as;
    private final String first;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final List<String> body = new ArrayList<>();

    Request(String title, String as, String method, String path) {
      this.title = title;
      this.as = as;
      first = "> " + method + " " + placeholders.hide(path);
    }

    Request header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Request key(String key) {
      return header("Idempotency-Key", key);
    }

    Request withoutKey() {
      headers.remove("Idempotency-Key");
      return this;
    }

    Request inChinese() {
      return header("Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5");
    }

    Request accept(String types) {
      return header("Accept", types);
    }

    /** JSON with single quotes for double ones. */
    Request jsonOf(String json) {
      return text(JSON_TYPE, json.replace('\'', '"'));
    }

    Request text(String type, String text) {
      body.clear();
      body.add(RecordedExchange.BODY + RecordedExchange.escaped(text));
      return header("Content-Type", type);
    }

    Request bytes(String type, byte[] bytes) {
      body.clear();
      body.add(RecordedExchange.BASE64 + Base64.getEncoder().encodeToString(bytes));
      return header("Content-Type", type);
    }

    private RecordedExchange exchange(boolean awaited) {
      List<String> lines = new ArrayList<>(List.of(first));
      headers.forEach((name, value) -> lines.add("> " + name + ": " + value));
      lines.addAll(body);
      return new RecordedExchange(title, now, as, awaited, lines, List.of());
    }

    /** Sends it and keeps the answer, which must have this status. */
    JsonNode is(int status) throws Exception {
      RecordedExchange exchange = exchange(false);
      List<String> answer = client.send(exchange);
      group.add(exchange.answered(answer));
      if (!answer.getFirst().equals("< " + status)) {
        throw new AssertionError(exchange.answered(answer).text());
      }
      return json(answer);
    }

    /** Sends it until the answer is as wanted. */
    JsonNode until(Predicate<JsonNode> wanted) throws Exception {
      RecordedExchange exchange = exchange(true);
      List<String> answer = client.send(exchange);
      long begin = System.nanoTime();
      while (!wanted.test(json(answer))) {
        if (System.nanoTime() - begin > PATIENCE.toNanos()) {
          throw new AssertionError(exchange.answered(answer).text());
        }
        LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        answer = client.send(exchange);
      }
      group.add(exchange.answered(answer));
      return json(answer);
    }

    /** Sends it until the answer stays the same, because the read side has followed. */
    JsonNode settles() throws Exception {
      RecordedExchange exchange = exchange(true);
      List<String> answer = client.send(exchange);
      long since = System.nanoTime();
      while (System.nanoTime() - since < SETTLED.toNanos()) {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        List<String> next = client.send(exchange);
        if (!next.equals(answer)) {
          since = System.nanoTime();
        }
        answer = next;
      }
      group.add(exchange.answered(answer));
      return json(answer);
    }

    private JsonNode json(List<String> answer) throws IOException {
      boolean isJson = answer.stream().anyMatch(line -> line.matches("(?i)< content-type: .*json"));
      return isJson ? client.lastJson() : MissingNode.getInstance();
    }
  }

  /** Invites and enrols a device. */
  Device enrolled(String label, DeviceSuite suite, String as, String school, String place)
      throws Exception {
    String[] siteAndRoom = place.split("/", -1);
    JsonNode invited =
        post("a device is invited: " + label, as, "/v1/institutions/" + school + "/devices")
            .jsonOf(
                "{'siteId':'%s','roomId':'%s','name':'%s'}"
                    .formatted(siteAndRoom[0], siteAndRoom[1], label))
            .is(201);
    return enrolled(label, suite, invited);
  }

  Device enrolled(String label, DeviceSuite suite, JsonNode invited) throws Exception {
    DeviceKey key = DeviceKey.of(suite, label);
    JsonNode enrolled =
        post(
                "the device enrols with its code: " + label,
                "code " + invited.path("enrolmentCode").asText(),
                "/v1/enrolments")
            .jsonOf(
                "{'device':'%s','publicKey':'%s'}"
                    .formatted(invited.path("device").asText(), key.publicKey()))
            .is(201);
    var device =
        new TestDevice(enrolled.path("device").asText(), key, enrolled.path("token").asText());
    Device found = new Device(label, device, key);
    devices.put(label, found);
    return found;
  }

  /** Goes on with the devices of another story, on another node. */
  void take(RecordedStory before) {
    devices.putAll(before.devices);
    keys = 10_000;
  }

  Device device(String label) {
    return Objects.requireNonNull(devices.get(label), label);
  }

  /** A card's tap now. */
  TestDevice.Tap tap(Device device, Trainee who, String classId, String lesson, Act act) {
    return device.device().tap(who, new TestDevice.Place(classId, lesson, act, now));
  }

  /** What was shown, now. */
  TestDevice.Tap tap(Device device, Map<String, Object> shown, String classId, String lesson) {
    return device.device().tap(shown, new TestDevice.Place(classId, lesson, Act.IN, now));
  }

  Request scan(String title, Device device, TestDevice.Tap tap) {
    return post(title, device.as(), "/v1/classes/" + tap.classId() + "/scans")
        .text(JSON_TYPE, tap.body());
  }

  /** A scan with a receipt, after which the device goes on. */
  JsonNode kept(String title, Device device, TestDevice.Tap tap) throws Exception {
    JsonNode answer = scan(title, device, tap).is(201);
    device.device().movedOn(tap);
    now = now.plusSeconds(2);
    return answer;
  }

  Request batch(String title, Device device, List<TestDevice.Tap> taps) {
    return post(title, device.as(), "/v1/statement-batches")
        .text(
            JSON_TYPE,
            "{\"items\":["
                + String.join(",", taps.stream().map(TestDevice.Tap::body).toList())
                + "]}");
  }

  /** The device hears what time it is. */
  void beacon(Device device) throws Exception {
    JsonNode heard =
        get(
                "a device hears the time: " + device.label(),
                device.as(),
                "/v1/beacons?device=%s&epoch=%d".formatted(device.name(), device.device().epoch()))
            .is(200);
    device.device().receivedBeacon(heard.path("beacon").asText(), now);
  }
}
