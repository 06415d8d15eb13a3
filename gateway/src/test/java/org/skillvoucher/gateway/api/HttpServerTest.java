package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.gateway.http.Connections;
import org.skillvoucher.gateway.http.HttpServer;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.security.Role;

/** What arrives on a real port, written byte by byte. */
class HttpServerTest {
  private static final World WORLD = new World();
  private static final HttpServer BINDING = bind();

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

  @BeforeAll
  static void thePortIsOurs() {
    assertTrue(BINDING.localAddress().getPort() > 0);
  }

  @AfterAll
  static void close() throws Exception {
    BINDING.terminate(Duration.ofSeconds(1)).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  /** All bytes the server sends until it closes. */
  private static String exchange(byte[] sent) throws IOException {
    InetSocketAddress address = BINDING.localAddress();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(sent);
      socket.getOutputStream().flush();
      ByteArrayOutputStream response = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(response);
      return response.toString(StandardCharsets.UTF_8);
    }
  }

  private static String exchange(String sent) throws IOException {
    return exchange(sent.getBytes(StandardCharsets.ISO_8859_1));
  }

  static List<Arguments> brokenMessages() {
    String scan = "POST /v1/classes/C1/scans HTTP/1.1\r\nHost: x\r\n";
    return List.of(
        Arguments.of("no HTTP at all", "Hello, is anybody there?\r\n\r\n", 400),
        Arguments.of("a bad request line", "GET /v1/audit\r\nHost: x\r\n\r\n", 400),
        Arguments.of("a bad address", "GET /v1/%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Arguments.of("a bad query", "GET /v1/audit?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        Arguments.of("no host", "GET /v1/audit HTTP/1.1\r\n\r\n", 400),
        Arguments.of("a space before a colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        Arguments.of(
            "both lengths",
            scan + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400),
        Arguments.of("two lengths", scan + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400),
        Arguments.of("a bad length", scan + "Content-Length: many\r\n\r\n", 400),
        Arguments.of("a negative length", scan + "Content-Length: -1\r\n\r\n", 400),
        Arguments.of(
            "a long address", "GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        Arguments.of(
            "a long header",
            "GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + "a".repeat(20_000) + "\r\n\r\n",
            431));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenMessages")
  void aBrokenMessageIsAnsweredByAProblemAndTheConnectionEnds(
      String what, String message, int status) throws IOException {
    String response = exchange(message);
    assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    assertTrue(response.contains("application/problem+json"), response);
    assertTrue(response.contains("Connection: close"), response);
    String body = response.substring(response.indexOf("\r\n\r\n") + 4);
    var problem = new ObjectMapper().readTree(body);
    assertEquals(status, problem.path("status").asInt(), what);
    assertTrue(problem.path("type").asText().startsWith("urn:skillvoucher:problem:"));
  }

  @Test
  void anUnknownMethodIsAnsweredByAProblem() throws IOException {
    String response = exchange("BREW /v1/keys HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertTrue(response.contains("application/problem+json"), response);
    assertTrue(response.startsWith("HTTP/1.1 50") || response.startsWith("HTTP/1.1 40"), response);
  }

  @Test
  void aBadChunkIsMalformed() throws IOException {
    String response = exchange(chunkedScan("zz\r\n{}\r\n0\r\n\r\n"));
    assertTrue(response.startsWith("HTTP/1.1 400 "), response);
    assertTrue(response.contains("\"malformed\""), response);
  }

  @Test
  void aChunkedBodyThatNeverEndsIsTooLarge() throws IOException {
    String chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";
    String response = exchange(chunkedScan(chunk.repeat(9) + "0\r\n\r\n"));
    assertTrue(response.startsWith("HTTP/1.1 413 "), response);
    assertTrue(response.contains("\"bytesMax\":65536"), response);
  }

  @Test
  void aBodyDeclaredTooLongIsRefusedWithoutBeingSent() throws IOException {
    String response =
        exchange(
            head("/v1/classes/C1/scans", Role.DEVICE, "application/json")
                + "Content-Length: 99999999\r\n\r\n{");
    assertTrue(response.startsWith("HTTP/1.1 413 "), response);
  }

  @Test
  void aScanComesInOverTheWire() throws IOException {
    byte[] body = Samples.scan("C1").getBytes(StandardCharsets.UTF_8);
    String head =
        head("/v1/classes/C1/scans", Role.DEVICE, "application/json")
            + "Content-Length: "
            + body.length
            + "\r\n\r\n";
    String response = exchange(joined(head, body));
    assertTrue(response.startsWith("HTTP/1.1 201 "), response);
    assertTrue(response.contains("Server: skill-voucher-gateway\r\n"), response);
  }

  @Test
  void aRosterNamesItsCharacterSetOverTheWire() throws IOException {
    String id = Samples.approvedClass(WORLD);
    for (String charset : List.of("gb18030", "GBK", "utf-8")) {
      byte[] body = Samples.ROSTER.getBytes(Charset.forName(charset));
      String head =
          head("/v1/classes/" + id + "/roster", Role.INSTITUTION, "text/csv; charset=" + charset)
              + "Content-Length: "
              + body.length
              + "\r\n\r\n";
      String response = exchange(joined(head, body));
      assertTrue(response.startsWith("HTTP/1.1 200 "), response);
    }
  }

  @Test
  void aCharacterSetThatIsNoneIsNotTaken() throws IOException {
    String response =
        exchange(
            head("/v1/classes/C1/roster", Role.INSTITUTION, "text/csv; charset=klingon")
                + "Content-Length: 1\r\n\r\nx");
    assertTrue(response.startsWith("HTTP/1.1 415 "), response);
    assertTrue(response.contains("application/problem+json"), response);
  }

  @Test
  void aPortThatIsTakenFailsTheStart() {
    HttpSettings taken =
        new HttpSettings(
            "127.0.0.1",
            BINDING.localAddress().getPort(),
            1,
            World.ROSTERS,
            1,
            1,
            Duration.ofSeconds(1),
            1,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            World.SETTINGS.connections(),
            World.SETTINGS.shares());
    assertThrows(
        ExecutionException.class,
        () ->
            HttpServer.start(
                    TestSystem.ONLY,
                    taken,
                    new Connections("taken.http", taken.connections(), WORLD.meters),
                    WORLD.route())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS));
  }

  private static String head(String path, Role role, String type) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer "
        + World.token(role)
        + "\r\nIdempotency-Key: "
        + UUID.randomUUID()
        + "\r\nContent-Type: "
        + type
        + "\r\n";
  }

  private static String chunkedScan(String chunks) {
    return head("/v1/classes/C1/scans", Role.DEVICE, "application/json")
        + "Transfer-Encoding: chunked\r\n\r\n"
        + chunks;
  }

  private static byte[] joined(String head, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    return out.toByteArray();
  }
}
