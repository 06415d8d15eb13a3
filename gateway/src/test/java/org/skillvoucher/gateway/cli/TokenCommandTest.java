package org.skillvoucher.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.CountingDataSource;
import org.skillvoucher.gateway.security.Role;
import org.skillvoucher.gateway.security.TokenSettings;
import org.skillvoucher.gateway.security.Tokens;
import picocli.CommandLine;

class TokenCommandTest {
  private static final CountingDataSource POOL = new CountingDataSource();
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Tokens tokens =
      new Tokens(
          POOL, Runnable::run, new TokenSettings(9, SECOND, SECOND, 9, Duration.ofDays(400)));
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterAll
  static void close() {
    POOL.close();
  }

  @Test
  void theTokenAloneIsPrintedAndItWorks() {
    assertEquals(0, run("create", "--role", "issuing_authority", "--scope", "region:990000"));
    Caller caller = authenticate(out.toString().strip());
    assertEquals(Role.ISSUING_AUTHORITY, caller.role());
    assertTrue(err.toString().contains(caller.tokenId()));
    assertFalse(err.toString().contains(out.toString().strip()));
  }

  @Test
  void jsonHoldsTheTokenOnlyWhenItIsCreated() throws Exception {
    assertEquals(0, run("create", "--role", "operator", "--json"));
    var created = new ObjectMapper().readTree(out.toString());
    assertEquals(
        created.path("tokenId").asText(), authenticate(created.path("token").asText()).tokenId());
    out.getBuffer().setLength(0);
    assertEquals(0, run("list", "--json"));
    assertTrue(out.toString().contains(created.path("tokenId").asText()));
    assertFalse(out.toString().contains("vgw_"));
  }

  @Test
  void aTokenIsIssuedToAPersonAndListedSo() {
    assertEquals(
        0, run("create", "--role", "auditor", "--subject", "P-7", "--side", "third_party"));
    assertEquals("P-7", authenticate(out.toString().strip()).holder().subject());
    out.getBuffer().setLength(0);
    assertEquals(0, run("list"));
    assertTrue(out.toString().contains("P-7 (third_party)"));
  }

  @Test
  void aTokenIsRevokedByItsIdAndListedSo() {
    run("create", "--role", "auditor");
    String token = out.toString().strip();
    String id = authenticate(token).tokenId();
    assertEquals(0, run("revoke", id));
    assertTrue(tokens.authenticate(token).toCompletableFuture().join().isEmpty());
    out.getBuffer().setLength(0);
    assertEquals(0, run("list"));
    assertTrue(
        out.toString().lines().anyMatch(line -> line.contains(id) && line.contains("revoked")));
  }

  @Test
  void anUnknownTokenIsAFailure() {
    assertEquals(1, run("revoke", "T0000"));
    assertTrue(err.toString().contains("There is no token T0000."));
  }

  @Test
  void wrongUsageIsExitCodeTwoAndSaysWhy() {
    assertEquals(2, run("create", "--role", "king"));
    assertTrue(err.toString().contains("there is no role king"));
    assertEquals(2, run("create", "--role", "device"));
    assertTrue(err.toString().contains("device does not go with everywhere"));
    assertEquals(2, run("create", "--role", "auditor", "--scope", "region:9"));
    assertEquals(2, run("create", "--role", "auditor", "--days", "401"));
    assertEquals(2, run("create", "--role", "auditor", "--days", "0"));
    assertEquals(2, run("create", "--role", "operator", "--subject", "P-7", "--side", "bureau"));
    assertTrue(err.toString().contains("operator does not go with the side bureau"));
    assertEquals(2, run("create", "--role", "operator", "--subject", "P-7", "--side", "left"));
    assertEquals(2, run("create", "--role", "operator", "--side", "operator"));
    assertEquals(2, run("create", "--role", "operator", "--subject", "990101199003150015"));
    assertEquals(2, run("create"));
    assertEquals("", out.toString());
  }

  @Test
  void aDatabaseThatIsAwayIsExitCodeThree() {
    POOL.away = true;
    try {
      assertEquals(3, run("list"));
      assertTrue(err.toString().contains("The database does not answer: away"));
    } finally {
      POOL.away = false;
    }
  }

  private int run(String... arguments) {
    return new CommandLine(new TokenCommand(() -> tokens))
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private Caller authenticate(String token) {
    return tokens.authenticate(token).toCompletableFuture().join().orElseThrow();
  }
}
