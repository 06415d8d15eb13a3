package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skillvoucher.gateway.http.ConnectionSettings;
import org.skillvoucher.gateway.http.Connections;
import org.skillvoucher.gateway.http.HttpServer;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.http.ShareSettings;
import org.skillvoucher.gateway.security.Role;

/** Clients that hold connections without using them, on a real port. */
@Timeout(30)
class ConnectionLimitsTest {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ConnectionSettings PATIENT =
      new ConnectionSettings(6, 6, LONG, LONG, LONG, LONG);
  private static final ConnectionSettings IMPATIENT =
      new ConnectionSettings(100, 100, SHORT, SHORT, SHORT, SHORT);
  private static final ShareSettings SHARES = new ShareSettings(100, 100, 3);

  /** Longer than what is held until it is complete. */
  private static final int LONG_BODY_BYTES = 20_000;

  private static final String HALF_A_HEAD = "GET /v1/keys HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  private static final String KEYS = "GET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String LAST_KEYS =
      "GET /v1/keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  private final World world = new World();
  private final List<Socket> sockets = new ArrayList<>();
  private Connections connections = new Connections("test.http", PATIENT, world.meters);
  private HttpServer server = start(PATIENT);

  private HttpServer start(ConnectionSettings limits) {
    connections = new Connections("test.http", limits, world.meters);
    try {
      return HttpServer.start(
              TestSystem.ONLY, settings(limits), connections, world.route(s -> settings(limits)))
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("cannot bind", e);
    }
  }

  private static HttpSettings settings(ConnectionSettings limits) {
    HttpSettings usual = World.SETTINGS;
    return new HttpSettings(
        usual.host(),
        usual.port(),
        usual.requestBodyBytesMax(),
        usual.rosters(),
        usual.batchBodyBytesMax(),
        usual.batchItemsMax(),
        usual.batchTimeout(),
        usual.inFlightMax(),
        LONG,
        usual.retryAfter(),
        limits,
        SHARES);
  }

