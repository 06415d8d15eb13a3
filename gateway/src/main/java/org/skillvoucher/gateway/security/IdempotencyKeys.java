package org.skillvoucher.gateway.security;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/**
 * Which request each idempotency key was first used for, so that the same key with another request
 * is refused. For unsafe calls other than scans, which their class answers for itself.
 *
 * <p>A claim says only that the key belongs to a request, not that the request was carried out:
 * {@link Claim#SAME} goes on as {@link Claim#NEW} does, and the entity makes the repetition
 * harmless.
 */
public final class IdempotencyKeys {
  private final KeyedHash keyedHash;
  private final Sql sql;

  /**
   * Over a pool and an executor that may block.
   *
   * @param pool the security tables' database
   */
  public IdempotencyKeys(KeyedHash keyedHash, DataSource pool, Executor executor) {
    this.keyedHash = keyedHash;
    this.sql = new Sql(pool, executor);
  }

  /** What a key turned out to be. */
  public enum Claim {
    /** Not seen before; now it is this request's. */
    NEW,
    /** Seen with this very request. */
    SAME,
    /** Seen with another request: 422 idempotency_key_reused. */
    OTHER
  }

  /**
   * Claims a key for a request, for ever.
   *
   * @param tokenId whose key; two callers may use the same one
   * @param request what tells this request from another, such as method, path and a hash of the
   *     body; kept only as a keyed hash
   */
  public CompletionStage<Claim> claim(String tokenId, String key, byte[] request) {
    byte[] keyHash = keyedHash.of("idempotency-key", Gm.utf8(tokenId + '\0' + key));
    byte[] requestHash = keyedHash.of("idempotency-request", request);
    return sql.transaction(
        connection ->
            insert(connection, tokenId, keyHash, requestHash)
                ? Claim.NEW
                : compare(connection, tokenId, keyHash, requestHash));
  }

  private static boolean insert(
      Connection connection, String tokenId, byte[] keyHash, byte[] requestHash)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO idempotency_key (token_id, key_hash, request_hash) VALUES (?, ?, ?)"
                + " ON CONFLICT DO NOTHING")) {
      insert.setString(1, tokenId);
      insert.setBytes(2, keyHash);
      insert.setBytes(3, requestHash);
      return insert.executeUpdate() == 1;
    }
  }

  private static Claim compare(
      Connection connection, String tokenId, byte[] keyHash, byte[] requestHash)
      throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT request_hash FROM idempotency_key WHERE token_id = ? AND key_hash = ?")) {
      select.setString(1, tokenId);
      select.setBytes(2, keyHash);
      try (var row = select.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("an idempotency key vanished while it was claimed");
        }
        return Gm.same(row.getBytes(1), requestHash) ? Claim.SAME : Claim.OTHER;
      }
    }
  }
}
