package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.gateway.device.DeviceCredentials;

/** Codes and tokens whose text names their purpose. */
final class StubCredentials implements DeviceCredentials {
  static final Instant EXPIRES = Instant.parse("2026-03-03T00:00:00Z");

  final List<String> revoked = new ArrayList<>();

  private final List<String> requests = new ArrayList<>();

  /** Each request has a code of its own, which {@link World} accepts as a token of the role. */
  @Override
  public CompletionStage<Invitation> invite(CreditCode institution, String request) {
    if (!requests.contains(request)) {
      requests.add(request);
    }
    int which = requests.indexOf(request);
    String code = which == 0 ? "device_enrolment" : "device_enrolment-" + which;
    return CompletableFuture.completedStage(new Invitation(code, "T-" + code, EXPIRES));
  }

  @Override
  public CompletionStage<String> token(CreditCode institution, String device) {
    return CompletableFuture.completedStage("vgw_of-" + device);
  }

  @Override
  public String tokenId(String device) {
    return "T-device-" + device;
  }

  @Override
  public CompletionStage<Boolean> revoke(String device) {
    revoked.add(device);
    return CompletableFuture.completedStage(true);
  }
}
