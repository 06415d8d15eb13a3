package org.skillvoucher.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Ticker;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.gateway.database.Transactions;

/**
 * Opaque bearer tokens; the database holds only their hashes. An accepted token is cached for a
 * short time, so that a scan needs no query here and a short outage of the database locks no caller
 * out. Time is the real time, also where business time is a development clock.
 */
public final class Tokens implements Authenticator {
  /** A token, or a one-time code that can be typed. */
  private static final Pattern SHAPE =
      Pattern.compile("vgw_[A-Za-z0-9_-]{43}|[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}");

  private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final String COLUMNS =
      "token_hash, token_id, role, scope_kind, scope_value, issued_at, expires_at, revoked_at,"
          + " subject, side";

  private final Transactions transactions;
  private final TokenSettings settings;
  private final InstantSource clock;
  private final Cache<String, TokenEntry> accepted;
  private final Policy.FixedExpiration<String, TokenEntry> acceptedAges;
  private final Cache<String, Boolean> refused;
  private final ConcurrentHashMap<String, CompletableFuture<Optional<TokenEntry>>> lookups =
      new ConcurrentHashMap<>();
  private final Object revoking = new Object();
  private long revocations;

  /**
   * Over a pool and an executor that may block.
   *
   * @param pool the security tables' database
   */
  public Tokens(DataSource pool, Executor executor, TokenSettings settings) {
    this(pool, executor, settings, InstantSource.system(), Ticker.systemTicker());
  }

  Tokens(
      DataSource pool,
      Executor executor,
      TokenSettings settings,
      InstantSource clock,
      Ticker ticker) {
    this.transactions = new Transactions(pool, executor);
    this.settings = settings;
    this.clock = clock;
    this.accepted = cache(settings.cachedMax(), settings.cachedFor(), ticker);
    this.acceptedAges = accepted.policy().expireAfterWrite().orElseThrow();
    // Apart from the accepted ones, so that a flood of invented tokens evicts no real one.
    this.refused = cache(settings.cachedMax(), settings.refusedFor(), ticker);
  }

  /** Ages by a monotonic clock: a wall clock set back must not prolong a revoked token. */
  private static <V> Cache<String, V> cache(int entriesMax, Duration life, Ticker ticker) {
    return Caffeine.newBuilder()
        .maximumSize(entriesMax)
        .expireAfterWrite(life)
        .ticker(ticker)
        .executor(Runnable::run)
        .build();
  }

  /** A token without its secret. */
  public record TokenEntry(
      String tokenId,
      Role role,
      Caller.Scope scope,
      Caller.Holder holder,
      Instant issuedAt,
      Instant expiresAt,
      Optional<Instant> revokedAt) {}

  /**
   * A token just issued; the only time it can be read.
   *
   * @param token what the caller sends as bearer; secret
   */
  public record IssuedToken(String token, TokenEntry entry) {
    @Override
    public String toString() {
      return "Issued[" + entry.tokenId() + "]";
    }
  }

  @Override
  public CompletionStage<Optional<Caller>> authenticate(String token) {
    if (!SHAPE.matcher(token).matches()) {
      return CompletableFuture.completedStage(Optional.empty());
    }
    byte[] hash = Gm.sm3(Gm.utf8(token));
    String key = HexFormat.of().formatHex(hash);
    Optional<TokenEntry> known = Optional.ofNullable(accepted.getIfPresent(key));
    if (known.isEmpty() && refused.getIfPresent(key) == null) {
      return lookup(key, hash).thenApply(this::callerNow);
    }
    if (known.isPresent() && isInSecondHalfOfItsLife(key)) {
      // Refreshed while still valid: a device that scans all day never waits for a look-up, and is
      // not shed because a thousand others look up theirs.
      var unused = lookup(key, hash);
    }
    return CompletableFuture.completedStage(callerNow(known));
  }

