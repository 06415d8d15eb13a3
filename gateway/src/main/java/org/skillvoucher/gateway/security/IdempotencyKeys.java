package org.skillvoucher.gateway.security;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.sql.DataSource;
import org.apache.pekko.Done;
import org.skillvoucher.gateway.database.Transactions;

/** Idempotency keys and the answers given under them, in PostgreSQL. */
public final class IdempotencyKeys implements IdempotentCalls {
  private final KeyedHash keyedHash;
  private final Transactions transactions;
  private final Duration claimMax;

  /**
   * Over a pool and an executor that may block.
   *
   * @param pool the security tables' database
   * @param claimMax how long a claim lasts: no caller waits longer for its answer
   */
  public IdempotencyKeys(
      KeyedHash keyedHash, DataSource pool, Executor executor, Duration claimMax) {
    this.keyedHash = keyedHash;
    this.transactions = new Transactions(pool, executor);
    this.claimMax = claimMax;
  }

  @Override
  public CompletionStage<KeyClaim> claim(String tokenId, String key, byte[] request, Kept kept) {
    byte[] keyHash = keyHash(tokenId, key);
    byte[] requestHash = keyedHash.of("idempotency-request", request);
    return transactions.run(
        connection ->
            isClaimed(connection, tokenId, keyHash, requestHash, kept)
                ? new KeyClaim.Claimed()
                : find(connection, tokenId, keyHash, requestHash));
  }

  @Override
  public CompletionStage<Done> release(String tokenId, String key) {
    byte[] keyHash = keyHash(tokenId, key);
    return transactions.run(
        connection -> {
          try (var update =
              connection.prepareStatement(
                  """
                  UPDATE idempotency_key SET working_until = NULL
                  WHERE token_id = ? AND key_hash = ? AND status IS NULL""")) {
            update.setString(1, tokenId);
            update.setBytes(2, keyHash);
            update.executeUpdate();
            return Done.getInstance();
          }
        });
  }

  @Override
  public CompletionStage<StoredAnswer> store(String tokenId, String key, StoredAnswer answer) {
    byte[] keyHash = keyHash(tokenId, key);
    return transactions.run(
        connection -> {
          try (var update =
              connection.prepareStatement(
                  """
                  UPDATE idempotency_key
                     SET status = coalesce(status, ?), media_type = coalesce(media_type, ?),
                         location = coalesce(location, ?), body = coalesce(body, ?)
                   WHERE token_id = ? AND key_hash = ?
                  RETURNING status, media_type, location, body""")) {
            update.setInt(1, answer.status());
            update.setString(2, answer.mediaType());
            update.setString(3, answer.location());
            update.setString(4, answer.body());
            update.setString(5, tokenId);
            update.setBytes(6, keyHash);
            return first(update, row -> answer(row, 1)).orElse(answer);
          }
        });
  }

  private byte[] keyHash(String tokenId, String key) {
    return keyedHash.of("idempotency-key", Gm.utf8(tokenId + '\0' + key));
  }

  /** For the first request, and for a repeated one whose first call is no longer at work. */
  private boolean isClaimed(
      Connection connection, String tokenId, byte[] keyHash, byte[] requestHash, Kept kept)
      throws SQLException {
    try (var claim =
        connection.prepareStatement(
            """
            INSERT INTO idempotency_key AS kept
              (token_id, key_hash, request_hash, of_class, working_until)
            VALUES (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond')
            ON CONFLICT (token_id, key_hash) DO UPDATE SET working_until = excluded.working_until
            WHERE kept.status IS NULL AND kept.request_hash = excluded.request_hash
              AND (kept.working_until IS NULL OR kept.working_until <= clock_timestamp())""")) {
      claim.setString(1, tokenId);
      claim.setBytes(2, keyHash);
      claim.setBytes(3, requestHash);
      claim.setBoolean(4, kept == Kept.WITH_CLASS);
      claim.setLong(5, claimMax.toMillis());
      return claim.executeUpdate() == 1;
    }
  }

  private static KeyClaim find(
      Connection connection, String tokenId, byte[] keyHash, byte[] requestHash)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT request_hash, status, media_type, location, body FROM idempotency_key"
                + " WHERE token_id = ? AND key_hash = ?")) {
      select.setString(1, tokenId);
      select.setBytes(2, keyHash);
      return IdempotencyKeys.<KeyClaim>first(
              select,
              row -> {
                if (!Gm.same(row.getBytes(1), requestHash)) {
                  return new KeyClaim.Other();
                }
                row.getInt(2);
                return row.wasNull()
                    ? new KeyClaim.AtWork()
                    : new KeyClaim.Answered(answer(row, 2));
              })
          .orElse(new KeyClaim.AtWork());
    }
  }

  private static StoredAnswer answer(ResultSet row, int first) throws SQLException {
    return new StoredAnswer(
        row.getInt(first),
        row.getString(first + 1),
        row.getString(first + 2),
        row.getString(first + 3));
  }

  /** The only row; empty when the key was purged since it was claimed. */
  private static <T> Optional<T> first(PreparedStatement statement, RowReader<T> reading)
      throws SQLException {
    try (var row = statement.executeQuery()) {
      return row.next() ? Optional.of(reading.of(row)) : Optional.empty();
    }
  }

  private interface RowReader<T> {
    T of(ResultSet row) throws SQLException;
  }
}
