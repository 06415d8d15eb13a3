package org.skillvoucher.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.gateway.security.Caller.Scope;

class TokensTest {
  private static final CountingDataSource POOL = new CountingDataSource();
  private static final Duration DAY = Duration.ofDays(1);
  private static final TokenSettings SETTINGS =
      new TokenSettings(4, Duration.ofSeconds(30), Duration.ofSeconds(5), 3, Duration.ofDays(400));
  private static final Scope SCHOOL = new Scope.OfInstitution(new CreditCode("52990101MA00XY0180"));
  private static final Scope PROVINCE = new Scope.InRegion(new RegionCode("990000"));

  private final ManualClock time = new ManualClock();
  private final Tokens tokens = onAnotherNode();

  @AfterAll
  static void close() {
    POOL.close();
  }

  @Test
  void aTokenAuthenticatesItsCaller() {
    Tokens.IssuedToken issued = joined(tokens.issue(Role.DEVICE, SCHOOL, DAY));
    assertEquals(
        Optional.of(new Caller(issued.entry().tokenId(), Role.DEVICE, SCHOOL)),
        joined(tokens.authenticate(issued.token())));
  }

  @Test
  void aTokenNamesThePersonWhoHoldsItAndForWhomThatPersonActs() {
    var third = new Caller.Holder("P-7", Side.THIRD_PARTY);
    var issued = joined(tokens.issue(Role.AUDITOR, PROVINCE, Optional.of(third), DAY));
    Caller caller = joined(onAnotherNode().authenticate(issued.token())).orElseThrow();

    assertEquals(new Actor("P-7", Side.THIRD_PARTY, issued.entry().tokenId()), caller.actor());
    assertTrue(joined(tokens.list(100)).stream().anyMatch(token -> token.holder().equals(third)));
  }

  @Test
  void aTokenThatNamesNobodyIsAPersonOfItsOwnOnTheSideOfItsRole() {
    Tokens.IssuedToken issued = joined(tokens.issue(Role.ISSUING_AUTHORITY, PROVINCE, DAY));
    String id = issued.entry().tokenId();

    assertEquals(
        new Actor(id, Side.BUREAU, id),
        joined(tokens.authenticate(issued.token())).orElseThrow().actor());
  }

  @Test
  void aTokenFromBeforePeopleWereNamedCountsAsAPersonOfItsOwn() throws Exception {
    Tokens.IssuedToken issued = joined(tokens.issue(Role.INSTITUTION, SCHOOL, DAY));
    String id = issued.entry().tokenId();
    try (var connection = POOL.getConnection();
        var update =
            connection.prepareStatement(
                "UPDATE token SET subject = NULL, side = NULL WHERE token_id = ?")) {
      update.setString(1, id);
      assertEquals(1, update.executeUpdate());
    }

    assertEquals(
        new Actor(id, Side.INSTITUTION, id),
        joined(tokens.authenticate(issued.token())).orElseThrow().actor());
  }

  @Test
  void aSideThatDoesNotGoWithTheRoleAndANumberForASubjectAreRefused() {
    for (Role role : Role.values()) {
      var operator = Optional.of(new Caller.Holder("P-7", Side.TRAINEE));
      Scope scope = role.fits(new Scope.Everywhere()) ? new Scope.Everywhere() : SCHOOL;
      assertThrows(IllegalArgumentException.class, () -> tokens.issue(role, scope, operator, DAY));
    }
    for (String subject : List.of("", "990101199003150015", "99010119900315004X", "a b")) {
      assertThrows(IllegalArgumentException.class, () -> new Caller.Holder(subject, Side.BUREAU));
    }
  }

  @Test
  void everyRoleAndScopeComesBackAsIssued() {
    for (Role role : Role.values()) {
      for (Scope scope : List.of(SCHOOL, PROVINCE, new Scope.Everywhere())) {
        if (role.fits(scope)) {
          Tokens.IssuedToken issued = joined(tokens.issue(role, scope, DAY));
          Caller caller = joined(tokens.authenticate(issued.token())).orElseThrow();
          assertEquals(role, caller.role());
          assertEquals(scope, caller.scope());
        }
      }
    }
  }

