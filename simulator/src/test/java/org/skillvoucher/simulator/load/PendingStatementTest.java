package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.history.HistoryEntry;
import org.skillvoucher.simulator.wire.Json;

final class PendingStatementTest {
  private final ManualHost host = new ManualHost(1, Duration.ofSeconds(1));
  private final PendingStatement statement;

  PendingStatementTest() {
    new DeviceSession(
            7, TestLoad.classroom("C0", 500), TestLoad.device(3).device(), "token-3", host)
        .arrive(TestLoad.in(0, 0));
    statement = host.sent.remove();
  }

  @Test
  void onlineItIsTheSameRequestInEveryAttempt() {
    assertEquals("/v1/classes/C0/scans", statement.path());
    byte[] body = statement.body();
    String key = statement.key();
    assertEquals(statement.statement().hash(), key);
    statement.markSent(5);
    assertArrayEquals(body, statement.body());
    assertEquals(key, statement.key());
    assertEquals(2, statement.attempts());
    assertEquals(5, statement.sentNanos());
  }

  @Test
  void asBatchItHasTheSameItemAndAKeyOfEachAttempt() {
    byte[] online = statement.body();
    statement.sendAsBatch();
    assertTrue(statement.isBatch());
    assertEquals("/v1/statement-batches", statement.path());
    assertEquals(
        "{\"items\":[" + new String(online, UTF_8) + "]}", new String(statement.body(), UTF_8));
    String key = statement.key();
    statement.markSent(1);
    assertNotEquals(key, statement.key(), "another batch is another request");
    assertEquals(1, Json.read(statement.body()).path("items").size());
  }

  @Test
  void theHistoryHasItsInvocationAndItsOutcome() {
    HistoryEntry invoked = statement.invokeEntry(12);
    assertEquals(
        HistoryEntry.invoke(7, 12, statement.statement().hash(), "C0", "D3-1", 1), invoked);
    StatementReply reply = TestLoad.receipt(201, statement.statement().hash());
    assertEquals(
        invoked.answered(34, 201, "cmVjZWlwdA"),
        statement.outcomeEntry(34, reply, StatementOutcome.ACCEPTED));
  }

  @Test
  void anOutcomeOtherThanOkHasNoReceipt() {
    StatementReply reply = TestLoad.receipt(201, "h");
    for (StatementOutcome outcome : StatementOutcome.values()) {
      HistoryEntry entry = statement.outcomeEntry(1, reply, outcome);
      assertEquals(outcome.type(), entry.type());
      assertEquals(outcome.type() == HistoryEntry.Type.OK, !entry.receipt().isEmpty());
      assertEquals(entry.receipt().isEmpty(), entry.receiptSha().isEmpty());
    }
  }

  @Test
  void anUnknownOutcomeIsRemembered() {
    assertFalse(statement.isOutcomeUnknown());
    statement.markOutcomeUnknown();
    assertTrue(statement.isOutcomeUnknown());
  }
}
