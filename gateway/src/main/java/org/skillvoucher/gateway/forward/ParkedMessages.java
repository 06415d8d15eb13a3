package org.skillvoucher.gateway.forward;

import java.util.concurrent.CompletionStage;
import org.skillvoucher.gateway.database.Transactions;

/** Evidence which the forwarder gave up on after its last attempt. */
public interface ParkedMessages {
  /**
   * Makes parked evidence pending, with all its attempts before it; false when it is not parked.
   */
  CompletionStage<Boolean> release(String evidenceId);

  /**
   * Makes all evidence pending that was parked for one cause.
   *
   * @param cause such as {@code status_410}
   * @param regionDigits the first digits of the regions whose evidence may be released; empty for
   *     all
   * @return how many there were
   */
  CompletionStage<Integer> releaseAll(String cause, String regionDigits);

  /** The parked messages of the outbox in PostgreSQL. */
  static ParkedMessages of(Transactions transactions) {
    return new ParkedMessages() {
      @Override
      public CompletionStage<Boolean> release(String evidenceId) {
        return transactions.run(connection -> Outbox.release(connection, evidenceId));
      }

      @Override
      public CompletionStage<Integer> releaseAll(String cause, String regionDigits) {
        return transactions.run(connection -> Outbox.releaseAll(connection, cause, regionDigits));
      }
    };
  }
}
