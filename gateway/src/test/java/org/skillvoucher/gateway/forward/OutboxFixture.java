package org.skillvoucher.gateway.forward;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.api.TestSystem;
import org.skillvoucher.gateway.forward.StubDownstream.Reply;
import org.skillvoucher.gateway.forward.StubDownstream.Request;

/** An evidence table of its own, and rounds over it against a stub. */
final class OutboxFixture implements AutoCloseable {
  static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String HASH = "hash-of-content";
  static final String CONTENT = "{\"class\":{\"title\":\"电工\"},\"version\":1}";
  static final Instant NOW = Instant.parse("2026-05-01T08:00:00.5Z");

  final HikariDataSource pool = pool();
  final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  static HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(TestPostgres.freshDatabase());
    config.setAutoCommit(false);
    config.setMaximumPoolSize(8);
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    pool.close();
  }

  void execute(String sql) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void evidence(int count) {
    execute(
        """
        INSERT INTO evidence
          (evidence_id, class_id, institution, region, closed_at, content, content_hash)
        SELECT 'E-C' || n, 'C' || n, 'i', '990101', '2026-04-30T10:00:00Z', '%s', '%s'
        FROM generate_series(1, %d) n"""
            .formatted(CONTENT, HASH, count));
  }

  String one(String column) {
    try (Connection connection = pool.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("SELECT " + column + " FROM evidence");
        ResultSet row = statement.executeQuery()) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static ForwardSettings settings(StubDownstream downstream, int attemptsMax) {
    return settings(downstream, attemptsMax, Duration.ofSeconds(10));
  }

  static ForwardSettings settings(StubDownstream downstream, int attemptsMax, Duration timeout) {
    return new ForwardSettings(
        downstream.url(),
        SECRET,
        "",
        timeout,
        new ForwardSchedule(
            Duration.ofMillis(1),
            Duration.ofMillis(5),
            attemptsMax,
            Duration.ofDays(1),
            Duration.ofMillis(5)),
        Duration.ofMillis(10),
        10);
  }

  int round(StubDownstream stub, ForwardSettings settings) {
    try (Downstream downstream =
        new Downstream(settings, "https://gateway.example", InstantSource.fixed(NOW))) {
      return rounds(downstream, settings).run();
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(stub.url().toString(), e);
    }
  }

  DeliveryRound rounds(Downstream downstream, ForwardSettings settings) {
    return new DeliveryRound(
        new Outbox(pool), downstream, settings, ForwardMeters.of(TestSystem.ONLY), threads);
  }

  int round(StubDownstream stub) {
    return round(stub, settings(stub, 5));
  }

  /** As if the pause were over, or the lease of an attempt that never ended. */
  void makeDue() {
    execute("UPDATE evidence SET next_attempt_at = now()");
  }

  static Reply accept(Request request) {
    String id = String.valueOf(request.headers().get("Idempotency-Key"));
    return new Reply(201, StubDownstream.acknowledgement(id, HASH));
  }

  static void awaitQuietly(CountDownLatch latch) throws IOException {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
