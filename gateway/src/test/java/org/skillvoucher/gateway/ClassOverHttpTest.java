package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/** End to end on a PostgreSQL of its own, through restarts of both. */
class ClassOverHttpTest {
  private static final StubPlatform.Behaviour OK =
      StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1"));

  private static final Duration FROZEN = Duration.ofSeconds(60);
  private static final Instant FILED = Instant.parse("2026-03-01T01:00:00Z");
  private static final Instant LESSON = Instant.parse("2026-03-02T01:00:00Z");

  private final Path folder;

  ClassOverHttpTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private final AtomicReference<Instant> now = new AtomicReference<>(FILED);

  private TestNode node(String url, StubPlatform platform) throws IOException {
    return TestNode.start(url, platform, folder.resolve("keys"), now::get);
  }

  @Test
  void aScanSentAgainAfterARestartGetsTheFirstReceiptByteForByte() throws Exception {
    String url = TestPostgres.freshDatabase();
    try (var platform = new StubPlatform(OK)) {
      ClassOverHttp client;
      String classId;
      HttpResponse<String> first;
      try (TestNode node = node(url, platform)) {
        client = node.client(node.credentials(), LESSON);
        classId = client.untilOpen();
        now.set(LESSON);
        first = client.scan(classId, "k1");
        assertEquals(201, first.statusCode(), first.body());
      }
      try (TestNode node = node(url, platform)) {
        ClassOverHttp again = client.movedTo(node.apiAddress());
        HttpResponse<String> replayed = again.scan(classId, "k1");
        assertEquals(200, replayed.statusCode(), replayed.body());
        assertEquals(first.body(), replayed.body());
        assertEquals("true", replayed.headers().firstValue("Idempotent-Replay").orElse(""));
        assertEquals(1, again.trainingClass(classId).get("receipts").asInt());
        assertEquals(Set.of(), metricsWithoutHelp(node));
      }
    }
  }

  /** Of a node that has answered requests; a HELP without text counts as none. */
  private static Set<String> metricsWithoutHelp(TestNode node) throws IOException {
    Set<String> unexplained = new TreeSet<>();
    List<String> lines = metrics(node).lines().toList();
    assertTrue(lines.size() > 50, "the metrics of a whole node");
    lines.stream()
        .filter(line -> line.startsWith("# TYPE "))
        .forEach(line -> unexplained.add(line.split(" ", 4)[2]));
    lines.stream()
        .filter(line -> line.matches("# HELP \\S+ .*\\S.*"))
        .forEach(line -> unexplained.remove(line.split(" ", 4)[2]));
    return unexplained;
  }

  @Test
  void withPostgresqlStoppedOrFrozenAScanIsUnknownAndAfterwardsEverythingGoesOn() throws Exception {
    Path data = folder.resolve("data");
    EmbeddedPostgres postgres = postgres(data, 0);
    int port = postgres.getPort();
    try (var platform = new StubPlatform(OK);
        TestNode node = node(postgres.getJdbcUrl("postgres", "postgres"), platform)) {
      ClassOverHttp client = node.client(node.credentials(), LESSON);
      String classId = client.untilOpen();
      // The token is known from here on, so that it is the journal which is missing below.
      assertEquals(409, client.scan(classId, "early").statusCode());
      now.set(LESSON);
      postgres.close();
      HttpResponse<String> unknown = client.scan(classId, "k1");
      assertEquals(503, unknown.statusCode(), unknown.body());
      assertTrue(unknown.body().contains("\"try_again\""), unknown.body());
      assertTrue(unknown.headers().firstValue("Retry-After").isPresent());
      ClassOverHttp.await(() -> client.status(node.managementAddress() + "/health/ready") == 503);

      postgres = postgres(data, port);
      // 201 comes from the journal's pool; 200 comes when that of the reads is back as well.
      ClassOverHttp.await(() -> client.scan(classId, "k1").statusCode() == 200);
      assertEquals(1, client.trainingClass(classId).get("receipts").asInt());
      ClassOverHttp.await(() -> client.status(node.managementAddress() + "/health/ready") == 200);
      frozenForAMinute(data, client, classId);
      now.set(LESSON.plus(ClassOverHttp.LESSON_LENGTH));
      ClassOverHttp.await(() -> client.scan(classId, "out", "k2").statusCode() / 100 == 2);
      now.set(LESSON.plus(Duration.ofHours(3)));
      client.close(classId);
      // Read models, evidence and both process managers have followed.
      ClassOverHttp.await(() -> client.voucherState().equals("completed"));
      ClassOverHttp.await(() -> client.status(node.managementAddress() + "/health/ready") == 200);
      ClassOverHttp.await(() -> metrics(node).contains("vgw_flags_lag_seconds 0.0"));
    } finally {
      postgres.close();
    }
  }

  /** Longer than any timeout of a pool, of a socket or of a transaction. */
  private static void frozenForAMinute(Path data, ClassOverHttp client, String classId)
      throws Exception {
    ProcessHandle postmaster =
        ProcessHandle.of(
                Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst()))
            .orElseThrow();
    long thawed = System.nanoTime() + FROZEN.toNanos();
    signal("-STOP", List.of(postmaster));
    List<ProcessHandle> sessions = postmaster.descendants().toList();
    try {
      signal("-STOP", sessions);
      while (System.nanoTime() < thawed) {
        assertEquals(503, client.scan(classId, "k1").statusCode());
      }
    } finally {
      signal("-CONT", sessions);
      signal("-CONT", List.of(postmaster));
    }
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    List<String> command = new ArrayList<>(List.of("kill", name));
    processes.forEach(process -> command.add(Long.toString(process.pid())));
    assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
  }

  private static String metrics(TestNode node) throws IOException {
    try (var metrics = URI.create(node.managementAddress() + "/metrics").toURL().openStream()) {
      return new String(metrics.readAllBytes(), UTF_8);
    }
  }

  @Test
  void aClosedClassCompletesTheVouchersOfThoseWhoAttended() throws Exception {
    try (var platform = new StubPlatform(OK);
        TestNode node = node(TestPostgres.freshDatabase(), platform)) {
      ClassOverHttp client = node.client(node.credentials(), LESSON);
      String classId = client.untilOpen();
      now.set(LESSON);
      assertEquals(201, client.scan(classId, "in", "k1").statusCode());
      now.set(LESSON.plus(ClassOverHttp.LESSON_LENGTH));
      assertEquals(201, client.scan(classId, "out", "k2").statusCode());
      now.set(LESSON.plus(Duration.ofHours(3)));
      client.close(classId);
      ClassOverHttp.await(() -> client.voucherState().equals("completed"));
    }
  }

  private static EmbeddedPostgres postgres(Path data, int port) throws IOException {
    var builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    return port == 0 ? builder.start() : builder.setPort(port).start();
  }
}