  /**
   * Issues a token that names no person: it counts as a person of its own.
   *
   * @param life from now on
   * @throws IllegalArgumentException when the role does not go with the scope, or the life is none
   *     or too long
   */
  public CompletionStage<IssuedToken> issue(Role role, Caller.Scope scope, Duration life) {
    return issue(role, scope, Optional.empty(), life);
  }

  /**
   * Issues a token to a person, or one that names none.
   *
   * @param life from now on
   * @throws IllegalArgumentException when the role does not go with the scope or the side, or the
   *     life is none or too long
   */
  public CompletionStage<IssuedToken> issue(
      Role role, Caller.Scope scope, Optional<Caller.Holder> holder, Duration life) {
    if (!role.fits(scope)) {
      throw new IllegalArgumentException(role.code() + " does not go with " + scope.kind());
    }
    Side side = holder.map(Caller.Holder::side).orElse(role.side());
    if (!role.fits(side)) {
      throw new IllegalArgumentException(role.code() + " does not go with the side " + side.code());
    }
    if (!life.isPositive() || life.compareTo(settings.lifeMax()) > 0) {
      throw new IllegalArgumentException(
          "a token lives at most " + settings.lifeMax().toDays() + " days");
    }
    String id = newId();
    return store(
        "vgw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(Gm.random(32)),
        new Caller(id, role, scope, holder.orElseGet(() -> new Caller.Holder(id, side))),
        life);
  }

  /** Stores a token by its hash; one that is stored already stays as it is. */
  public CompletionStage<IssuedToken> store(String token, Caller caller, Duration life) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    TokenEntry entry =
        new TokenEntry(
            caller.tokenId(),
            caller.role(),
            caller.scope(),
            caller.holder(),
            now,
            now.plus(life),
            Optional.empty());
    return transactions.run(
        connection -> {
          try (var insert =
              connection.prepareStatement(
                  "INSERT INTO token ("
                      + COLUMNS
                      + ") VALUES (?, ?, ?, ?, ?, ?, ?, NULL, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setBytes(1, Gm.sm3(Gm.utf8(token)));
            insert.setString(2, entry.tokenId());
            insert.setString(3, entry.role().code());
            insert.setString(4, entry.scope().kind());
            insert.setString(5, entry.scope().value());
            setInstant(insert, 6, entry.issuedAt());
            setInstant(insert, 7, entry.expiresAt());
            insert.setString(8, entry.holder().subject());
            insert.setString(9, entry.holder().side().code());
            insert.executeUpdate();
          }
          return new IssuedToken(token, entry);
        });
  }

  /**
   * Revokes a token: here at once, on other nodes within {@link TokenSettings#cachedFor()}.
   *
   * @return whether there is such a token; revoking again does not change the time
   */
  public CompletionStage<Boolean> revoke(String tokenId) {
    Instant now = clock.instant();
    return transactions
        .run(
            connection -> {
              try (var update =
                  connection.prepareStatement(
                      "UPDATE token SET revoked_at = coalesce(revoked_at, ?) WHERE token_id = ?")) {
                setInstant(update, 1, now);
                update.setString(2, tokenId);
                return update.executeUpdate() > 0;
              }
            })
        // Also when the outcome is unknown: another query is never wrong.
        .whenComplete((done, failure) -> forget(tokenId));
  }

