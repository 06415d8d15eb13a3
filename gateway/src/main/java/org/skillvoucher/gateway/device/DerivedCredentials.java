package org.skillvoucher.gateway.device;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.KeyedHash;
import org.skillvoucher.gateway.security.Role;
import org.skillvoucher.gateway.security.Tokens;

/** Devices' credentials: tokens whose ids and secrets are derived by a keyed hash. */
public final class DerivedCredentials implements DeviceCredentials {
  private static final int CODE_LETTERS = 16;
  private static final int ID_LETTERS = 16;

  private final Tokens tokens;
  private final KeyedHash hash;
  private final Duration codeLife;
  private final Duration tokenLife;
  private final InstantSource clock;

  /**
   * Over the tokens.
   *
   * @param codeLife how long an enrolment code lives
   * @param tokenLife how long a device's token lives
   * @param clock business time, by which an institution asks whether an invitation has ended;
   *     tokens themselves end by the real time
   */
  public DerivedCredentials(
      Tokens tokens, KeyedHash hash, Duration codeLife, Duration tokenLife, InstantSource clock) {
    this.tokens = tokens;
    this.hash = hash;
    this.codeLife = codeLife;
    this.tokenLife = tokenLife;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Invitation> invite(CreditCode institution, String request) {
    String letters = hash.letters("enrolment-code", request, CODE_LETTERS);
    String code =
        String.join(
            "-",
            letters.substring(0, 4),
            letters.substring(4, 8),
            letters.substring(8, 12),
            letters.substring(12));
    return tokens
        .store(
            code,
            new Caller(
                "T" + hash.letters("enrolment-code-id", request, ID_LETTERS),
                Role.DEVICE_ENROLMENT,
                new Caller.Scope.OfInstitution(institution)),
            codeLife)
        .thenApply(
            issued ->
                new Invitation(code, issued.entry().tokenId(), clock.instant().plus(codeLife)));
  }

  @Override
  public CompletionStage<String> token(CreditCode institution, String device) {
    byte[] secret = hash.of("device-token", device.getBytes(StandardCharsets.UTF_8));
    String token = "vgw_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    return tokens
        .store(
            token,
            new Caller(
                tokenId(device),
                Role.DEVICE,
                new Caller.Scope.OfInstitution(institution),
                new Caller.Holder(device, Role.DEVICE.side())),
            tokenLife)
        .thenApply(issued -> token);
  }

  @Override
  public CompletionStage<Boolean> revoke(String device) {
    return tokens.revoke(tokenId(device));
  }

  @Override
  public String tokenId(String device) {
    return "T" + hash.letters("device-token-id", device, ID_LETTERS);
  }
}
