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

/** The line once, whole, on a PostgreSQL of its own: through restarts of both. */
class LineTest {
  private static final StubPlatform.Behaviour OK =
      StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1"));

  private static final Instant FILED = Instant.parse("2026-03-01T01:00:00Z");
  private static final Instant LESSON = Instant.parse("2026-03-02T01:00:00Z");

  private final Path folder;

  LineTest(@TempDir Path folder) {
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
      Line line;
      String classId;
      HttpResponse<String> first;
      try (TestNode node = node(url, platform)) {
        line = node.line(node.credentials(), LESSON);
        classId = line.untilOpen();
        now.set(LESSON);
        first = line.scan(classId, "k1");
        assertEquals(201, first.statusCode(), first.body());
      }
      try (TestNode node = node(url, platform)) {
        Line again = line.movedTo(node.apiAddress());
        HttpResponse<String> replayed = again.scan(classId, "k1");
        assertEquals(200, replayed.statusCode(), replayed.body());
        assertEquals(first.body(), replayed.body());
        assertEquals("true", replayed.headers().firstValue("Idempotent-Replay").orElse(""));
        assertEquals(1, again.trainingClass(classId).get("receipts").asInt());
      }
    }
  }

  @Test
  void withPostgresqlStoppedAScanIsUnknownAndAfterwardsItIsKeptOnce() throws Exception {
    Path data = folder.resolve("data");
    EmbeddedPostgres postgres = postgres(data, 0);
    int port = postgres.getPort();
    try (var platform = new StubPlatform(OK);
        TestNode node = node(postgres.getJdbcUrl("postgres", "postgres"), platform)) {
      Line line = node.line(node.credentials(), LESSON);
      String classId = line.untilOpen();
      // The token is known from here on, so that it is the journal which is missing below.
      assertEquals(409, line.scan(classId, "early").statusCode());
      now.set(LESSON);
      postgres.close();
      HttpResponse<String> unknown = line.scan(classId, "k1");
      assertEquals(503, unknown.statusCode(), unknown.body());
      assertTrue(unknown.body().contains("\"try_again\""), unknown.body());
      assertTrue(unknown.headers().firstValue("Retry-After").isPresent());
      Line.await(() -> line.status(node.managementAddress() + "/health/ready") == 503);

      postgres = postgres(data, port);
      // 201 comes from the journal's pool; 200 comes when that of the reads is back as well.
      Line.await(() -> line.scan(classId, "k1").statusCode() == 200);
      assertEquals(1, line.trainingClass(classId).get("receipts").asInt());
      Line.await(() -> line.status(node.managementAddress() + "/health/ready") == 200);
    } finally {
      postgres.close();
    }
  }

  @Test
  void aClosedClassCompletesTheVouchersOfThoseWhoAttended() throws Exception {
    try (var platform = new StubPlatform(OK);
        TestNode node = node(TestPostgres.freshDatabase(), platform)) {
      Line line = node.line(node.credentials(), LESSON);
      String classId = line.untilOpen();
      now.set(LESSON);
      assertEquals(201, line.scan(classId, "in", "k1").statusCode());
      now.set(LESSON.plus(Line.LESSON_LENGTH));
      assertEquals(201, line.scan(classId, "out", "k2").statusCode());
      now.set(LESSON.plus(Duration.ofHours(3)));
      line.close(classId);
      Line.await(() -> line.voucherState().equals("completed"));
    }
  }

  private static EmbeddedPostgres postgres(Path data, int port) throws IOException {
    var builder = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    return port == 0 ? builder.start() : builder.setPort(port).start();
  }
}
