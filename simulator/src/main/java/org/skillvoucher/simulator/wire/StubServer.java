package org.skillvoucher.simulator.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP server on the loopback address: routes by method and path, reads bounded bodies,
 * turns bad input into 4xx JSON. It logs methods, paths and statuses, never a body or a header.
 */
public final class StubServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StubServer.class);
  private static final int BACKLOG_CONNECTIONS = 512;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, Map<String, Function<Request, Reply>>> routes;
  private final int bodyBytesMax;

  /** Answers one request. {@code method path} names it, such as {@code POST /evidence}. */
  public record Route(String method, String path, Function<Request, Reply> handler) {}

  private StubServer(HttpServer server, int bodyBytesMax, Route... routes) {
    this.server = server;
    this.bodyBytesMax = bodyBytesMax;
    Map<String, Map<String, Function<Request, Reply>>> table = new java.util.TreeMap<>();
    for (Route route : routes) {
      table
          .computeIfAbsent(route.path(), path -> new java.util.TreeMap<>())
          .put(route.method(), route.handler());
    }
    this.routes = table;
  }

  /**
   * Starts a server.
   *
   * @param port 0 takes a free one
   * @throws PortTaken when it is
   */
  public static StubServer start(int port, int bodyBytesMax, Route... routes) {
    // Without it each small answer on a kept connection waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server =
          HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG_CONNECTIONS);
      StubServer stub = new StubServer(server, bodyBytesMax, routes);
      server.setExecutor(stub.threads);
      server.createContext("/", stub::answer);
      server.start();
      return stub;
    } catch (IOException e) {
      throw new PortTaken("cannot listen on port " + port, e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Keeps a caller waiting, as a system does that hangs; ends early when the server closes. */
  public void hang(long millis) {
    try {
      boolean closed = closing.await(millis, TimeUnit.MILLISECONDS);
      LOG.debug("a hanging answer ended{}", closed ? " with the server" : "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Reply reply = reply(exchange);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      reply.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(reply.status(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
      LOG.debug(
          "{} {} {}",
          exchange.getRequestMethod(),
          exchange.getRequestURI().getPath(),
          reply.status());
    }
  }

  private Reply reply(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readNBytes(bodyBytesMax + 1);
    if (body.length > bodyBytesMax) {
      return Reply.problem(413, "too_large", "at most " + bodyBytesMax + " bytes");
    }
    Map<String, Function<Request, Reply>> methods = routes.get(path);
    if (methods == null) {
      return Reply.problem(404, "not_found", "no such path");
    }
    Function<Request, Reply> handler = methods.get(exchange.getRequestMethod());
    if (handler == null) {
      return Reply.problem(405, "method_not_allowed", "use " + String.join(", ", methods.keySet()));
    }
    try {
      return handler.apply(
          new Request(exchange.getRequestMethod(), path, exchange.getRequestHeaders(), body));
    } catch (BadRequest e) {
      return Reply.problem(e.status(), e.code(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("{} {} broke", exchange.getRequestMethod(), path, e);
      return Reply.problem(500, "broken", "see the log");
    }
  }
}
