package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.gateway.http.Connections;
import org.skillvoucher.gateway.http.HttpServer;
import org.skillvoucher.gateway.security.Role;

/** Messages whose end two programs could find at different places, on a real port. */
class FramingTest {
  private static final World WORLD = new World();
  private static final HttpServer SERVER = bind();
  private static final String NEXT =
      "GET /v1/keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  private static HttpServer bind() {
    try {
      return HttpServer.start(
              TestSystem.ONLY,
              World.SETTINGS,
              new Connections("test.http", World.SETTINGS.connections(), WORLD.meters),
              WORLD.route())
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("cannot bind", e);
    }
  }

  @AfterAll
  static void close() throws Exception {
    SERVER.terminate(Duration.ofSeconds(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** All bytes until the server closes; sent in pieces of this many bytes. */
  private static String exchange(String sent, int pieceBytes) throws IOException {
    byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
    try (Socket socket =
        new Socket(SERVER.localAddress().getAddress(), SERVER.localAddress().getPort())) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      for (int at = 0; at < bytes.length; at += pieceBytes) {
        socket.getOutputStream().write(bytes, at, Math.min(pieceBytes, bytes.length - at));
        socket.getOutputStream().flush();
      }
      ByteArrayOutputStream response = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(response);
      return response.toString(StandardCharsets.UTF_8);
    }
  }

  private static String post(String more) {
    return "POST /v1/classes/C1/scans HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + World.token(Role.DEVICE)
        + "\r\nIdempotency-Key: k\r\nContent-Type: application/json\r\n"
        + more;
  }

  private static String chunked(String body) {
    return post("Transfer-Encoding: chunked\r\n\r\n" + body);
  }

  private static Arguments row(String what, String message) {
    return Arguments.of(what, message);
  }

  static List<Arguments> ambiguous() {
    return List.of(
        row("bare LF after the request line", "GET /v1/keys HTTP/1.1\nHost: x\r\n\r\n"),
        row("bare LF after a header", "GET /v1/keys HTTP/1.1\r\nHost: x\nX: y\r\n\r\n"),
        row("bare LF for the empty line", "GET /v1/keys HTTP/1.1\r\nHost: x\r\n\n"),
        row("only bare LF", "GET /v1/keys HTTP/1.1\nHost: x\n\n"),
        row("bare LF before the request", "\nGET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n"),
        row("bare CR in a header", "GET /v1/keys HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n"),
        row("CR CR LF", "GET /v1/keys HTTP/1.1\r\r\nHost: x\r\n\r\n"),
        row("NUL in a header", "GET /v1/keys HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n"),
        row("folded by a space", "GET /v1/keys HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n"),
        row("folded by a tab", "GET /v1/keys HTTP/1.1\r\nHost: x\r\nX: a\r\n\tb\r\n\r\n"),
        row("folded coding", post("Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n")),
        row("space before a colon", post("Content-Length : 2\r\n\r\n{}")),
        row("coding and length", post("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n")),
        row("length and coding", post("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n")),
        row("two lengths", post("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")),
        row("one length twice", post("Content-Length: 2\r\ncontent-length: 2\r\n\r\n{}")),
        row("a list of lengths", post("Content-Length: 2, 2\r\n\r\n{}")),
        row("a signed length", post("Content-Length: +2\r\n\r\n{}")),
        row("a hexadecimal length", post("Content-Length: 0x2\r\n\r\n{}")),
        row("an empty length", post("Content-Length:\r\n\r\n{}")),
        row("a huge length", post("Content-Length: 18446744073709551618\r\n\r\n{}")),
        row("two codings", post("Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")),
        row("identity", post("Transfer-Encoding: identity\r\n\r\n")),
        row("unknown coding", post("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")),
        row(
            "coding twice",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")),
        row(
            "coding in HTTP/1.0",
            "POST /v1/keys HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        row("bare LF after a size", chunked("2\n{}\r\n0\r\n\r\n")),
        row("bare LF after a chunk", chunked("2\r\n{}\n0\r\n\r\n")),
        row("bare LF after the last size", chunked("2\r\n{}\r\n0\n\r\n")),
        row("bare LF at the end", chunked("2\r\n{}\r\n0\r\n\n")),
        row("bare LF in an extension", chunked("2;a\n{}\r\n0\r\n\r\n")),
        row("bare LF in a trailer", chunked("2\r\n{}\r\n0\r\nX: y\n\r\n")),
        row("only bare LF in chunks", chunked("2\n{}\n0\n\n")),
        row("a folded trailer", chunked("2\r\n{}\r\n0\r\nX: y\r\n z\r\n\r\n")),
        row("a signed size", chunked("+2\r\n{}\r\n0\r\n\r\n")),
        row("a prefixed size", chunked("0x2\r\n{}\r\n0\r\n\r\n")),
        row("a space before a size", chunked(" 2\r\n{}\r\n0\r\n\r\n")),
        row("a space after a size", chunked("2 \r\n{}\r\n0\r\n\r\n")),
        row("an empty size", chunked("\r\n{}\r\n0\r\n\r\n")),
        row("a size without digits", chunked(";a=b\r\n{}\r\n0\r\n\r\n")),
        row("a size that overflows", chunked("100000002\r\n{}\r\n0\r\n\r\n")),
        row("a chunk longer than its size", chunked("1\r\n{}\r\n0\r\n\r\n")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ambiguous")
  void anAmbiguousMessageIsRefusedAndNothingAfterItIsRead(String what, String message)
      throws IOException {
    for (int pieceBytes : new int[] {100_000, 1}) {
      String response = exchange(message + NEXT, pieceBytes);
      assertTrue(response.startsWith("HTTP/1.1 400 "), what + ": " + response);
      assertTrue(response.contains("\"code\":\"malformed\""), response);
      assertTrue(response.contains("Connection: close\r\n"), response);
      assertEquals(1, response.split("HTTP/1.1 [1-5]", -1).length - 1, response);
    }
    assertTrue(WORLD.scans.seen.isEmpty());
  }

  /** A request before it in the same bytes is answered first. */
  @Test
  void onlyTheAmbiguousMessageOfSeveralIsRefused() throws IOException {
    String good = "GET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n";
    String response = exchange(good + good + "GET /v1/keys HTTP/1.1\nHost: x\r\n\r\n", 100_000);
    assertEquals(3, response.split("HTTP/1.1 200 ", -1).length, response);
    assertTrue(response.contains("HTTP/1.1 400 "), response);
    String afterBody = exchange(good + chunked("2\n{}\n0\n\n"), 100_000);
    assertEquals(2, afterBody.split("HTTP/1.1 200 ", -1).length, afterBody);
    assertTrue(afterBody.contains("HTTP/1.1 400 "), afterBody);
  }

  @Test
  void aBodyIsReadAtItsEndWithoutWaitingForMore() throws IOException {
    for (String message :
        List.of(
            chunked("7\r\n{\"x\":1}\r\n0\r\n\r\n"), post("Content-Length: 7\r\n\r\n{\"x\":1}"))) {
      String closing = message.replace("Host: x\r\n", "Host: x\r\nConnection: close\r\n");
      String response = exchange(closing, closing.length() - 3);
      assertTrue(response.startsWith("HTTP/1.1 422 "), response);
    }
  }

  /** A parser that recurses from each message or chunk to the next overflows its stack. */
  @Test
  void tensOfThousandsOfRequestsOrChunksInOnePieceAreRead() throws IOException {
    String many = "GET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n".repeat(3_000) + NEXT;
    assertEquals(3_002, exchange(many, 1_000_000).split("HTTP/1.1 200 ", -1).length);
    String chunks = chunked("1\r\n \r\n".repeat(30_000) + "0\r\n\r\n") + NEXT;
    String response = exchange(chunks, 1_000_000);
    assertTrue(response.startsWith("HTTP/1.1 400 "), response);
    assertTrue(response.contains("HTTP/1.1 200 "), response);
  }

  @ParameterizedTest
  @ValueSource(ints = {100_000, 1})
  void aWellFramedMessageIsRead(int pieceBytes) throws IOException {
    String body = "{\"x\":1}";
    String chunks = "3;a=\"b\"\r\n" + body.substring(0, 3) + "\r\n0004\r\n" + body.substring(3);
    String read = chunked(chunks + "\r\n0\r\nX-Trailer: y\r\n\r\n");
    String response = exchange(read + NEXT, pieceBytes);
    assertTrue(response.startsWith("HTTP/1.1 422 "), response);
    assertTrue(response.contains("HTTP/1.1 200 "), response);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/keys", "/docs", "/openapi.yaml", "/v1/audit", "/v1/nothing"})
  void headIsAnsweredAsGetWithoutABody(String path) throws IOException {
    String more =
        path + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer auditor\r\nConnection: close\r\n\r\n";
    String get = exchange("GET " + more, 100_000);
    String head = exchange("HEAD " + more, 100_000);
    int end = get.indexOf("\r\n\r\n") + 4;
    assertTrue(get.length() > end, get);
    assertEquals(undated(get.substring(0, end)), undated(head));
  }

  private static String undated(String head) {
    assertFalse(head.isEmpty());
    return head.replaceAll("Date: [^\r]*", "Date");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json; charset=gbk",
        "application/json;charset=GB18030",
        "application/json; charset=\"gb2312\"",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json; charset=us-ascii",
        "application/json; charset=klingon",
        "application/json; charset=utf-8; charset=gbk",
        "application/json; version=1; charset=big5",
        "APPLICATION/JSON; CHARSET=GBK"
      })
  void jsonInAnotherCharacterSetIsNotTaken(String type) throws IOException {
    String response = exchange(ofType(type), 100_000);
    assertTrue(response.startsWith("HTTP/1.1 415 "), response);
    assertTrue(response.contains("unsupported_media_type"), response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"",
        "Application/JSON; Charset=Utf-8"
      })
  void jsonInUtf8IsRead(String type) throws IOException {
    String response = exchange(ofType(type), 100_000);
    assertTrue(response.startsWith("HTTP/1.1 422 "), response);
  }

  private static String ofType(String type) {
    return "POST /v1/classes/C1/scans HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        + World.token(Role.DEVICE)
        + "\r\nIdempotency-Key: k\r\nConnection: close\r\nContent-Type: "
        + type
        + "\r\nContent-Length: 7\r\n\r\n{\"x\":1}";
  }
}
