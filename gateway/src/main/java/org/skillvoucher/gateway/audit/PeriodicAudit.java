package org.skillvoucher.gateway.audit;

import java.sql.SQLException;
import java.time.Duration;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the audit at an interval and stores the last report for the metrics. Recent events are not
 * reported as missing, because the read models lag behind the journal.
 */
public final class PeriodicAudit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodicAudit.class);

  private final DataSource pool;
  private final Duration settle;
  private final InstantSource clock;
  private final AtomicReference<Optional<AuditReport>> last =
      new AtomicReference<>(Optional.empty());
  private final AtomicLong failures = new AtomicLong();
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("audit").daemon().factory());

  private PeriodicAudit(DataSource pool, Duration settle, InstantSource clock) {
    this.pool = pool;
    this.settle = settle;
    this.clock = clock;
  }

  /**
   * Starts auditing, the first time after one interval.
   *
   * @param interval from the end of one audit to the start of the next; each costs a scan of the
   *     journal's index
   * @param settle the age from which an event counts as missing, by the machine's clock
   * @param clock dates the reports
   */
  public static PeriodicAudit start(
      DataSource pool, Duration interval, Duration settle, InstantSource clock) {
    if (!interval.isPositive() || settle.isNegative()) {
      throw new IllegalArgumentException("the audit's interval must be positive");
    }
    PeriodicAudit audit = new PeriodicAudit(pool, settle, clock);
    long millis = interval.toMillis();
    var unused =
        audit.worker.scheduleWithFixedDelay(audit::run, millis, millis, TimeUnit.MILLISECONDS);
    return audit;
  }

  /** The last report; empty before the first. */
  public Optional<AuditReport> last() {
    return last.get();
  }

  /** How many entities differed in the last report, at most 100; 0 before the first. */
  public int differences() {
    return last().map(report -> report.differences().size()).orElse(0);
  }

  /** How many audits failed, for example because the database was not reachable. */
  public long failures() {
    return failures.get();
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  /** One audit. Never throws: an exception would end the schedule. */
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
                .map(AuditReport.Difference::persistenceId)
                .collect(Collectors.joining(", ")));
      }
    } catch (SQLException | RuntimeException e) {
      failures.incrementAndGet();
      LOG.warn("the audit failed", e);
    }
  }
}
