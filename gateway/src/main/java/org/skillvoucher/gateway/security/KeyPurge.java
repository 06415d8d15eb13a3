package org.skillvoucher.gateway.security;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.skillvoucher.gateway.database.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purges idempotency keys with their answers after the time they are kept for, at an interval and
 * the oldest first. Each transaction deletes a bounded number of rows, found by an index, and a
 * round a bounded number of batches; what is left is purged in the next. Several nodes may do so at
 * once: each passes over the rows which another has locked.
 */
public final class KeyPurge implements AutoCloseable, MeterBinder {
  private static final Logger LOG = LoggerFactory.getLogger(KeyPurge.class);

  private static final String DELETE =
      """
      DELETE FROM idempotency_key WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_key
         WHERE of_class = ? AND created_at < now() - ? * interval '1 second'
         ORDER BY created_at LIMIT ? FOR UPDATE SKIP LOCKED))""";

  private static final String OLDEST =
      """
      SELECT extract(epoch FROM now() - min(oldest))::int8
        FROM (SELECT min(created_at) AS oldest FROM idempotency_key WHERE of_class
              UNION ALL
              SELECT min(created_at) FROM idempotency_key WHERE NOT of_class) kinds""";

  private final DataSource pool;
  private final KeySettings settings;
  private final InstantSource clock;
  private final AtomicLong purged = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile double endedAtSeconds = Double.NaN;
  private volatile double oldestSeconds = Double.NaN;
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("key-purge").daemon().factory());

  KeyPurge(DataSource pool, KeySettings settings, InstantSource clock) {
    this.pool = pool;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * Starts purging, the first time at once.
   *
   * @param clock the machine's, for the metric of the last round; ages are by the database's clock
   */
  public static KeyPurge start(DataSource pool, KeySettings settings, InstantSource clock) {
    var purge = new KeyPurge(pool, settings, clock);
    var unused =
        purge.worker.scheduleWithFixedDelay(
            purge::run, 0, settings.purgeInterval().toMillis(), TimeUnit.MILLISECONDS);
    return purge;
  }

  /** One round. Never throws: an exception would end the schedule. */
  void run() {
    try {
      long rows = purge(true, settings.ofClassesKeptFor(), settings.rowsMax());
      rows += purge(false, settings.othersKeptFor(), settings.rowsMax() - rows);
      oldestSeconds = Sql.inTransaction(pool, KeyPurge::oldest);
      endedAtSeconds = clock.millis() / 1000.0;
      if (rows > 0) {
        LOG.info("{} idempotency keys were purged", rows);
      }
    } catch (SQLException | RuntimeException e) {
      failures.incrementAndGet();
      LOG.warn("purging idempotency keys failed; it is tried again at the next interval", e);
    }
  }

  private long purge(boolean ofClass, Duration keptFor, long rowsMax) throws SQLException {
    long rows = 0;
    int wanted;
    int deleted;
    do {
      wanted = (int) Math.min(settings.batchRows(), rowsMax - rows);
      int limit = wanted;
      deleted =
          Sql.inTransaction(pool, c -> Sql.update(c, DELETE, ofClass, keptFor.toSeconds(), limit));
      rows += deleted;
      purged.addAndGet(deleted);
    } while (deleted == wanted && rows < rowsMax);
    return rows;
  }

  /** In seconds; 0 without any key. */
  private static double oldest(Connection connection) throws SQLException {
    return Sql.query(connection, OLDEST, row -> row.getDouble(1)).getFirst();
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    FunctionCounter.builder("vgw.idempotency.purged", purged, AtomicLong::doubleValue)
        .description("idempotency keys purged because they were older than they are kept for")
        .baseUnit("rows")
        .register(registry);
    FunctionCounter.builder("vgw.idempotency.purge.failures", failures, AtomicLong::doubleValue)
        .description("rounds of the purge of idempotency keys that failed")
        .register(registry);
    TimeGauge.builder("vgw.idempotency.purge.ended", () -> endedAtSeconds, TimeUnit.SECONDS)
        .description("when the last round of the purge ended, since 1970; NaN before the first")
        .register(registry);
    Gauge.builder("vgw.idempotency.oldest.age", () -> oldestSeconds)
        .description("age of the oldest idempotency key after the last round; 0 without any")
        .baseUnit("seconds")
        .register(registry);
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
