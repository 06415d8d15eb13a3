package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.simulator.history.HistoryEntry;

/** What each answer means for a statement, and for the history's operation status. */
final class StatementOutcomeTest {
  private final PendingStatement statement = statement();

  private static PendingStatement statement() {
    ManualHost host = new ManualHost(1, Duration.ofSeconds(1));
    new DeviceSession(
            0, TestLoad.classroom("C0", 500), TestLoad.device(0).device(), "token-0", host)
        .arrive(TestLoad.in(0, 0));
    return host.sent.remove();
  }

  @ParameterizedTest
  @CsvSource({
    "201, true,  ACCEPTED, OK",
    "200, true,  REPLAYED, OK",
    "200, false, REPEATED, OK",
    "201, false, REPEATED, OK",
  })
  void aReceiptIsOfThisStatementOrOfAnEarlierOne(
      int status, boolean own, StatementOutcome outcome, HistoryEntry.Type type) {
    StatementReply reply =
        TestLoad.receipt(status, own ? statement.statement().hash() : "of-another");
    assertEquals(outcome, StatementOutcome.of(statement, reply));
    assertEquals(type, outcome.type());
  }

  @ParameterizedTest
  @CsvSource({
    "202, device_counter_gap,    COUNTER_GAP, OK",
    "400, malformed,             REFUSED,     FAIL",
    "403, not_enrolled,          REFUSED,     FAIL",
    "409, clock_skew,            CLOCK_SKEW,  FAIL",
    "409, outside_window,        REFUSED,     FAIL",
    "429, tap_rate,              REFUSED,     FAIL",
    "500, broken,                UNKNOWN,     INFO",
    "503, try_again,             UNKNOWN,     INFO",
    "504, clock_skew,            UNKNOWN,     INFO",
    "0,   timeout,               UNKNOWN,     INFO",
  })
  void aProblemIsFinalUnlessItIsA5xxOrNoAnswer(
      int status, String code, StatementOutcome outcome, HistoryEntry.Type type) {
    StatementReply reply =
        status == 0 ? StatementReply.none(code) : TestLoad.problem(status, code, 0);
    assertEquals(outcome, StatementOutcome.of(statement, reply));
    assertEquals(type, outcome.type());
  }

  @Test
  void clockSkewAfterAnUnknownOutcomeIsUnknownToo() {
    statement.markOutcomeUnknown();
    assertEquals(
        StatementOutcome.UNKNOWN,
        StatementOutcome.of(statement, TestLoad.problem(409, "clock_skew", 0)));
    assertEquals(
        StatementOutcome.REFUSED,
        StatementOutcome.of(statement, TestLoad.problem(409, "outside_window", 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "attended, ACCEPTED",
    "replayed, REPLAYED",
    "repeated, REPEATED",
    "refused,  REFUSED",
    "fork,     REFUSED",
    "gap,      COUNTER_GAP",
    "captured, UNKNOWN",
    "later,    UNKNOWN",
  })
  void theItemOfABatchHasItsOwnOutcome(String item, StatementOutcome outcome) {
    statement.sendAsBatch();
    assertEquals(outcome, StatementOutcome.of(statement, TestLoad.batchItem(item)));
  }

  @Test
  void aBatchWithoutAnItemIsUnknownWhenItWasAcceptedAndRefusedOtherwise() {
    statement.sendAsBatch();
    assertEquals(
        StatementOutcome.UNKNOWN,
        StatementOutcome.of(statement, TestLoad.problem(200, "ignored", 0)));
    assertEquals(
        StatementOutcome.REFUSED,
        StatementOutcome.of(statement, TestLoad.problem(403, "device_not_trusted", 0)));
    assertEquals(
        StatementOutcome.UNKNOWN,
        StatementOutcome.of(statement, TestLoad.problem(503, "try_again", 1)));
  }
}