  /** The tokens issued last, newest first, also expired and revoked ones. */
  public CompletionStage<List<TokenEntry>> list(int limit) {
    return transactions.run(
        connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT "
                      + COLUMNS
                      + " FROM token ORDER BY issued_at DESC, token_id DESC LIMIT ?")) {
            select.setInt(1, limit);
            List<TokenEntry> found = new ArrayList<>();
            try (var rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(entry(rows));
              }
            }
            return List.copyOf(found);
          }
        });
  }

  private Optional<Caller> callerNow(Optional<TokenEntry> entry) {
    // At each use: a token can expire while it is cached.
    Instant now = clock.instant();
    return entry
        .filter(token -> token.revokedAt().isEmpty() && now.isBefore(token.expiresAt()))
        .map(token -> new Caller(token.tokenId(), token.role(), token.scope(), token.holder()));
  }

  private boolean isInSecondHalfOfItsLife(String key) {
    return acceptedAges.ageOf(key, TimeUnit.NANOSECONDS).orElse(0)
        > settings.cachedFor().toNanos() / 2;
  }

  /** One query for all concurrent look-ups of a token. */
  private CompletableFuture<Optional<TokenEntry>> lookup(String key, byte[] hash) {
    var mine = new CompletableFuture<Optional<TokenEntry>>();
    var running = lookups.putIfAbsent(key, mine);
    if (running != null) {
      return running;
    }
    if (lookups.size() > settings.lookupsInFlightMax()) {
      lookups.remove(key, mine);
      mine.completeExceptionally(
          new RejectedExecutionException("too many tokens are being looked up"));
      return mine;
    }
    long before = revocationsSoFar();
    var unused =
        query(hash)
            .whenComplete(
                (found, failure) -> {
                  if (failure == null) {
                    remember(key, found, before);
                  }
                  lookups.remove(key, mine);
                  complete(mine, found, failure);
                });
    return mine;
  }

  private CompletableFuture<Optional<TokenEntry>> query(byte[] hash) {
    return transactions.run(
        connection -> {
          try (var select =
              connection.prepareStatement(
                  "SELECT " + COLUMNS + " FROM token WHERE token_hash = ?")) {
            select.setBytes(1, hash);
            try (var rows = select.executeQuery()) {
              return rows.next() && Gm.same(hash, rows.getBytes("token_hash"))
                  ? Optional.of(entry(rows))
                  : Optional.empty();
            }
          }
        });
  }

  private void remember(String key, Optional<TokenEntry> found, long revocationsBefore) {
    synchronized (revoking) {
      if (callerNow(found).isEmpty()) {
        accepted.invalidate(key);
        refused.put(key, true);
      } else if (revocations == revocationsBefore) {
        // Otherwise it may have been read just before its revocation.
        accepted.put(key, found.orElseThrow());
      }
    }
  }

  private void forget(String tokenId) {
    synchronized (revoking) {
      revocations++;
      accepted.asMap().values().removeIf(token -> token.tokenId().equals(tokenId));
    }
  }

  private long revocationsSoFar() {
    synchronized (revoking) {
      return revocations;
    }
  }

  private static <T> void complete(
      CompletableFuture<T> future, @Nullable T value, @Nullable Throwable failure) {
    if (value != null) {
      future.complete(value);
    } else {
      future.completeExceptionally(
          failure != null ? failure : new IllegalStateException("neither value nor failure"));
    }
  }

  private static TokenEntry entry(ResultSet row) throws SQLException {
    String code = row.getString("role");
    Role role =
        Role.ofCode(code).orElseThrow(() -> new IllegalStateException("no such role: " + code));
    Optional<String> subject = Optional.ofNullable(row.getString("subject"));
    Optional<String> side = Optional.ofNullable(row.getString("side"));
    OffsetDateTime revokedAt = row.getObject("revoked_at", OffsetDateTime.class);
    return new TokenEntry(
        row.getString("token_id"),
        role,
        Caller.Scope.of(row.getString("scope_kind"), row.getString("scope_value")),
        new Caller.Holder(
            subject.orElse(row.getString("token_id")),
            side.flatMap(Side::ofCode).orElse(role.side())),
        row.getObject("issued_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        Optional.ofNullable(revokedAt).map(OffsetDateTime::toInstant));
  }

  private static void setInstant(PreparedStatement statement, int index, Instant instant)
      throws SQLException {
    statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
  }

  /** Random, in letters that can be dictated (Crockford's base 32). */
  private static String newId() {
    var id = new StringBuilder("T");
    for (byte random : Gm.random(16)) {
      id.append(LETTERS.charAt(random & 31));
    }
    return id.toString();
  }
}
