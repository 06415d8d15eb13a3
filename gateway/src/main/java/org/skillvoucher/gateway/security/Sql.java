package org.skillvoucher.gateway.security;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.sql.DataSource;

/** Work in one transaction of its own, off the caller's thread. */
public final class Sql {
  private final DataSource pool;
  private final Executor executor;

  public Sql(DataSource pool, Executor executor) {
    this.pool = pool;
    this.executor = executor;
  }

  /** Runs the work and commits; a stage that fails means that it may or may not have happened. */
  public <T> CompletableFuture<T> transaction(Work<T> work) {
    try {
      return CompletableFuture.supplyAsync(() -> run(work), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <T> T run(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException e) {
        rollBack(connection, e);
        throw e;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the security tables did not answer", e);
    }
  }

  private static void rollBack(Connection connection, Exception reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** What is done in a transaction. */
  public interface Work<T> {
    T in(Connection connection) throws SQLException;
  }
}
