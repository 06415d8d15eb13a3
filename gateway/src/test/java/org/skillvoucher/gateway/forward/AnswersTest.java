package org.skillvoucher.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.gateway.Configuration;
import org.skillvoucher.gateway.Settings;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.forward.StubDownstream.Reply;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersTest {
  private static final String HASH = OutboxFixture.HASH;

  private final OutboxFixture fixture = new OutboxFixture();

  @AfterAll
  void stop() {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.execute("TRUNCATE evidence");
  }

  @Test
  void aWrongHashIsNoAcknowledgement() {
    assertRefused(
        StubDownstream.acknowledgement("E-C1", "other"),
        "the acknowledged contentHash is not the one sent");
  }

  @Test
  void anAcknowledgementOfOtherEvidenceIsNone() {
    assertRefused(
        StubDownstream.acknowledgement("E-C2", HASH), "the acknowledgement is of other evidence");
  }

  @Test
  void anAcknowledgementThatLacksSomethingIsNone() {
    assertRefused("{\"evidenceId\":\"E-C1\"}", "the acknowledgement has no acknowledgementId");
    assertRefused("{\"evidenceId\":\"E-C", "the acknowledgement is not JSON");
    assertRefused("<html>log in</html>", "the acknowledgement is not JSON");
    assertRefused(
        StubDownstream.acknowledgement("E-C1", HASH) + "{}", "the acknowledgement is not JSON");
    assertRefused(
        StubDownstream.acknowledgement("E-C1", HASH).replace("receivedAt", "received"),
        "the acknowledgement has no receivedAt");
  }

  @Test
  void anAnswerThatIsTooLongIsNotTaken() {
    assertRefused(
        StubDownstream.acknowledgement("E-C1", HASH) + " ".repeat(5000),
        "the connection failed or the answer was too long");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | ''",
        "202 | ''",
        "204 | ''",
        "200 | OK",
        "200 | '{\"success\":true}'",
        "201 | '[]'"
      })
  void anySuccessWithoutAnAcknowledgementIsAcceptedAndNotSentAgain(int status, String body) {
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> new Reply(status, body))) {
      fixture.round(stub);
      fixture.makeDue();
      assertEquals(0, fixture.round(stub));
      assertEquals(1, stub.requests().size());
    }
    assertEquals("accepted", fixture.one("state"));
    assertEquals(
        "null null",
        fixture.one("coalesce(acknowledgement, 'null') || ' ' || coalesce(last_error, 'null')"));
  }

  @Test
  void goneParksAtOnceWithItsCause() {
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> new Reply(410, ""))) {
      fixture.round(stub);
    }
    assertEquals(
        "parked status_410 1", fixture.one("concat_ws(' ', state, failure_cause, attempts)"));
  }

  @Test
  void aMessageWaitsAsLongAsItsAnswerAsks() {
    fixture.evidence(1);
    try (var stub =
        new StubDownstream((request, n) -> new Reply(500, "", Map.of("Retry-After", "3600")))) {
      fixture.round(stub);
    }
    assertEquals(
        "true",
        fixture.one(
            "(next_attempt_at BETWEEN now() + interval '59 min' AND now() + interval '61 min')::text"));
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void anOverloadedEndpointGetsNoMessageDuringThePauseThenOneAndThenMore(int status)
      throws Exception {
    fixture.evidence(12);
    try (var stub =
        new StubDownstream(
            (request, n) ->
                n == 1 ? new Reply(status, "", Map.of("Retry-After", "1")) : new Reply(204, ""))) {
      ForwardSettings settings = OutboxFixture.settings(stub, 5);
      try (Downstream downstream =
          new Downstream(settings, "issuer", InstantSource.fixed(OutboxFixture.NOW))) {
        DeliveryRound rounds = fixture.rounds(downstream, settings);
        assertEquals(10, rounds.run());
        assertEquals(0, rounds.run(), "the pause");
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        int sent = 0;
        while (sent == 0 && System.nanoTime() < end) {
          fixture.execute("UPDATE evidence SET next_attempt_at = now() WHERE state = 'pending'");
          sent = rounds.run();
          LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        assertEquals(1, sent, "one to try it");
        fixture.makeDue();
        assertEquals(2, rounds.run());
      }
    }
    assertEquals("12", fixture.one("count(*) FILTER (WHERE state = 'accepted')"));
  }

  @Test
  void theDefaultScheduleSpansAWeekend() throws Exception {
    ForwardSchedule schedule = Settings.read(configured()).downstream().schedule();
    Backoff backoff = new Backoff(schedule.backoffMin(), schedule.backoffMax(), new Random(7));
    Duration whole = Duration.ZERO;
    for (int failures = 1; failures < schedule.attemptsMax(); failures++) {
      whole = whole.plus(backoff.after(failures));
    }
    assertTrue(whole.compareTo(Duration.ofHours(68)) > 0, whole.toString());
    assertTrue(whole.compareTo(Duration.ofHours(80)) < 0, whole.toString());
    assertEquals(Duration.ofHours(1), schedule.backoffMax());
  }

  private static Config configured() {
    return Configuration.load(
        TestPostgres.configFolder(),
        Map.of(),
        Map.of(
            "database.url", "jdbc:postgresql://db:5432/vgw",
            "platform.access-key", "ak",
            "platform.secret", "s",
            "platform.envelope-key", "00112233445566778899aabbccddeeff",
            "downstream.secret", OutboxFixture.SECRET));
  }

  private void assertRefused(String answer, String reason) {
    empty();
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> new Reply(200, answer))) {
      fixture.round(stub);
    }
    assertEquals("pending", fixture.one("state"));
    assertEquals(reason, fixture.one("last_error"));
    assertEquals("null", fixture.one("coalesce(acknowledgement, 'null')"));
  }

  @Test
  void aRedirectIsNotFollowed() {
    fixture.evidence(1);
    try (var stub = new StubDownstream((request, n) -> new Reply(307, ""))) {
      fixture.round(stub);
      assertEquals(1, stub.requests().size());
    }
    assertEquals("status 307", fixture.one("last_error"));
  }

  @Test
  void whoNeverAnswersIsGivenUpInTime() {
    fixture.evidence(1);
    CountDownLatch end = new CountDownLatch(1);
    try (var stub =
        new StubDownstream(
            (request, n) -> {
              OutboxFixture.awaitQuietly(end);
              return new Reply(200, "");
            })) {
      fixture.round(stub, OutboxFixture.settings(stub, 5, Duration.ofMillis(300)));
      end.countDown();
    }
    assertTrue(fixture.one("last_error").startsWith("no answer"), fixture.one("last_error"));
  }

  @Test
  void whereNobodyListensIsAFailureLikeAnyOther() {
    fixture.evidence(1);
    StubDownstream stub = new StubDownstream((request, n) -> OutboxFixture.accept(request));
    stub.close();
    fixture.round(stub);
    assertEquals("pending cannot connect", fixture.one("state || ' ' || last_error"));
  }
}
