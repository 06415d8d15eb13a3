package org.skillvoucher.gateway.forward;

import java.util.concurrent.CompletionStage;
import org.skillvoucher.gateway.database.Transactions;

/** Evidence which the forwarder gave up on after its last attempt. */
public interface ParkedMessages {
  /**
   * Makes parked evidence pending, with all its attempts before it; false when it is not parked.
   */
  CompletionStage<Boolean> release(String evidenceId);

  /** The parked messages of the outbox in PostgreSQL. */
  static ParkedMessages of(Transactions transactions) {
    return evidenceId -> transactions.run(connection -> Outbox.release(connection, evidenceId));
  }
}
