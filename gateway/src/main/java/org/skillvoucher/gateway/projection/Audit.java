package org.skillvoucher.gateway.projection;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.projection.Views.AuditReport;
import org.skillvoucher.gateway.projection.Views.Difference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit as a habit: compares journal and read models every so often and keeps the last report
 * for the metrics. What was written moments ago is given time to be applied.
 */
public final class Audit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

  private final DataSource pool;
  private final Duration settle;
  private final InstantSource clock;
  private final AtomicReference<Optional<AuditReport>> last =
      new AtomicReference<>(Optional.empty());
  private final AtomicLong failures = new AtomicLong();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("audit").daemon().factory());

  private Audit(DataSource pool, Duration settle, InstantSource clock) {
    this.pool = pool;
    this.settle = settle;
    this.clock = clock;
  }

  /**
   * Starts auditing, the first time after one interval.
   *
   * @param interval from the end of one audit to the start of the next; each costs a scan of the
   *     journal's index
   * @param settle how old an event must be to be missed, by the machine's own clock
   * @param clock what reports are dated by
   */
  public static Audit start(
      DataSource pool, Duration interval, Duration settle, InstantSource clock) {
    if (!interval.isPositive() || settle.isNegative()) {
      throw new IllegalArgumentException("the audit's interval must be positive");
    }
    Audit audit = new Audit(pool, settle, clock);
    long millis = interval.toMillis();
    var unused =
        audit.worker.scheduleWithFixedDelay(audit::run, millis, millis, TimeUnit.MILLISECONDS);
    return audit;
  }

  /** The last report; empty before the first. */
  public Optional<AuditReport> last() {
    return last.get();
  }

  /** How many entities differed the last time, counted up to 100; 0 before the first. */
  public int differences() {
    return last().map(report -> report.differences().size()).orElse(0);
  }

  /** When the last audit ended well, by the clock reports are dated by; empty before the first. */
  public Optional<Instant> lastAt() {
    return last().map(AuditReport::at);
  }

  /** How many audits could not be carried out, such as for want of a database. */
  public long failures() {
    return failures.get();
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  /** One audit. Never throws: a schedule ends at the first exception. */
  void run() {
    try {
      long writtenUntil = System.currentTimeMillis() - settle.toMillis();
      AuditReport report =
          Sql.inTransaction(
              pool, connection -> AuditQuery.settled(connection, clock.instant(), writtenUntil));
      last.set(Optional.of(report));
      if (!report.differences().isEmpty()) {
        LOG.error(
            "journal and read models differ in {} entities: {}",
            report.differences().size(),
            report.differences().stream()
                .map(Difference::persistenceId)
                .collect(Collectors.joining(", ")));
      }
    } catch (SQLException | RuntimeException e) {
      failures.incrementAndGet();
      LOG.warn("the audit could not be carried out", e);
    }
  }
}
