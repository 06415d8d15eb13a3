package org.skillvoucher.gateway.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.gateway.database.Transactions;

/** An audit on request. */
public interface JournalAudit {
  /**
   * Runs the audit now. It costs a scan of the journal's index, and reports events as differences
   * which the read models are about to apply.
   */
  CompletionStage<AuditReport> run();

  /** The audit in PostgreSQL; reports are dated by the clock. */
  static JournalAudit of(Transactions transactions, InstantSource clock) {
    return () -> {
      Instant at = clock.instant();
      return transactions.run(connection -> AuditQuery.exact(connection, at));
    };
  }
}
