package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.simulator.gateway.HttpCall;

final class BrokenConnectionTest {
  private static final byte[] BODY = "{\"items\":[1,2,3]}".getBytes(UTF_8);

  private final ServerSocket server;

  BrokenConnectionTest() throws IOException {
    server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private HttpCall call() {
    return new HttpCall(
        "POST",
        URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1/statement-batches"),
        Map.of("Idempotency-Key", "k1"),
        BODY);
  }

  /** Everything that arrives until the other side breaks off. */
  private String received(int bodyBytes) throws Exception {
    CompletableFuture<String> all =
        CompletableFuture.supplyAsync(
            () -> {
              try (Socket socket = server.accept()) {
                return new String(socket.getInputStream().readAllBytes(), US_ASCII);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    BrokenConnection.send(call(), bodyBytes);
    return all.get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "16, 16", "17, 17", "99, 17"})
  void asManyBytesOfTheBodyArriveAsWereAskedFor(int asked, int arrived) throws Exception {
    String request = received(asked);
    int head = request.indexOf("\r\n\r\n") + 4;
    assertEquals(new String(BODY, UTF_8).substring(0, arrived), request.substring(head));
  }

  @Test
  void theHeadAnnouncesTheWholeBody() throws Exception {
    String request = received(3);
    assertTrue(request.startsWith("POST /v1/statement-batches HTTP/1.1\r\n"), request);
    assertTrue(request.contains("\r\nIdempotency-Key: k1\r\n"), request);
    assertTrue(request.contains("\r\nContent-Length: " + BODY.length + "\r\n"), request);
    assertTrue(request.contains("\r\nHost: 127.0.0.1:" + server.getLocalPort()), request);
  }

  @Test
  void aServerThatIsNotThereIsALostAnswerLikeAnyOther() throws IOException {
    HttpCall call = call();
    server.close();
    BrokenConnection.send(call, BODY.length);
    assertTrue(server.isClosed());
  }
}
