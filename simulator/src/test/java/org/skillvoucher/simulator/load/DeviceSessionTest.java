package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.simulator.load.TestLoad.batchItem;
import static org.skillvoucher.simulator.load.TestLoad.in;
import static org.skillvoucher.simulator.load.TestLoad.out;
import static org.skillvoucher.simulator.load.TestLoad.problem;
import static org.skillvoucher.simulator.load.TestLoad.receipt;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.receipt.Act;

/** A session without a network, on a clock that the test advances. */
final class DeviceSessionTest {
  private ManualHost host = new ManualHost(1, Duration.ofSeconds(10));
  private DeviceSession session = session(500);

  private DeviceSession session(long tapMillisMin) {
    return new DeviceSession(
        7, TestLoad.classroom("C0", tapMillisMin), TestLoad.device(0).device(), "token-0", host);
  }

  private void atSpeed(int speed, Duration patience) {
    host = new ManualHost(speed, patience);
    session = session(500);
  }

  private PendingStatement takeSent() {
    PendingStatement statement = host.sent.remove();
    assertTrue(host.sent.isEmpty(), "at most one statement is in flight");
    return statement;
  }

  private void accept(PendingStatement statement) {
    session.replied(statement, receipt(201, statement.statement().hash()));
  }

  private static long member(PendingStatement statement, String name) {
    return TestLoad.members(statement.body()).path(name).asLong();
  }

  private LoadCounters.Reading counts() {
    return host.load.counters.read();
  }

