package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection to a server socket that the test answers byte by byte. */
final class KeepAliveConnectionTest {
  private static final String CREATED = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}";

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = loops.next();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final ServerSocket server;
  private final KeepAliveConnection connection;

  private final KeepAliveConnection.Listener listener =
      new KeepAliveConnection.Listener() {
        @Override
        public void connectionIdle(KeepAliveConnection connection) {
          events.add("idle");
        }

        @Override
        public void connectionLost(KeepAliveConnection connection) {
          events.add("lost");
        }

        @Override
        public void replied(PendingStatement statement, StatementReply reply) {
          events.add(reply.status() + " " + reply.code() + " " + reply.retryAfterSeconds());
        }
      };

  KeepAliveConnectionTest() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    connection = new KeepAliveConnection(loop, api(server), listener);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private static URI api(ServerSocket server) {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  private String event() throws InterruptedException {
    return String.valueOf(events.poll(10, TimeUnit.SECONDS));
  }

  private Socket connect() throws IOException, InterruptedException {
    loop.execute(connection::connect);
    return accept();
  }

  private Socket accept() throws IOException, InterruptedException {
    Socket socket = server.accept();
    socket.setSoTimeout(10_000);
    assertEquals("idle", event());
    return socket;
  }

  private static PendingStatement statement() {
    ManualHost host = new ManualHost(1, java.time.Duration.ofSeconds(1));
    new DeviceSession(
            0, TestLoad.classroom("C0", 500), TestLoad.device(0).device(), "token-0", host)
        .arrive(TestLoad.in(0, 0));
    return host.sent.remove();
  }

  private PendingStatement send() {
    PendingStatement statement = statement();
    loop.submit(() -> connection.send(statement)).syncUninterruptibly();
    return statement;
  }

  /** The head of a request, whose body is read and dropped. */
  private static String request(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.read());
    }
    String text = head.toString(ISO_8859_1);
    int length = Integer.parseInt(text.replaceFirst("(?is).*content-length: (\\d+).*", "$1"));
    assertEquals(length, in.readNBytes(length).length);
    return text;
  }

  private static void answer(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(UTF_8));
    socket.getOutputStream().flush();
  }

  @Test
  void aRequestHasTheStatementsPathTokenAndKeyAndItsReplyFreesTheConnection() throws Exception {
    try (Socket socket = connect()) {
      PendingStatement statement = send();
      String request = request(socket).toLowerCase(java.util.Locale.ROOT);
      assertTrue(request.startsWith("post /v1/classes/c0/scans http/1.1\r\n"), request);
      assertTrue(request.contains("authorization: bearer token-0\r\n"), request);
      assertTrue(
          request.contains(
              "idempotency-key: " + statement.key().toLowerCase(java.util.Locale.ROOT) + "\r\n"),
          request);
      answer(socket, CREATED);
      assertEquals("idle", event());
      assertEquals("201 ok 0", event());
    }
  }

  @Test
  void oneConnectionCarriesOneRequestAfterTheOther() throws Exception {
    try (Socket socket = connect()) {
      for (int i = 0; i < 3; i++) {
        send();
        assertTrue(request(socket).startsWith("POST"));
        answer(socket, CREATED);
        assertEquals("idle", event());
        assertEquals("201 ok 0", event());
      }
    }
  }

  @Test
  void aProblemsCodeAndRetryAfterAreRead() throws Exception {
    try (Socket socket = connect()) {
      send();
      assertTrue(request(socket).startsWith("POST"));
      answer(
          socket,
          "HTTP/1.1 503 Busy\r\nRetry-After: 3\r\nContent-Length: 20\r\n\r\n{\"code\":\"try_again\"}");
      assertEquals("idle", event());
      assertEquals("503 try_again 3", event());
    }
  }

  @Test
  void aConnectionThatIsLostWhileIdleReconnects() throws Exception {
    connect().close();
    assertEquals("lost", event());
    try (Socket second = accept()) {
      assertTrue(second.isConnected());
    }
  }

  @Test
  void anAnswerThatBreaksOffLeavesTheOutcomeUnknown() throws Exception {
    try (Socket socket = connect()) {
      send();
      assertTrue(request(socket).startsWith("POST"));
      answer(socket, "HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"rec");
    }
    assertEquals("lost", event());
    assertEquals("0 broken_off 0", event());
    try (Socket second = accept()) {
      send();
      assertTrue(request(second).startsWith("POST"), "the new connection is usable");
    }
  }

  @Test
  void anAnswerThatClosesTheConnectionIsStillAnAnswer() throws Exception {
    try (Socket socket = connect()) {
      send();
      assertTrue(request(socket).startsWith("POST"));
      answer(socket, CREATED.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
      assertEquals("lost", event());
      assertEquals("201 ok 0", event());
      accept().close();
    }
  }

  /** As when the server's idle timeout ends at the moment at which the request is sent. */
  @Test
  void aRequestSentWhileTheServerClosesAnIdleConnectionIsSentOnceMoreUnderItsKey()
      throws Exception {
    PendingStatement statement;
    try (Socket socket = connect()) {
      answered(socket);
      statement = send();
      assertTrue(request(socket).startsWith("POST"));
    }
    assertEquals("lost", event());
    try (Socket second = server.accept()) {
      assertTrue(request(second).contains(statement.key()));
      answer(second, CREATED);
      assertEquals("idle", event());
      assertEquals("201 ok 0", event());
      assertTrue(events.isEmpty());
    }
  }

  @Test
  void aRequestIsSentAgainOnlyOnce() throws Exception {
    try (Socket socket = connect()) {
      answered(socket);
      send();
      assertTrue(request(socket).startsWith("POST"));
    }
    assertEquals("lost", event());
    try (Socket second = server.accept()) {
      assertTrue(request(second).startsWith("POST"));
    }
    assertEquals("lost", event());
    assertEquals("0 broken_off 0", event());
    accept().close();
  }

  @Test
  void aRequestOfWhoseAnswerSomethingWasReceivedIsNotSentAgain() throws Exception {
    try (Socket socket = connect()) {
      answered(socket);
      send();
      assertTrue(request(socket).startsWith("POST"));
      answer(socket, "HTTP/1.1 201 Cre");
    }
    assertEquals("lost", event());
    assertEquals("0 broken_off 0", event());
    accept().close();
  }

  @Test
  void anIdleConnectionIsRenewedBeforeTheServerWouldCloseIt() throws Exception {
    try (Socket socket = connect()) {
      answered(socket);
      long now = System.nanoTime();
      loop.submit(() -> connection.checkTimeout(now)).syncUninterruptibly();
      assertTrue(events.isEmpty(), "not idle for long");
      long late = now + KeepAliveConnection.IDLE_MAX.toNanos();
      loop.submit(() -> connection.checkTimeout(late)).syncUninterruptibly();
      assertEquals("lost", event());
      assertEquals(-1, socket.getInputStream().read());
      accept().close();
    }
  }

  private void answered(Socket socket) throws Exception {
    send();
    assertTrue(request(socket).startsWith("POST"));
    answer(socket, CREATED);
    assertEquals("idle", event());
    assertEquals("201 ok 0", event());
  }

  @Test
  void anAnswerThatIsTooLargeIsNotRead() throws Exception {
    try (Socket socket = connect()) {
      send();
      assertTrue(request(socket).startsWith("POST"));
      answer(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n");
      assertEquals("lost", event());
      assertEquals("0 broken_off 0", event());
    }
  }

  @Test
  void anOverdueAnswerLeavesTheOutcomeUnknownAndIsIgnoredWhenItArrives() throws Exception {
    try (Socket socket = connect()) {
      PendingStatement statement = send();
      assertTrue(request(socket).startsWith("POST"));
      long limit = statement.sentNanos() + KeepAliveConnection.ANSWER_MAX.toNanos();
      loop.submit(() -> connection.checkTimeout(limit)).syncUninterruptibly();
      assertTrue(events.isEmpty(), "not overdue yet");
      loop.submit(() -> connection.checkTimeout(limit + 1)).syncUninterruptibly();
      assertEquals("lost", event());
      assertEquals("0 timeout 0", event());
      try (Socket second = accept()) {
        loop.submit(() -> connection.checkTimeout(limit + 2)).syncUninterruptibly();
        send();
        assertTrue(request(second).startsWith("POST"));
        answer(second, CREATED);
        assertEquals("idle", event());
        assertEquals("201 ok 0", event());
        assertTrue(events.isEmpty(), "nothing of the first attempt");
      }
    }
  }

  @Test
  void itConnectsOnceTheServerListens() throws Exception {
    server.close();
    loop.execute(connection::connect);
    assertEquals("lost", event());
    try (ServerSocket later =
        new ServerSocket(server.getLocalPort(), 5, InetAddress.getLoopbackAddress())) {
      String event = event();
      while (event.equals("lost")) {
        event = event();
      }
      assertEquals("idle", event);
      later.accept().close();
    }
  }

  @Test
  void aClosedConnectionDoesNotReconnect() throws Exception {
    try (Socket socket = connect()) {
      loop.execute(connection::close);
      assertEquals(-1, socket.getInputStream().read());
      assertEquals("lost", event());
      server.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }
}
