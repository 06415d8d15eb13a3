package org.skillvoucher.gateway.cardplatform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.skillvoucher.gateway.security.Gm;

/** A card platform on a real port that checks every request as the real one would. */
public final class StubPlatform implements AutoCloseable {
  public static final String SECRET = "sk-demo-0001";
  public static final String KEY = "0123456789abcdeffedcba9876543210";

  /** Whose connections a client under test has. */
  public static final ActorSystem<Void> CALLER =
      ActorSystem.create(
          Behaviors.empty(),
          "platform",
          ConfigFactory.parseString("pekko { daemonic = on, loglevel = ERROR }")
              .withFallback(ConfigFactory.load()));

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it read, once signature and envelope were right. */
  public record Asked(JsonNode plain, String idempotencyKey, String nonce, String body) {}

  /** How it answers. */
  public interface Behaviour {
    void answer(HttpExchange exchange, Asked asked) throws IOException;
  }

  public final List<Asked> asked = new CopyOnWriteArrayList<>();
  public final List<String> faults = new CopyOnWriteArrayList<>();
  public final Semaphore arrived = new Semaphore(0);
  public final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;
  private volatile Behaviour behaviour;

  public StubPlatform(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  public void behave(Behaviour next) {
    behaviour = next;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/bus");
  }

  /** Answers with these fields, as the wire prescribes. */
  public static Behaviour fields(Map<String, String> fields) {
    return (exchange, asked) ->
        send(exchange, 200, envelope(JSON.writeValueAsBytes(fields), asked.nonce()));
  }

  public static byte[] envelope(byte[] plain, String context) throws IOException {
    byte[] sealed = Gm.seal(HexFormat.of().parseHex(KEY), plain, context.getBytes(UTF_8));
    return JSON.writeValueAsBytes(Map.of("envelope", Base64.getEncoder().encodeToString(sealed)));
  }

  public static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var headers = exchange.getRequestHeaders();
    String nonce = headers.getFirst("X-Nonce");
    String key = headers.getFirst("Idempotency-Key");
    String timestamp = headers.getFirst("X-Timestamp");
    String signed =
        "POST\n%s\n%s\n%s\n%s\n%s"
            .formatted(
                exchange.getRequestURI().getPath(),
                timestamp,
                nonce,
                key,
                HexFormat.of().formatHex(Gm.sm3(body)));
    byte[] signature = Gm.hmacSm3(SECRET.getBytes(UTF_8), signed.getBytes(UTF_8));
    check("signature", HexFormat.of().formatHex(signature), headers.getFirst("X-Signature"));
    check("method", "POST", exchange.getRequestMethod());
    check("access key", "ak-demo-0001", headers.getFirst("X-Access-Key"));
    if (Math.abs(System.currentTimeMillis() - Long.parseLong(timestamp)) > 300_000) {
      faults.add("timestamp");
    }
    byte[] sealed = JSON.readTree(body).path("envelope").binaryValue();
    byte[] plain =
        Gm.open(HexFormat.of().parseHex(KEY), sealed, nonce.getBytes(UTF_8)).orElse(new byte[0]);
    var request = new Asked(JSON.readTree(plain), key, nonce, new String(body, UTF_8));
    asked.add(request);
    arrived.release();
    behaviour.answer(exchange, request);
  }

  private void check(String what, String expected, String actual) {
    if (!expected.equals(actual)) {
      faults.add(what);
    }
  }
}
