package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/**
 * A node for recorded requests: with the keys, tokens, rules and business time of the recording, so
 * that what is derived from them, such as ids, enrolment codes and the tokens of devices, is the
 * same each time. The card platform and the downstream system are stubs that behave the same too.
 */
final class RecordedNode implements AutoCloseable {
  /** Where a tap far from the last one is refused, no voucher is needed and classes are small. */
  static final String STRICT_REGION = "990201";

  private static final String SCHOOL = ClassOverHttp.SCHOOL;
  private static final String OTHER_SCHOOL = GatewayFixture.OTHER_SCHOOL;

  /** Callers whose tokens exist from the start: name, role, kind and value of the scope. */
  private static final List<List<String>> CALLERS =
      List.of(
          List.of("authority", "issuing_authority", "region", "990000"),
          List.of("foreign-authority", "issuing_authority", "region", "980000"),
          List.of("institution", "institution", "institution", SCHOOL),
          List.of("deputy", "institution", "institution", SCHOOL),
          List.of("other-institution", "institution", "institution", OTHER_SCHOOL),
          List.of("platform", "card_platform", "everywhere", ""),
          List.of("auditor", "auditor", "everywhere", ""),
          List.of("operator", "operator", "everywhere", ""));

  private final AtomicReference<Instant> now;
  private final StubPlatform platform;
  private final HttpServer downstream;
  private final TestNode node;
  private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();

  private RecordedNode(String databaseUrl, Path folder, Instant begin, Map<String, String> more)
      throws IOException {
    now = new AtomicReference<>(begin);
    platform = new StubPlatform(RecordedNode::verdict);
    downstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    downstream.createContext("/", this::acknowledge);
    downstream.start();
    Map<String, String> settings = new HashMap<>(more);
    settings.put("downstream.url", "http://127.0.0.1:" + downstream.getAddress().getPort());
    settings.put("downstream.attempts-max", "2");
    settings.put("downstream.backoff-min", "10ms");
    settings.put("downstream.poll-interval", "50ms");
    node =
        TestNode.start(
            databaseUrl,
            platform,
            keys(folder.resolve("keys")),
            now::get,
            settings,
            rules(folder.resolve("rules")));
  }

  /** Starts on a migrated database that has the tokens already. */
  static RecordedNode start(
      String databaseUrl, Path folder, Instant begin, Map<String, String> settings)
      throws IOException {
    return new RecordedNode(databaseUrl, folder, begin, settings);
  }

  /** The token of a caller. */
  static String token(String caller) {
    return "vgw_" + caller + "-".repeat(43 - caller.length());
  }

  static boolean isCaller(String name) {
    return CALLERS.stream().anyMatch(caller -> caller.getFirst().equals(name));
  }

  /** Keeps the callers' tokens in a new database. */
  static void keepTokens(String databaseUrl) throws SQLException {
    try (var connection = DriverManager.getConnection(databaseUrl);
        var insert =
            connection.prepareStatement(
                "INSERT INTO token (token_hash, token_id, role, scope_kind, scope_value, issued_at,"
                    + " expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      for (List<String> caller : CALLERS) {
        insert.setBytes(1, sm3(token(caller.get(0)).getBytes(UTF_8)));
        insert.setString(2, "T-" + caller.get(0));
        insert.setString(3, caller.get(1));
        insert.setString(4, caller.get(2));
        insert.setString(5, caller.get(3));
        insert.setTimestamp(6, Timestamp.from(Instant.parse("2026-01-01T00:00:00Z")));
        insert.setTimestamp(7, Timestamp.from(Instant.parse("2999-01-01T00:00:00Z")));
        insert.executeUpdate();
      }
    }
  }

  /** The recorded keys, which protect nothing; copied, because only their owner may read them. */
  private static Path keys(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of("deployment.key", "root.pem", "receipt.pem", "receipt.key.pem")) {
      Path file = folder.resolve(name);
      Files.write(file, RecordedFiles.read("keys/" + name));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return folder;
  }

  private static Path rules(Path folder) throws IOException {
    String pack =
        Files.readString(TestPostgres.configFolder().resolve("rules/990000/2025-01-01.properties"));
    write(folder.resolve("990000"), pack);
    write(
        folder.resolve(STRICT_REGION),
        pack.replace("region = 990000", "region = " + STRICT_REGION)
            .replace("velocity-refused = false", "velocity-refused = true")
            .replace("roster-max = 300", "roster-max = 3")
            .replace("voucher-at-door = required", "voucher-at-door = not_needed"));
    return folder;
  }

  private static void write(Path region, String pack) throws IOException {
    Files.createDirectories(region);
    Files.writeString(region.resolve("2025-01-01.properties"), pack);
  }

  /** A card or a code says itself what the platform thinks of it. */
  private static void verdict(HttpExchange exchange, StubPlatform.Asked asked) throws IOException {
    String code = asked.plain().path("code").asText();
    String card = asked.plain().path("cardNumber").asText();
    Map<String, String> answer = new HashMap<>(Map.of("reference", "R1", "usedBy", "another"));
    if (code.startsWith("OK-")) {
      answer.putAll(Map.of("outcome", "OK", "idType", "citizen_id", "name", "学员"));
      answer.put("number", code.substring(3));
    } else {
      answer.put("outcome", code.isEmpty() ? (card.startsWith("A0") ? "OK" : card) : code);
    }
    StubPlatform.fields(answer).answer(exchange, asked);
  }

  /** Refuses each evidence twice, so that it is parked, and takes it when it comes again. */
  private void acknowledge(HttpExchange exchange) throws IOException {
    String event = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String id = exchange.getRequestHeaders().getFirst("webhook-id");
    if (deliveries.merge(id, 1, Integer::sum) <= 2) {
      exchange.sendResponseHeaders(503, -1);
      exchange.close();
      return;
    }
    String content = event.substring(event.indexOf("\"data\":") + 7, event.length() - 1);
    byte[] answer =
        """
        {"acknowledgementId":"A1","evidenceId":"%s","receivedAt":"2026-03-02T12:00:00+08:00",\
        "contentHash":"%s"}\
        """
            .formatted(id, base64url(sm3(content.getBytes(UTF_8))))
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  static byte[] sm3(byte[] bytes) {
    var digest = new SM3Digest();
    digest.update(bytes, 0, bytes.length);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    return hash;
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Business time. */
  void now(Instant at) {
    now.set(at);
  }

  /** Where a recorded path leads: {@code management/...} to the management port. */
  String address(String path) {
    String management = "management";
    return path.startsWith(management)
        ? node.managementAddress() + path.substring(management.length())
        : node.apiAddress() + path;
  }

  @Override
  public void close() {
    for (AutoCloseable part : Arrays.<AutoCloseable>asList(node, platform)) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
    downstream.stop(0);
  }
}
