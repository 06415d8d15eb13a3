package org.skillvoucher.simulator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.DeviceDesk;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;
import org.skillvoucher.simulator.wire.StubServer.Route;

/**
 * The demo's environment around one server, which is gateway, clock, card platform and downstream
 * system, and answers as a test orders. Each role's token is the role's name.
 */
final class StubbedDemo implements AutoCloseable {
  static final Path CONFIG = Path.of(System.getProperty("vgw.config", "../config"));
  static final String CLASS_PATH = "/v1/classes/C1";
  static final Sample SAMPLE = sample();

  final DemoEnvironment environment;
  private final List<StubRequest> received = Collections.synchronizedList(new ArrayList<>());
  private final List<Duration> rests = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
  private final RetryingHttpClient http = new RetryingHttpClient(rests::add);
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final StubServer server;

  StubbedDemo(Route... routes) {
    Stream<Route> beside =
        Stream.of(
            new Route("GET", "/dev/clock", request -> clock()),
            new Route("POST", "/dev/clock", this::advance),
            route("POST", "/control/faults", Json.object()),
            route("POST", "/control/cards", Json.object()),
            route("POST", "/control/codes", Json.object().put("code", "SSC-QR-1")));
    server =
        StubServer.start(
            0,
            1_000_000,
            Stream.concat(Arrays.stream(routes), beside).map(this::recorded).toArray(Route[]::new));
    Map<Role, String> tokens = new EnumMap<>(Role.class);
    for (Role role : Role.values()) {
      tokens.put(role, role.code());
    }
    Screen screen = Screen.plain(new PrintStream(shown, true, UTF_8));
    environment =
        new DemoEnvironment(
            new GatewayClient(http, new ReadyFile(server.url(), server.url(), "", tokens), "test"),
            new StubControl(http, server.url(), server.url()),
            new DevClock(http, server.url()),
            SAMPLE,
            new Expectations(screen),
            screen);
  }

  private static Sample sample() {
    try {
      return Sample.read(CONFIG, LocalDate.of(2026, 3, 1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answers in this order, and the last one again and again. */
  static Route route(String method, String path, StubReply... replies) {
    AtomicInteger next = new AtomicInteger();
    return new Route(
        method, path, request -> replies[Math.min(next.getAndIncrement(), replies.length - 1)]);
  }

  static Route route(String method, String path, JsonNode... answers) {
    return route(
        method,
        path,
        Arrays.stream(answers)
            .map(answer -> StubReply.json(200, answer))
            .toArray(StubReply[]::new));
  }

  static List<DeviceDesk.Enrolled> devices(int count) {
    List<DeviceDesk.Enrolled> devices = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      DeviceKey key = DeviceKey.of(DeviceSuite.ED25519, "seed " + number);
      devices.add(new DeviceDesk.Enrolled(new Device("D-" + number, key, 1), "device " + number));
    }
    return devices;
  }

  private Route recorded(Route route) {
    return new Route(
        route.method(),
        route.path(),
        request -> {
          received.add(request);
          return route.handler().apply(request);
        });
  }

  private StubReply clock() {
    return StubReply.json(200, Json.object().put("now", now.get().toString()));
  }

  private StubReply advance(StubRequest request) {
    now.set(Instant.parse(Json.text(Json.read(request.body()), "advanceTo")));
    return clock();
  }

  Instant now() {
    return now.get();
  }

  List<Duration> rests() {
    return List.copyOf(rests);
  }

  /** What was posted to a path, in the order of its arrival. */
  List<StubRequest> requests(String path) {
    return List.copyOf(received).stream().filter(request -> request.path().equals(path)).toList();
  }

  List<JsonNode> bodies(String path) {
    return requests(path).stream().map(request -> Json.read(request.body())).toList();
  }

  /** The expectations that did not hold. */
  List<String> broken() {
    return environment.expect().broken();
  }

  String shown() {
    return shown.toString(UTF_8);
  }

  @Override
  public void close() {
    http.close();
    server.close();
  }
}
