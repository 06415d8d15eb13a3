package org.skillvoucher.gateway.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Caller.Scope;
import org.skillvoucher.gateway.security.CountingDataSource;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.DeploymentKeyedHash;
import org.skillvoucher.gateway.security.Role;
import org.skillvoucher.gateway.security.TokenSettings;
import org.skillvoucher.gateway.security.Tokens;

/** On the real table of tokens. */
class DerivedCredentialsTest {
  private static final CountingDataSource POOL = new CountingDataSource();
  private static final CreditCode SCHOOL = new CreditCode("52990101MA00XY0180");
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

  private final Tokens tokens =
      new Tokens(
          POOL,
          Runnable::run,
          new TokenSettings(
              4, Duration.ofSeconds(30), Duration.ofSeconds(5), 3, Duration.ofDays(400)));
  private final DerivedCredentials credentials =
      new DerivedCredentials(
          tokens,
          new DeploymentKeyedHash(new DeploymentKey(new byte[32])),
          Duration.ofHours(24),
          Duration.ofDays(365),
          () -> NOW);

  @AfterAll
  static void close() {
    POOL.close();
  }

  private static <T> T joined(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void anEnrolmentCodeLetsInToEnrolAndNothingElse() {
    var invitation = joined(credentials.invite(SCHOOL, "token\nkey"));
    assertTrue(invitation.code().matches("[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}"));
    assertEquals(
        Optional.of(
            new Caller(
                invitation.tokenId(), Role.DEVICE_ENROLMENT, new Scope.OfInstitution(SCHOOL))),
        joined(tokens.authenticate(invitation.code())));
  }

  /** The institution compares it with business time, which in development may run ahead. */
  @Test
  void anInvitationEndsByTheBusinessClock() {
    assertEquals(
        NOW.plus(Duration.ofHours(24)), joined(credentials.invite(SCHOOL, "r")).expiresAt());
  }

  @Test
  void aRetryGetsTheSameCodeAndAnotherRequestAnother() {
    var first = joined(credentials.invite(SCHOOL, "a"));
    assertEquals(first, joined(credentials.invite(SCHOOL, "a")));
    var other = joined(credentials.invite(SCHOOL, "b"));
    assertNotEquals(first.code(), other.code());
    assertNotEquals(first.tokenId(), other.tokenId());
  }

  @Test
  void aDevicesTokenIsTheSameWheneverItIsAskedForAndEndsWhenItIsRevoked() {
    String token = joined(credentials.token(SCHOOL, "D1-1"));
    assertEquals(token, joined(credentials.token(SCHOOL, "D1-1")));
    assertNotEquals(token, joined(credentials.token(SCHOOL, "D1-2")));
    Caller caller = joined(tokens.authenticate(token)).orElseThrow();
    assertEquals(Role.DEVICE, caller.role());
    assertEquals(new Scope.OfInstitution(SCHOOL), caller.scope());
    assertTrue(joined(credentials.revoke("D1-1")));
    assertEquals(Optional.empty(), joined(tokens.authenticate(token)));
    assertTrue(joined(tokens.authenticate(joined(credentials.token(SCHOOL, "D1-2")))).isPresent());
    assertFalse(joined(credentials.revoke("D9-9")));
  }

  @Test
  void aRevokedTokenIsNotBroughtBackByAskingForItAgain() {
    String token = joined(credentials.token(SCHOOL, "D7-1"));
    assertTrue(joined(credentials.revoke("D7-1")));
    assertEquals(token, joined(credentials.token(SCHOOL, "D7-1")));
    assertEquals(Optional.empty(), joined(tokens.authenticate(token)));
  }

  @Test
  void neitherCodesNorTokensAreInTheDatabaseOrInText() throws SQLException {
    var invitation = joined(credentials.invite(SCHOOL, "secret"));
    String token = joined(credentials.token(SCHOOL, "D8-1"));
    String dump = POOL.dump();
    assertFalse(dump.contains(invitation.code()));
    assertFalse(dump.contains(token));
    assertTrue(dump.contains(invitation.tokenId()));
    assertFalse(invitation.toString().contains(invitation.code()));
  }
}
