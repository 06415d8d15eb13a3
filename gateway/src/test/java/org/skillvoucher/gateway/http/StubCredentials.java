package org.skillvoucher.gateway.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.gateway.security.DeviceCredentials;

/** Codes and tokens that say what they are for. */
final class StubCredentials implements DeviceCredentials {
  static final Instant EXPIRES = Instant.parse("2026-03-03T00:00:00Z");

  final List<String> revoked = new ArrayList<>();

  /** Everybody's code is the one whose token the world knows for the role. */
  @Override
  public CompletionStage<Invitation> invite(CreditCode institution, String request) {
    return CompletableFuture.completedStage(
        new Invitation("ABCD-EFGH-JKMN-PQRS", "T-device_enrolment", EXPIRES));
  }

  @Override
  public CompletionStage<String> token(CreditCode institution, String device) {
    return CompletableFuture.completedStage("vgw_of-" + device);
  }

  @Override
  public CompletionStage<Boolean> revoke(String device) {
    revoked.add(device);
    return CompletableFuture.completedStage(true);
  }
}