  @Test
  void anArrivalQueuesUntilTheStatementInFlightHasItsFinalAnswer() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    PendingStatement first = takeSent();
    assertFalse(session.isIdle());
    host.advanceMillis(5_000);
    assertTrue(host.sent.isEmpty());
    accept(first);
    PendingStatement second = takeSent();
    accept(second);
    assertTrue(session.isIdle());
    assertEquals(List.of(1L, 2L), List.of(member(first, "ctr"), member(second, "ctr")));
    assertEquals(first.statement().hash(), TestLoad.members(second.body()).path("ph").asText());
  }

  @Test
  void latencyIsMeasuredFromTheScheduledArrivalAlsoOfWhatQueued() {
    session.arrive(in(0, 0));
    host.advanceMillis(1_000);
    session.arrive(in(1_000_000, 1));
    host.advanceMillis(2_000);
    accept(takeSent());
    assertEquals(3e6, (double) counts().delays().getMaxValue(), 5e4);
    host.advanceMillis(2_000);
    accept(takeSent());
    assertEquals(4e6, (double) counts().delays().getMaxValue(), 5e4);
  }

  @Test
  void aRefusedStatementLeavesItsCounterToTheNext() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    PendingStatement refused = takeSent();
    session.replied(refused, problem(403, "not_enrolled", 0));
    PendingStatement next = takeSent();
    assertEquals(1, member(next, "ctr"));
    assertNotEquals(refused.key(), next.key());
    LoadCounters.Reading counts = counts();
    assertEquals(1, counts.failed());
    assertEquals(1, counts.answered());
    assertEquals(Map.of("not_enrolled", 1L), counts.errors());
  }

  @Test
  void aReplayedAnswerUsesUpTheCounterAndCountsAsAccepted() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    PendingStatement lost = takeSent();
    session.replied(lost, StatementReply.none("broken_off"));
    host.advanceMillis(200);
    PendingStatement again = takeSent();
    assertSame(lost, again);
    session.replied(again, receipt(200, again.statement().hash()));
    assertEquals(2, member(takeSent(), "ctr"));
    assertEquals(1, counts().accepted());
  }

  @Test
  void theReceiptOfAnEarlierStatementLeavesTheCounter() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    session.replied(takeSent(), receipt(200, "of-an-earlier-statement"));
    assertEquals(1, member(takeSent(), "ctr"));
    assertEquals(1, counts().repeated());
    assertEquals(0, counts().failed());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void a503IsSentAgainAfterExactlyItsRetryAfter(int seconds) {
    session.arrive(in(0, 0));
    PendingStatement first = takeSent();
    byte[] body = first.body();
    session.replied(first, problem(503, "try_again", seconds));
    host.advanceMillis(seconds * 1_000L - 1);
    assertTrue(host.sent.isEmpty());
    host.advanceMillis(1);
    PendingStatement again = takeSent();
    assertArrayEquals(body, again.body());
    assertEquals(first.statement().hash(), again.key());
    assertEquals(Map.of("try_again", 1L), counts().errors());
  }

  @Test
  void withoutRetryAfterTheBackoffDoublesUpToTwoSeconds() {
    atSpeed(1, Duration.ofMinutes(1));
    session.arrive(in(0, 0));
    for (long millis : List.of(200, 400, 800, 1_600, 2_000, 2_000)) {
      session.replied(takeSent(), problem(503, "try_again", 0));
      host.advanceMillis(millis - 1);
      assertTrue(host.sent.isEmpty(), "earlier than after " + millis + " ms");
      host.advanceMillis(1);
    }
    accept(takeSent());
    LoadCounters.Reading counts = counts();
    assertEquals(1, counts.sent());
    assertEquals(1, counts.failed(), "counted once, however often it is sent");
    assertEquals(Map.of("try_again_without_retry_after", 6L), counts.errors());
  }

  @Test
  void anArrivalThatWaitedLongerThanThePatienceIsDropped() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    session.arrive(in(3_000_000, 2));
    PendingStatement slow = takeSent();
    host.advanceMillis(10_001);
    accept(slow);
    assertEquals(Act.IN, takeSent().arrival().act());
    assertEquals(1, counts().dropped());
    assertEquals(2, counts().sent());
  }

  @Test
  void theSignOutOfADroppedSignInIsDroppedInThatLessonOnly() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    PendingStatement slow = takeSent();
    host.advanceMillis(10_001);
    accept(slow);
    session.arrive(out(10_001_000, 1));
    assertTrue(host.sent.isEmpty());
    assertEquals(2, counts().dropped());
    session.arrive(new Arrival(10_001_000, 0, 1, Act.OUT, 1, false));
    assertEquals(1, takeSent().arrival().lesson());
  }

  @Test
  void theSignOutOfARefusedSignInIsDroppedAndOfARefusedRescanIsNot() {
    session.arrive(in(0, 0));
    session.replied(takeSent(), problem(409, "outside_window", 0));
    session.arrive(out(0, 0));
    assertTrue(host.sent.isEmpty());
    session.arrive(in(0, 1));
    accept(takeSent());
    session.arrive(in(0, 1).rescan(1));
    session.replied(takeSent(), problem(429, "tap_rate", 0));
    session.arrive(out(0, 1));
    assertEquals(Act.OUT, takeSent().arrival().act());
  }

  @Test
  void aCounterGapStopsTheDeviceAndDropsItsQueueAndAllLaterArrivals() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    session.replied(takeSent(), problem(202, "device_counter_gap", 0));
    session.arrive(in(0, 2));
    assertTrue(host.sent.isEmpty());
    assertTrue(session.isIdle());
    assertEquals(2, counts().dropped());
    assertEquals(List.of(StatementOutcome.COUNTER_GAP), host.outcomes);
  }

  @Test
  void clockSkewIsSignedAnewWithTheSameCounterAndSentOnce() {
    session.arrive(in(0, 0));
    PendingStatement first = takeSent();
    session.replied(first, problem(409, "clock_skew", 0));
    host.advanceMillis(99);
    assertTrue(host.sent.isEmpty());
    host.advanceMillis(1);
    PendingStatement anew = takeSent();
    assertEquals(member(first, "ctr"), member(anew, "ctr"));
    assertTrue(member(anew, "t") > member(first, "t"));
    assertNotEquals(first.key(), anew.key());
    accept(anew);
    assertEquals(1, counts().sent());
    assertEquals(1, counts().accepted());
  }

  @Test
  void clockSkewAfterAnUnknownOutcomeIsSentAsBatchAndNeverSignedAnew() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    PendingStatement statement = takeSent();
    session.replied(statement, problem(503, "try_again", 1));
    host.advanceMillis(1_000);
    session.replied(takeSent(), problem(409, "clock_skew", 0));
    host.advanceMillis(400);
    assertSame(statement, takeSent());
    assertTrue(statement.isBatch());
    session.replied(statement, batchItem("repeated"));
    assertEquals(2, member(takeSent(), "ctr"), "a batch uses up the counter whatever its outcome");
  }

  @Test
  void aRefusedBatchUsesUpTheCounter() {
    atSpeed(60, Duration.ofSeconds(10));
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    PendingStatement statement = takeSent();
    session.replied(statement, problem(503, "try_again", 2));
    host.advanceMillis(2_000);
    assertSame(statement, takeSent());
    assertTrue(
        statement.isBatch(), "120 s of business time are more than an online scan may be old");
    session.replied(statement, batchItem("refused"));
    assertEquals(2, member(takeSent(), "ctr"));
  }

  @Test
  void aStatementOfLessThanHundredSecondsIsSentAgainOnline() {
    atSpeed(60, Duration.ofSeconds(10));
    session.arrive(in(0, 0));
    session.replied(takeSent(), problem(503, "try_again", 1));
    host.advanceMillis(1_000);
    assertFalse(takeSent().isBatch());
  }

  @Test
  void tapsOfOneDeviceAreAtLeastTheMinimumApart() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    PendingStatement first = takeSent();
    accept(first);
    assertEquals(500, member(takeSent(), "t") - member(first, "t"));
  }

  @Test
  void aTapIsNeverMoreThanAMinuteAheadOfBusinessTime() {
    atSpeed(1, Duration.ofMinutes(5));
    session = session(90_000);
    session.arrive(in(0, 0));
    PendingStatement first = takeSent();
    accept(first);
    session.arrive(in(0, 1));
    host.advanceMillis(30_000);
    assertTrue(host.sent.isEmpty(), "it would be more than 60 s ahead");
    assertFalse(session.isIdle());
    host.advanceMillis(1);
    assertEquals(90_000, member(takeSent(), "t") - member(first, "t"));
  }

  @Test
  void droppingTheQueueLeavesTheStatementInFlight() {
    session.arrive(in(0, 0));
    session.arrive(in(0, 1));
    session.arrive(in(0, 2));
    PendingStatement inFlight = takeSent();
    session.dropQueue();
    assertFalse(session.isIdle());
    assertEquals(2, counts().dropped());
    accept(inFlight);
    assertTrue(session.isIdle());
    assertEquals(1, counts().accepted());
  }
}