  private void restart(ConnectionSettings limits) throws Exception {
    stop();
    server = start(limits);
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.terminate(Duration.ofSeconds(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Socket open(String sent) throws IOException {
    Socket socket = new Socket(server.localAddress().getAddress(), server.localAddress().getPort());
    sockets.add(socket);
    socket.setSoTimeout(8_000);
    send(socket, sent);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** All until the server closes; a reset counts as that. */
  private static String rest(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(all);
    } catch (SocketException reset) {
      // closed
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static String statusLine(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder line = new StringBuilder();
    for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
      line.append((char) octet);
    }
    return line.toString().strip();
  }

  private static String scanHead(int length) {
    return "POST /v1/classes/C1/scans HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + World.token(Role.DEVICE)
        + "\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\nContent-Length: "
        + length
        + "\r\n\r\n";
  }

  private double closed(String reason) {
    return world.meters.get("test.http.connections.closed").tag("reason", reason).counter().count();
  }

  @Test
  void aHalfSentHeadMakesRoomForAnotherClient() throws IOException {
    for (int i = 0; i < 40; i++) {
      open(i % 2 == 0 ? HALF_A_HEAD : "");
    }
    assertTrue(rest(open(LAST_KEYS)).startsWith("HTTP/1.1 200 "));
    assertTrue(closed("evicted") >= 32, "evicted " + closed("evicted"));
    assertTrue(connections.hasRoom());
  }

  @Test
  void anIdleConnectionMakesRoomForAnotherClient() throws IOException {
    List<Socket> idle = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Socket socket = open(KEYS);
      assertEquals("HTTP/1.1 200 OK", statusLine(socket));
      idle.add(socket);
    }
    assertTrue(rest(open(LAST_KEYS)).startsWith("HTTP/1.1 200 "));
    rest(idle.getFirst());
    assertEquals(1.0, closed("evicted"));
  }

  /** The control: connections that are all at work cannot be closed for others. */
  @Test
  void whenEveryConnectionHasARequestInFlightOthersAreRefusedAndReadinessFalls() throws Exception {
    world.classes.silent = true;
    List<Socket> busy = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      busy.add(open(i < 3 ? scanHead(LONG_BODY_BYTES) : pending()));
    }
    awaitInFlight(6);
    String refused = rest(open(LAST_KEYS));
    assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
    assertTrue(refused.contains("Retry-After: 1"), refused);
    assertFalse(connections.hasRoom());
    busy.getFirst().close();
    awaitRoom();
    assertTrue(rest(open(LAST_KEYS)).startsWith("HTTP/1.1 200 "));
  }

  private static String pending() {
    return "GET /v1/classes/C1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer auditor\r\n\r\n";
  }

  private static void await(BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadlineNanos, "it did not come true");
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private void awaitInFlight(int awaited) {
    await(() -> world.meters.get("vgw.http.requests.in.flight").gauge().value() >= awaited);
  }

  private void awaitRoom() {
    await(connections::hasRoom);
  }

  @Test
  void aHeadThatDoesNotArriveInTimeIsAnswered408() throws Exception {
    restart(IMPATIENT);
    String late = rest(open(HALF_A_HEAD));
    assertTrue(late.startsWith("HTTP/1.1 408 "), late);
    assertTrue(late.contains("request_timeout"), late);
    assertEquals("", rest(open("")));
    assertEquals(2.0, closed("head_timeout"));
  }

  @Test
  void aHeadThatComesByteByByteIsCutAsWell() throws Exception {
    restart(IMPATIENT);
    Socket slow = open(HALF_A_HEAD);
    slow.setSoTimeout(100);
    int sent = 0;
    while (!hasAnswer(slow)) {
      send(slow, "x");
      sent++;
    }
    assertTrue(sent < 20, "bytes sent: " + sent);
    assertEquals(1.0, closed("head_timeout"));
  }

  private static boolean hasAnswer(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException nothingYet) {
      return false;
    }
  }

  @Test
  void aBodyWithoutProgressIsAnswered408AndTheConnectionCloses() throws Exception {
    restart(IMPATIENT);
    String late = rest(open(scanHead(10) + "{"));
    assertTrue(late.startsWith("HTTP/1.1 408 "), late);
    assertEquals(1.0, closed("body_stalled"));
    assertEquals(0.0, world.meters.get("vgw.http.requests.in.flight").gauge().value());
  }

  @Test
  void aConnectionWithoutANextRequestCloses() throws Exception {
    restart(IMPATIENT);
    assertTrue(rest(open(KEYS)).startsWith("HTTP/1.1 200 "));
    assertEquals(1.0, closed("idle"));
  }

  @Test
  void aClientThatReadsNoAnswerIsClosed() throws Exception {
    restart(IMPATIENT);
    Socket deaf = open("");
    String requests = "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000);
    assertThrows(
        IOException.class,
        () -> {
          while (true) {
            send(deaf, requests);
          }
        });
    assertEquals(1.0, closed("answer_unread"));
  }

  /** Admission control takes four requests at once here, and bodies to come are not among them. */
  @Test
  void stalledBodiesOfOneTokenKeepNobodyOutAndTheExcessIsRefusedAtOnce() throws IOException {
    for (int i = 0; i < 3; i++) {
      open(scanHead(LONG_BODY_BYTES));
    }
    awaitBodies(3);
    Socket excess = open(scanHead(LONG_BODY_BYTES));
    assertEquals("HTTP/1.1 429 Too Many Requests", statusLine(excess));
    assertTrue(rest(open(LAST_KEYS)).startsWith("HTTP/1.1 200 "));
    String whole = Samples.scan("C1");
    int length = whole.getBytes(StandardCharsets.UTF_8).length;
    Socket sameToken = open("");
    sameToken.getOutputStream().write((scanHead(length) + whole).getBytes(StandardCharsets.UTF_8));
    assertEquals("HTTP/1.1 201 Created", statusLine(sameToken));
  }

  @Test
  void stalledShortBodiesMakeRoomForAnotherClient() throws IOException {
    for (int i = 0; i < 40; i++) {
      open(scanHead(10) + "{");
    }
    assertTrue(rest(open(LAST_KEYS)).startsWith("HTTP/1.1 200 "));
    assertTrue(closed("evicted") >= 32, "evicted " + closed("evicted"));
    assertEquals(0.0, world.meters.get("vgw.http.bodies.awaited").gauge().value());
  }

  @Test
  void aClientThatWaitsForAnInterimAnswerIsGivenIt() throws IOException {
    String scan = Samples.scan("C1");
    String head = scanHead(scan.getBytes(StandardCharsets.UTF_8).length);
    Socket waiting = open(head.replace("Host: x", "Host: x\r\nExpect: 100-continue"));
    assertEquals("HTTP/1.1 100 Continue", statusLine(waiting));
    while (!statusLine(waiting).isEmpty()) {
      // headers of the interim answer
    }
    waiting.getOutputStream().write(scan.getBytes(StandardCharsets.UTF_8));
    assertEquals("HTTP/1.1 201 Created", statusLine(waiting));
  }

  private void awaitBodies(int awaited) {
    await(() -> world.meters.get("vgw.http.bodies.awaited").gauge().value() >= awaited);
  }

  @Test
  void aRequestInFlightIsAnsweredBeforeTheServerStops() throws Exception {
    Socket half = open(HALF_A_HEAD);
    String scan = Samples.scan("C1") + " ".repeat(LONG_BODY_BYTES);
    Socket body = open(scanHead(scan.getBytes(StandardCharsets.UTF_8).length));
    awaitBodies(1);
    var ended = server.terminate(Duration.ofSeconds(5)).toCompletableFuture();
    rest(half);
    body.getOutputStream().write(scan.getBytes(StandardCharsets.UTF_8));
    assertEquals("HTTP/1.1 201 Created", statusLine(body));
    ended.get(5, TimeUnit.SECONDS);
  }
}
