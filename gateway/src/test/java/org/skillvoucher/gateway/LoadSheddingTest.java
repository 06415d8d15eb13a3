package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/** More writes than the journal's queue takes: load shedding. */
class LoadSheddingTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final int ASKED = 12;

  /** One write under way and two that wait. */
  private static final int TAKEN = 3;

  /** Long, so that no answer here comes of a timeout. */
  private static final Map<String, String> SMALL_AND_PATIENT =
      Map.of(
          "journal.writers", "1",
          "journal.batch-rows-max", "1",
          "journal.queue-max", "2",
          "journal.queued-for-max", "60s",
          "journal.transaction-timeout", "60s",
          "entity.ask-timeout", "60s",
          "http.answer-timeout", "60s");

  @Test
  @Timeout(100)
  void loadAboveTheJournalsQueueIsShedWith503AndNoEntityRestarts(@TempDir Path folder)
      throws Exception {
    String url = TestPostgres.freshDatabase();
    try (var platform = new StubPlatform(StubPlatform.fields(Map.of("outcome", "OK")));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        TestNode node = TestNode.start(url, platform, folder, () -> NOW, SMALL_AND_PATIENT)) {
      ClassOverHttp client = node.client(node.credentials(), NOW);
      var answers = new ExecutorCompletionService<HttpResponse<String>>(threads);
      try (var _ = held(url)) {
        for (int i = 0; i < ASKED; i++) {
          int asked = i;
          answers.submit(() -> issue(client, asked));
        }
        for (int i = 0; i < ASKED - TAKEN; i++) {
          HttpResponse<String> answer = answers.take().get();
          assertEquals(503, answer.statusCode(), answer.body());
          assertTrue(answer.body().contains("try_again"), answer.body());
          assertTrue(answer.headers().firstValue("Retry-After").isPresent());
        }
      }
      for (int i = 0; i < TAKEN; i++) {
        HttpResponse<String> answer = answers.take().get();
        assertEquals(200, answer.statusCode(), answer.body());
      }
      for (int i = 0; i < ASKED; i++) {
        HttpResponse<String> again = issue(client, i);
        assertEquals(200, again.statusCode(), again.body());
      }
      assertEquals(List.of("voucher.issued/1 " + ASKED), events(url));
    }
  }

  private static HttpResponse<String> issue(ClassOverHttp client, int n) throws Exception {
    Trainee trainee = Trainee.first(ASKED).get(n);
    return client.decree(
        "/v1/vouchers",
        "issue-" + n,
        """
        {"region":"990101","occupation":"4-10-01-05","level":5,"expiresAt":"%s",
         "people":[{"idType":"citizen_id","number":"%s","name":"%s"}]}"""
            .formatted(NOW.plus(Duration.ofDays(30)), trainee.number(), trainee.name()));
  }

  /** No event is written until this is closed. */
  private static Connection held(String url) throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("LOCK TABLE event_journal IN SHARE MODE");
    }
    return connection;
  }

  private static List<String> events(String url) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT concat_ws(' ', event_ser_manifest, count(*)) FROM event_journal GROUP BY"
                    + " event_ser_manifest")) {
      List<String> events = new ArrayList<>();
      while (rows.next()) {
        events.add(rows.getString(1));
      }
      return events;
    }
  }
}