  @Test
  void aTokenIs256RandomBitsAndShownByNothingElse() throws Exception {
    Tokens.IssuedToken one = joined(tokens.issue(Role.AUDITOR, PROVINCE, DAY));
    Tokens.IssuedToken other = joined(tokens.issue(Role.AUDITOR, PROVINCE, DAY));
    assertTrue(one.token().matches("vgw_[A-Za-z0-9_-]{43}"));
    assertFalse(one.token().equals(other.token()));
    assertFalse(one.toString().contains(one.token()));
    assertFalse(POOL.dump().contains(one.token()));
    assertFalse(POOL.dump().contains(HexFormat.of().formatHex(Gm.utf8(one.token()))));
  }

  @Test
  void aDeviceWithoutItsInstitutionAndAnAuthorityOfOneAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> tokens.issue(Role.DEVICE, new Scope.Everywhere(), DAY));
    assertThrows(
        IllegalArgumentException.class, () -> tokens.issue(Role.INSTITUTION, PROVINCE, DAY));
    assertThrows(
        IllegalArgumentException.class, () -> tokens.issue(Role.ISSUING_AUTHORITY, SCHOOL, DAY));
  }

  @Test
  void aTokenLivesForSomeTimeButNotForEver() {
    assertThrows(
        IllegalArgumentException.class,
        () -> tokens.issue(Role.AUDITOR, PROVINCE, Duration.ofDays(401)));
    assertThrows(
        IllegalArgumentException.class, () -> tokens.issue(Role.AUDITOR, PROVINCE, Duration.ZERO));
  }

  @Test
  void anExpiredTokenIsRefusedToTheMillisecondEvenWhileCached() {
    String token = issued(Duration.ofSeconds(10));
    assertTrue(accepts(token));
    time.advance(Duration.ofMillis(9_999));
    assertTrue(accepts(token));
    time.advance(Duration.ofMillis(1));
    assertFalse(accepts(token));
    assertTrue(joined(onAnotherNode().authenticate(token)).isEmpty());
  }

  @Test
  void aRevokedTokenIsRefusedHereAtOnce() {
    Tokens.IssuedToken issued = joined(tokens.issue(Role.AUDITOR, PROVINCE, DAY));
    assertTrue(accepts(issued.token()));
    assertTrue(joined(tokens.revoke(issued.entry().tokenId())));
    assertFalse(accepts(issued.token()));
  }

  @Test
  void aRevokedTokenIsRefusedElsewhereOnceTheCacheEntryExpires() {
    Tokens.IssuedToken issued = joined(tokens.issue(Role.AUDITOR, PROVINCE, DAY));
    Tokens elsewhere = onAnotherNode();
    assertTrue(joined(elsewhere.authenticate(issued.token())).isPresent());
    assertTrue(joined(tokens.revoke(issued.entry().tokenId())));
    time.advance(SETTINGS.cachedFor());
    assertTrue(joined(elsewhere.authenticate(issued.token())).isEmpty());
  }

  @Test
  void revokingAgainDoesNotChangeTheTimeAndAnUnknownTokenIsReported() {
    Tokens.IssuedToken issued = joined(tokens.issue(Role.AUDITOR, PROVINCE, DAY));
    String id = issued.entry().tokenId();
    assertTrue(joined(tokens.revoke(id)));
    var first = time.instant();
    time.advance(DAY);
    assertTrue(joined(tokens.revoke(id)));
    assertEquals(Optional.of(first), listed(id).revokedAt());
    assertFalse(joined(tokens.revoke("T0000")));
  }

  @Test
  void anUnknownTokenIsRefusedAndAMalformedOneCostsNoQuery() {
    assertFalse(accepts("vgw_" + "a".repeat(43)));
    int before = POOL.taken.get();
    for (String malformed :
        List.of("", "vgw_", "vgw_" + "a".repeat(42), "vgw_" + "a".repeat(44), "a'; DROP TABLE x")) {
      assertFalse(accepts(malformed));
    }
    assertEquals(before, POOL.taken.get());
  }

  @Test
  void aKnownTokenCostsOneQueryPerCachePeriod() {
    String token = issued(DAY);
    int before = POOL.taken.get();
    for (int i = 0; i < 100; i++) {
      assertTrue(accepts(token));
    }
    assertEquals(before + 1, POOL.taken.get());
    time.advance(SETTINGS.cachedFor());
    assertTrue(accepts(token));
    assertEquals(before + 2, POOL.taken.get());
  }

  @Test
  void aTokenInUseIsRefreshedBeforeItsCacheEntryExpires() {
    String token = issued(DAY);
    Queue<Runnable> held = new ArrayDeque<>();
    Tokens slow = new Tokens(POOL, held::add, SETTINGS, time, time);
    var first = slow.authenticate(token);
    held.remove().run();
    assertTrue(joined(first).isPresent());
    time.advance(SETTINGS.cachedFor().dividedBy(2).plusMillis(1));
    assertTrue(joined(slow.authenticate(token)).isPresent());
    assertTrue(joined(slow.authenticate(token)).isPresent());
    assertEquals(1, held.size());
    held.remove().run();
    time.advance(SETTINGS.cachedFor().dividedBy(2).minusMillis(1));
    assertTrue(slow.authenticate(token).toCompletableFuture().isDone());
    assertTrue(held.isEmpty());
  }

  @Test
  void aTokenInUseThatWasRevokedElsewhereIsRefusedAfterItsRefresh() {
    Tokens.IssuedToken issued = joined(tokens.issue(Role.AUDITOR, PROVINCE, DAY));
    Tokens elsewhere = onAnotherNode();
    assertTrue(joined(elsewhere.authenticate(issued.token())).isPresent());
    assertTrue(joined(tokens.revoke(issued.entry().tokenId())));
    time.advance(SETTINGS.cachedFor().dividedBy(2).plusMillis(1));
    var asksAgain = elsewhere.authenticate(issued.token());
    assertTrue(asksAgain.toCompletableFuture().isDone());
    assertTrue(joined(elsewhere.authenticate(issued.token())).isEmpty());
  }

  @Test
  void aRefusedTokenIsLookedUpAgainAfterAShortTime() {
    String token = "vgw_" + "b".repeat(43);
    int before = POOL.taken.get();
    assertFalse(accepts(token));
    assertFalse(accepts(token));
    assertEquals(before + 1, POOL.taken.get());
    time.advance(SETTINGS.refusedFor());
    assertFalse(accepts(token));
    assertEquals(before + 2, POOL.taken.get());
  }

  @Test
  void aFloodOfInventedTokensEvictsNoRealOne() {
    String token = issued(DAY);
    assertTrue(accepts(token));
    for (int i = 0; i < 20; i++) {
      assertFalse(accepts("vgw_" + "c".repeat(41) + (10 + i)));
    }
    int before = POOL.taken.get();
    assertTrue(accepts(token));
    assertEquals(before, POOL.taken.get());
  }

  @Test
  void withoutTheDatabaseAKnownTokenWorksAndAnotherIsUnknownNotRefused() {
    String known = issued(DAY);
    String other = issued(DAY);
    assertTrue(accepts(known));
    POOL.away = true;
    try {
      assertTrue(accepts(known));
      assertThrows(CompletionException.class, () -> accepts(other));
      time.advance(SETTINGS.cachedFor());
      assertThrows(CompletionException.class, () -> accepts(known));
    } finally {
      POOL.away = false;
    }
    assertTrue(accepts(other));
    assertTrue(accepts(known));
  }

  @Test
  void concurrentLookupsOfOneTokenShareOneQuery() {
    String token = issued(DAY);
    Queue<Runnable> held = new ArrayDeque<>();
    Tokens slow = new Tokens(POOL, held::add, SETTINGS, time, time);
    List<CompletionStage<Optional<Caller>>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(slow.authenticate(token));
    }
    assertEquals(1, held.size());
    held.remove().run();
    answers.forEach(answer -> assertTrue(joined(answer).isPresent()));
  }

  @Test
  void moreLookupsThanAllowedAreUnknownAndLaterOnesGoAhead() {
    Queue<Runnable> held = new ArrayDeque<>();
    Tokens slow = new Tokens(POOL, held::add, SETTINGS, time, time);
    List<CompletionStage<Optional<Caller>>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(slow.authenticate("vgw_" + "d".repeat(42) + i));
    }
    var excess = slow.authenticate("vgw_" + "e".repeat(43));
    var failure = assertThrows(CompletionException.class, () -> joined(excess));
    assertTrue(failure.getCause() instanceof RejectedExecutionException);
    held.forEach(Runnable::run);
    held.clear();
    running.forEach(answer -> assertTrue(joined(answer).isEmpty()));
    var next = slow.authenticate("vgw_" + "e".repeat(43));
    held.remove().run();
    assertTrue(joined(next).isEmpty());
  }

  @Test
  void aTokenRevokedWhileItIsLookedUpIsNotCached() {
    Tokens.IssuedToken issued = joined(tokens.issue(Role.AUDITOR, PROVINCE, DAY));
    Queue<Runnable> held = new ArrayDeque<>();
    Tokens slow = new Tokens(POOL, held::add, SETTINGS, time, time);
    var answer = slow.authenticate(issued.token());
    var revoking = slow.revoke("T0000");
    Runnable lookup = held.remove();
    held.remove().run();
    assertFalse(joined(revoking));
    lookup.run();
    assertTrue(joined(answer).isPresent());
    var again = slow.authenticate(issued.token());
    assertEquals(1, held.size());
    held.remove().run();
    assertTrue(joined(again).isPresent());
  }

  @Test
  void anExecutorThatRefusesIsAFailedStage() {
    Tokens refusing =
        new Tokens(
            POOL,
            work -> {
              throw new RejectedExecutionException("full");
            },
            SETTINGS,
            time,
            time);
    assertThrows(
        CompletionException.class, () -> joined(refusing.authenticate("vgw_" + "f".repeat(43))));
  }

  @Test
  void theListIsNewestFirstAndBounded() {
    List<String> ids = new ArrayList<>();
    time.advance(Duration.ofDays(10_000));
    for (int i = 0; i < 3; i++) {
      time.advance(DAY);
      ids.addFirst(joined(tokens.issue(Role.OPERATOR, PROVINCE, DAY)).entry().tokenId());
    }
    var listed = joined(tokens.list(3));
    assertEquals(ids, listed.stream().map(Tokens.TokenEntry::tokenId).toList());
    assertEquals(3, new HashSet<>(ids).size());
    // Other tests list by an earlier clock and must not get these.
    assertEquals(3, ids.stream().filter(id -> joined(tokens.revoke(id))).count());
  }

  @Test
  void settingsOutOfBoundsAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(
        IllegalArgumentException.class, () -> new TokenSettings(0, second, second, 1, DAY));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TokenSettings(1, Duration.ofHours(1), second, 1, DAY));
    assertThrows(IllegalArgumentException.class, () -> new TokenSettings(1, second, DAY, 1, DAY));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TokenSettings(1, second, second, 1, Duration.ZERO));
  }

  private Tokens onAnotherNode() {
    return new Tokens(POOL, Runnable::run, SETTINGS, time, time);
  }

  private String issued(Duration life) {
    return joined(tokens.issue(Role.AUDITOR, PROVINCE, life)).token();
  }

  private boolean accepts(String token) {
    return joined(tokens.authenticate(token)).isPresent();
  }

  private Tokens.TokenEntry listed(String id) {
    return joined(tokens.list(1_000)).stream()
        .filter(entry -> entry.tokenId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
