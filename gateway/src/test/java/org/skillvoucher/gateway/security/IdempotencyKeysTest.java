package org.skillvoucher.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.security.IdempotentCalls.Kept;
import org.skillvoucher.gateway.security.IdempotentCalls.KeyClaim;

class IdempotencyKeysTest {
  private static final CountingDataSource POOL = new CountingDataSource();
  private static final byte[] REQUEST = Gm.utf8("POST /v1/classes {}");
  private static final KeyedHash KEYED_HASH =
      new DeploymentKeyedHash(new DeploymentKey(Gm.random(32)));

  private final IdempotencyKeys keys = keys();

  @AfterAll
  static void close() {
    POOL.close();
  }

  @Test
  void whileOneCallIsAtWorkAnotherOfTheSameRequestWaits() {
    assertEquals(new KeyClaim.Claimed(), joined(keys.claim("T1", "k1", REQUEST, Kept.SHORTLY)));
    assertEquals(new KeyClaim.AtWork(), joined(keys.claim("T1", "k1", REQUEST, Kept.SHORTLY)));
    assertEquals(new KeyClaim.AtWork(), joined(keys().claim("T1", "k1", REQUEST, Kept.SHORTLY)));
  }

  @Test
  void aReleasedClaimAndOneThatHasRunOutAreTakenOver() {
    joined(keys.claim("T1", "k8", REQUEST, Kept.SHORTLY));
    joined(keys.release("T1", "k8"));
    assertEquals(new KeyClaim.Claimed(), joined(keys.claim("T1", "k8", REQUEST, Kept.SHORTLY)));

    var brief = new IdempotencyKeys(KEYED_HASH, POOL, Runnable::run, Duration.ZERO);
    joined(brief.claim("T1", "k9", REQUEST, Kept.SHORTLY));
    assertEquals(new KeyClaim.Claimed(), joined(keys.claim("T1", "k9", REQUEST, Kept.SHORTLY)));
  }

  @Test
  void anAnswerIsNotLostByALateRelease() {
    joined(keys.claim("T1", "k10", REQUEST, Kept.SHORTLY));
    joined(keys.store("T1", "k10", answer("first")));
    joined(keys.release("T1", "k10"));
    assertInstanceOf(
        KeyClaim.Answered.class, joined(keys.claim("T1", "k10", REQUEST, Kept.SHORTLY)));
  }

  @Test
  void anAnsweredRequestGetsTheSameBytesAlsoFromAnotherNode() {
    joined(keys.claim("T1", "k6", REQUEST, Kept.SHORTLY));
    joined(keys.store("T1", "k6", answer("first")));
    var again =
        assertInstanceOf(
            KeyClaim.Answered.class, joined(keys().claim("T1", "k6", REQUEST, Kept.SHORTLY)));
    assertEquals(201, again.answer().status());
    assertEquals("/v1/classes/C1", again.answer().location());
    assertEquals("first", again.answer().body());
  }

  @Test
  void ofTwoAnswersTheFirstIsStored() {
    joined(keys.claim("T1", "k7", REQUEST, Kept.SHORTLY));
    joined(keys.store("T1", "k7", answer("first")));
    assertEquals("first", joined(keys.store("T1", "k7", answer("second"))).body());
  }

  @Test
  void anotherRequestUnderAUsedKeyIsRefused() {
    joined(keys.claim("T1", "k2", REQUEST, Kept.SHORTLY));
    assertEquals(
        new KeyClaim.Other(),
        joined(keys.claim("T1", "k2", Gm.utf8("POST /v1/classes {1}"), Kept.SHORTLY)));
    assertEquals(new KeyClaim.AtWork(), joined(keys.claim("T1", "k2", REQUEST, Kept.SHORTLY)));
  }

  @Test
  void eachTokenHasKeysOfItsOwn() {
    joined(keys.claim("T1", "k3", REQUEST, Kept.SHORTLY));
    assertEquals(
        new KeyClaim.Claimed(), joined(keys.claim("T2", "k3", Gm.utf8("another"), Kept.SHORTLY)));
  }

  @Test
  void withoutTheDatabaseNothingIsClaimed() {
    POOL.away = true;
    try {
      assertThrows(
          CompletionException.class, () -> joined(keys.claim("T1", "k5", REQUEST, Kept.SHORTLY)));
    } finally {
      POOL.away = false;
    }
    assertEquals(
        new KeyClaim.Claimed(), joined(keys.claim("T1", "k5", Gm.utf8("any other"), Kept.SHORTLY)));
  }

  private static IdempotentCalls.StoredAnswer answer(String body) {
    return new IdempotentCalls.StoredAnswer(201, "application/json", "/v1/classes/C1", body);
  }

  private static IdempotencyKeys keys() {
    return new IdempotencyKeys(KEYED_HASH, POOL, Runnable::run, Duration.ofMinutes(1));
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
