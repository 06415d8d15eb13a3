package org.skillvoucher.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.security.IdempotentCalls.Kept;
import org.skillvoucher.gateway.security.IdempotentCalls.KeyClaim;

/** The purge on a real PostgreSQL, one round at a time. */
class KeyPurgeTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final KeySettings SETTINGS =
      new KeySettings(Duration.ofDays(400), Duration.ofDays(30), Duration.ofHours(1), 3, 10);

  private final CountingDataSource pool = new CountingDataSource();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final KeyPurge purge = new KeyPurge(pool, SETTINGS, () -> NOW);
  private final IdempotencyKeys keys =
      new IdempotencyKeys(
          new DeploymentKeyedHash(new DeploymentKey(Gm.random(32))),
          pool,
          Runnable::run,
          Duration.ofSeconds(5));

  KeyPurgeTest() {
    purge.bindTo(meters);
  }

  @AfterEach
  void close() {
    purge.close();
    pool.close();
  }

  @Test
  void keysOfClassesAreKeptFor400DaysAndOthersFor30() throws Exception {
    claimed("class, 399 days", Kept.WITH_CLASS, 399);
    claimed("class, 401 days", Kept.WITH_CLASS, 401);
    claimed("other, 29 days", Kept.SHORTLY, 29);
    claimed("other, 31 days", Kept.SHORTLY, 31);
    purge.run();
    assertEquals(2, keysLeft());
    assertTrue(isKnown("class, 399 days"));
    assertTrue(isKnown("other, 29 days"));
    assertEquals(2, meter("vgw.idempotency.purged"));
    assertEquals((double) NOW.getEpochSecond(), meter("vgw.idempotency.purge.ended"));
    assertEquals(
        (double) Duration.ofDays(399).toSeconds(), meter("vgw.idempotency.oldest.age"), 60);
  }

  @Test
  void aRoundDeletesABoundedNumberInBatchesAndTheNextOneContinues() throws Exception {
    for (int i = 0; i < 12; i++) {
      claimed("old " + i, Kept.SHORTLY, 40 + i);
    }
    int before = pool.taken.get();
    purge.run();
    int taken = pool.taken.get() - before;
    assertEquals(2, keysLeft(), "the newest are left");
    assertTrue(isKnown("old 0"));
    assertEquals(6, taken, "none of classes; 3, 3, 3 and 1 others; the oldest's age");
    purge.run();
    assertEquals(0, keysLeft());
    assertEquals(12, meter("vgw.idempotency.purged"));
    assertEquals(0, meter("vgw.idempotency.oldest.age"));
  }

  @Test
  void rowsLockedByAnotherNodesPurgeAreNotWaitedFor() throws Exception {
    claimed("locked", Kept.SHORTLY, 31);
    claimed("free", Kept.SHORTLY, 32);
    try (var other = pool.getConnection()) {
      Sql.query(
          other,
          "SELECT key_hash FROM idempotency_key ORDER BY created_at DESC LIMIT 1 FOR UPDATE",
          row -> row.getBytes(1));
      purge.run();
      other.rollback();
    }
    assertEquals(1, keysLeft());
    purge.run();
    assertEquals(0, keysLeft());
  }

  @Test
  void anAnswerWhoseKeyWasPurgedMeanwhileIsStillGiven() throws Exception {
    claimed("slow", Kept.SHORTLY, 31);
    purge.run();
    var answer = new IdempotentCalls.StoredAnswer(201, "application/json", "", "{}");
    assertEquals(answer, keys.store("T1", "slow", answer).toCompletableFuture().join());
  }

  @Test
  void aRoundThatFailsIsCountedAndTheNextOneSucceeds() throws Exception {
    claimed("old", Kept.SHORTLY, 31);
    pool.away = true;
    purge.run();
    pool.away = false;
    assertEquals(1, meter("vgw.idempotency.purge.failures"));
    assertTrue(Double.isNaN(meter("vgw.idempotency.purge.ended")));
    purge.run();
    assertEquals(0, keysLeft());
  }

  /** A key with its answer that was claimed so many days ago. */
  private void claimed(String key, Kept kept, int daysAgo) throws SQLException {
    keys.claim("T1", key, Gm.utf8(key), kept).toCompletableFuture().join();
    pool.update(
        "UPDATE idempotency_key SET status = 200, media_type = '', location = '', body = '',"
            + " created_at = now() - interval '%d days' WHERE status IS NULL".formatted(daysAgo));
  }

  private boolean isKnown(String key) {
    KeyClaim claim = keys.claim("T1", key, Gm.utf8(key), Kept.SHORTLY).toCompletableFuture().join();
    assertInstanceOf(KeyClaim.Answered.class, claim);
    return true;
  }

  private long keysLeft() throws SQLException {
    return Sql.inTransaction(
            pool, c -> Sql.query(c, "SELECT count(*) FROM idempotency_key", row -> row.getLong(1)))
        .getFirst();
  }

  private double meter(String name) {
    return meters.get(name).meter().measure().iterator().next().getValue();
  }
}
