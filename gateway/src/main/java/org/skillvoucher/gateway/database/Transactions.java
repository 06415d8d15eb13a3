package org.skillvoucher.gateway.database;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;

/** Transactions off the caller's thread. */
public final class Transactions {
  private final DataSource pool;
  private final Executor executor;

  /**
   * Transactions on connections of a pool.
   *
   * @param pool may hand out connections with or without auto-commit
   * @param executor for blocking work
   */
  public Transactions(DataSource pool, Executor executor) {
    this.pool = pool;
    this.executor = executor;
  }

  /** Runs the work and commits; after a stage that failed the transaction's outcome is unknown. */
  public <T> CompletableFuture<T> run(Sql.Work<T> work) {
    try {
      return CompletableFuture.supplyAsync(() -> commit(work), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <T> T commit(Sql.Work<T> work) {
    try {
      return Sql.inTransaction(pool, work);
    } catch (SQLException e) {
      throw new CompletionException(e);
    }
  }
}
