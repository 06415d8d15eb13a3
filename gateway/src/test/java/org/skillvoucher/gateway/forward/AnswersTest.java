package org.skillvoucher.gateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
  void anAnswerWhichIsNotAnAcknowledgementIsNone() {
    assertRefused("", "the acknowledgement has no acknowledgementId");
    assertRefused("OK", "the acknowledgement is not JSON");
    assertRefused("[]", "the acknowledgement has no acknowledgementId");
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
