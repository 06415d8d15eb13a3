package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/** End to end on a PostgreSQL of its own, through restarts of both. */
class ClassOverHttpTest {
  private static final StubPlatform.Behaviour OK =
      StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1"));

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
      }
    }
  }

  @Test
  void withPostgresqlStoppedAScanIsUnknownAndAfterwardsItIsRecordedOnce() throws Exception {
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
    } finally {
      postgres.close();
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
