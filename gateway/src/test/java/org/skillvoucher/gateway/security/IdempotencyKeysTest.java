package org.skillvoucher.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.security.IdempotencyKeys.Claim;

class IdempotencyKeysTest {
  private static final CountedPool POOL = new CountedPool();
  private static final byte[] REQUEST = Gm.utf8("POST /v1/classes {}");
  private static final KeyedHash KEYED_HASH =
      new DeploymentKeyedHash(new DeploymentKey(Gm.random(32)));

  private final IdempotencyKeys keys = keys();

  @AfterAll
  static void close() {
    POOL.close();
  }

  @Test
  void aKeyIsNewOnceAndThenTheSame() {
    assertEquals(Claim.NEW, joined(keys.claim("T1", "k1", REQUEST)));
    assertEquals(Claim.SAME, joined(keys.claim("T1", "k1", REQUEST)));
    assertEquals(Claim.SAME, joined(keys().claim("T1", "k1", REQUEST)));
  }

  @Test
  void anotherRequestUnderAKeyIsToldAndTheFirstKeepsIt() {
    assertEquals(Claim.NEW, joined(keys.claim("T1", "k2", REQUEST)));
    assertEquals(Claim.OTHER, joined(keys.claim("T1", "k2", Gm.utf8("POST /v1/classes {1}"))));
    assertEquals(Claim.SAME, joined(keys.claim("T1", "k2", REQUEST)));
  }

  @Test
  void eachTokenHasKeysOfItsOwn() {
    assertEquals(Claim.NEW, joined(keys.claim("T1", "k3", REQUEST)));
    assertEquals(Claim.NEW, joined(keys.claim("T2", "k3", Gm.utf8("another"))));
  }

  @Test
  void ofManyAtOnceExactlyOneIsNew() {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var racing = new IdempotencyKeys(KEYED_HASH, POOL, executor);
      var claims =
          IntStream.range(0, 32)
              .mapToObj(i -> racing.claim("T1", "k4", REQUEST).toCompletableFuture())
              .toList();
      assertEquals(
          1, claims.stream().map(CompletableFuture::join).filter(Claim.NEW::equals).count());
      assertEquals(
          31, claims.stream().map(CompletableFuture::join).filter(Claim.SAME::equals).count());
    }
  }

  @Test
  void withoutTheDatabaseNothingIsClaimed() {
    POOL.away = true;
    try {
      assertThrows(CompletionException.class, () -> joined(keys.claim("T1", "k5", REQUEST)));
    } finally {
      POOL.away = false;
    }
    assertEquals(Claim.NEW, joined(keys.claim("T1", "k5", REQUEST)));
  }

  private static IdempotencyKeys keys() {
    return new IdempotencyKeys(KEYED_HASH, POOL, Runnable::run);
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
