package org.skillvoucher.gateway.audit;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.security.Caller;

/** An audit on request. */
public interface JournalAudit {
  /**
   * Runs the audit now. It costs a scan of the journal's index, and reports events as differences
   * which the read models are about to apply.
   *
   * @param scope whose entities are counted; of a part only those which the read models know,
   *     because the journal does not say whose the others are
   */
  CompletionStage<AuditReport> run(Caller.Scope scope);

  /** The audit in PostgreSQL; reports are dated by the clock. */
  static JournalAudit of(Transactions transactions, InstantSource clock) {
    return scope -> {
      Instant at = clock.instant();
      return transactions.run(connection -> AuditQuery.exact(connection, scope, at));
    };
  }
}
