package org.skillvoucher.gateway.evidence;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.pattern.Patterns;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.database.Transactions;

/**
 * Repeats a transaction while another follower lags behind the event it needs: first after 20 ms,
 * then with exponential backoff up to a second and jitter, for about ten seconds. Between attempts
 * no thread and no connection is in use. Then the stage fails and the projection restarts from its
 * offset, so that a follower which has to move to another node does not wait without bound.
 */
final class LaggingReads {
  private static final int ATTEMPTS_MAX = 15;
  private static final Duration DELAY_MIN = Duration.ofMillis(20);
  private static final Duration DELAY_MAX = Duration.ofSeconds(1);
  private static final double JITTER = 0.2;

  private final ActorSystem<?> system;
  private final Transactions transactions;

  LaggingReads(ActorSystem<?> system, Transactions transactions) {
    this.system = system;
    this.transactions = transactions;
  }

  /**
   * Repeats the work until it has a result.
   *
   * @param work empty while another follower lags
   * @param lag the message of the failure when it lags too long
   */
  <T> CompletionStage<T> await(Sql.Work<Optional<T>> work, String lag) {
    return Patterns.<Optional<T>>retry(
            () -> transactions.run(work),
            (result, failure) -> failure == null && result.isEmpty(),
            ATTEMPTS_MAX,
            DELAY_MIN,
            DELAY_MAX,
            JITTER,
            system)
        .thenApply(result -> result.orElseThrow(() -> new IllegalStateException(lag)));
  }
}
