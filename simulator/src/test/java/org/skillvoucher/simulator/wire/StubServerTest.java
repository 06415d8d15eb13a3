package org.skillvoucher.simulator.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.wire.StubServer.Route;

final class StubServerTest {
  private static final int BODY_BYTES_MAX = 1_000;
  private static final int HANG_MILLIS = 60_000;

  private final CountDownLatch hanging = new CountDownLatch(1);
  private final StubServer server =
      StubServer.start(
          0,
          BODY_BYTES_MAX,
          new Route("POST", "/echo", StubServerTest::echo),
          new Route("PUT", "/echo", StubServerTest::echo),
          new Route("GET", "/busy", request -> StubReply.tryAgain(503, "try_again")),
          new Route("GET", "/hang", request -> hang()),
          new Route(
              "GET",
              "/broken",
              request -> {
                throw new IllegalStateException("a secret");
              }));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  private static StubReply echo(StubRequest request) {
    return StubReply.json(
        200,
        Json.object()
            .put("name", Json.text(Json.read(request.body()), "name"))
            .put("path", request.path())
            .put("key", request.required("Idempotency-Key")));
  }

  private StubReply hang() {
    hanging.countDown();
    server().hang(HANG_MILLIS);
    return StubReply.json(200, Json.object());
  }

  private StubServer server() {
    return server;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).header("Idempotency-Key", "k");
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String body) throws Exception {
    return send(request("/echo").POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static String code(HttpResponse<String> response) {
    return Json.read(response.body().getBytes(UTF_8)).path("code").asText();
  }

  @Test
  void aRouteIsChosenByMethodAndPathWithoutTheQuery() throws Exception {
    HttpResponse<String> answer =
        send(request("/echo?name=x").PUT(HttpRequest.BodyPublishers.ofString("{\"name\":\"𠮷\"}")));
    assertEquals(200, answer.statusCode());
    assertEquals(
        Json.object().put("name", "𠮷").put("path", "/echo").put("key", "k"),
        Json.read(answer.body().getBytes(UTF_8)));
    assertEquals(
        "application/json; charset=utf-8",
        answer.headers().firstValue("Content-Type").orElseThrow());
  }

  @Test
  void anUnknownPathIs404AndAnUnknownMethodIs405WithThoseThatAreKnown() throws Exception {
    HttpResponse<String> path = send(request("/ech").GET());
    assertEquals(404, path.statusCode());
    assertEquals("not_found", code(path));
    HttpResponse<String> method = send(request("/echo").DELETE());
    assertEquals(405, method.statusCode());
    assertTrue(method.body().contains("use POST, PUT"), method.body());
  }

  @Test
  void badInputIsTheCallersFault() throws Exception {
    for (String body :
        List.of("", "no json", "{\"name\":1}", "{}", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}")) {
      assertEquals(400, post(body).statusCode(), body);
    }
    HttpRequest withoutKey =
        HttpRequest.newBuilder(URI.create(server.url() + "/echo"))
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}"))
            .build();
    HttpResponse<String> answer = client.send(withoutKey, HttpResponse.BodyHandlers.ofString());
    assertEquals(400, answer.statusCode());
    assertEquals("header_missing", code(answer));
  }

  @Test
  void aHandlerThatBreaksIs500AndItsMessageStaysInside() throws Exception {
    HttpResponse<String> answer = send(request("/broken").GET());
    assertEquals(500, answer.statusCode());
    assertFalse(answer.body().contains("secret"), answer.body());
  }

  @Test
  void aBodyMayBeAsLongAsTheLimitAndNoLonger() throws Exception {
    String frame = "{\"name\":\"\"}";
    String longest = "{\"name\":\"" + "x".repeat(BODY_BYTES_MAX - frame.length()) + "\"}";
    assertEquals(200, post(longest).statusCode());
    HttpResponse<String> tooLong = post(longest + " ");
    assertEquals(413, tooLong.statusCode());
    assertEquals("too_large", code(tooLong));
    assertEquals(200, post(frame.replace("\"\"", "\"a\"")).statusCode());
  }

  @Test
  void aLargeOversizeBodyIsAnsweredAndNotReset() throws Exception {
    HttpResponse<String> answer = post("x".repeat(3_000_000));
    assertEquals(413, answer.statusCode());
  }

  @Test
  void aBusyAnswerHasRetryAfter() throws Exception {
    HttpResponse<String> answer = send(request("/busy").GET());
    assertEquals(503, answer.statusCode());
    assertEquals("try_again", code(answer));
    assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
  }

  @Test
  void whatIsNotHttpClosesTheConnectionAndTheServerGoesOn() throws Exception {
    URI address = URI.create(server.url());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write("\u0000\u0001 nonsense\r\n\r\n".getBytes(US_ASCII));
      socket.shutdownOutput();
      try (InputStream in = socket.getInputStream()) {
        String answer = new String(in.readAllBytes(), US_ASCII);
        assertFalse(answer.startsWith("HTTP/1.1 200"), answer);
      }
    }
    assertEquals(200, post("{\"name\":\"a\"}").statusCode());
  }

  @Test
  void aConnectionStaysOpenUnlessTheCallerClosesIt() throws Exception {
    URI address = URI.create(server.url());
    String get = "GET /busy HTTP/1.1\r\nHost: stub\r\n\r\n";
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(get.getBytes(US_ASCII));
      socket
          .getOutputStream()
          .write(get.replace("Host: stub", "Host: stub\r\nConnection: close").getBytes(US_ASCII));
      String answers = new String(socket.getInputStream().readAllBytes(), US_ASCII);
      assertEquals(2, answers.split("HTTP/1.1 503", -1).length - 1, answers);
      assertTrue(answers.toLowerCase(java.util.Locale.ROOT).contains("connection: close"));
    }
  }

  @Test
  void closingEndsAnAnswerThatHangs() throws Exception {
    URI address = URI.create(server.url());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(HANG_MILLIS / 3);
      socket.getOutputStream().write("GET /hang HTTP/1.1\r\nHost: stub\r\n\r\n".getBytes(US_ASCII));
      assertTrue(hanging.await(20, TimeUnit.SECONDS));
      server.close();
      awaitEnd(socket);
    }
  }

  /** Fails with a SocketTimeoutException when the connection stays open. */
  private static void awaitEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      assertTrue(socket.isConnected(), reset.toString());
    }
  }

  @Test
  void aPortIsTakenOnlyOnce() {
    int port = URI.create(server.url()).getPort();
    PortTaken taken = assertThrows(PortTaken.class, () -> StubServer.start(port, BODY_BYTES_MAX));
    assertTrue(String.valueOf(taken.getMessage()).contains(String.valueOf(port)));
    server.close();
    try (StubServer next = StubServer.start(port, BODY_BYTES_MAX)) {
      assertEquals(server.url().replaceFirst(".*:", ""), next.url().replaceFirst(".*:", ""));
    }
  }

  @Test
  void anEmptyHeaderIsAbsent() {
    var headers = new io.netty.handler.codec.http.DefaultHttpHeaders().set("X-Nonce", "");
    StubRequest request = new StubRequest("GET", "/", headers, new byte[0]);
    assertTrue(request.header("X-Nonce").isEmpty());
    assertEquals(400, assertThrows(BadRequest.class, () -> request.required("X-Nonce")).status());
    assertEquals(Map.of(), StubReply.problem(400, "a", "b").headers());
  }
}
