package org.skillvoucher.gateway.audit;

import java.time.Instant;
import java.util.List;

/**
 * What the journal holds compared with what the read models applied.
 *
 * @param differences at most 100
 */
public record AuditReport(
    Instant at,
    long journalEvents,
    long appliedEvents,
    long entities,
    List<Difference> differences) {
  /** An entity whose journal and read models differ. */
  public record Difference(String persistenceId, long journalEvents, long appliedEvents) {}
}
