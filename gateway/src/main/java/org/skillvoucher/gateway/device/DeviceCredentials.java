package org.skillvoucher.gateway.device;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;

/**
 * Devices' credentials: a one-time code to enrol with (注册码), and a token afterwards. Both are
 * derived by a keyed hash, so that a retry gets the same ones and neither is stored in plain.
 */
public interface DeviceCredentials {
  /**
   * A code that enrols one device.
   *
   * @param code secret; four groups of four letters, to be shown or typed
   * @param tokenId its public name
   */
  record Invitation(String code, String tokenId, Instant expiresAt) {
    @Override
    public String toString() {
      return "Invitation[" + tokenId + "]";
    }
  }

  /**
   * Derives a code.
   *
   * @param request the caller and the idempotency key; another request gets another code
   */
  CompletionStage<Invitation> invite(CreditCode institution, String request);

  /** The device's token; secret. */
  CompletionStage<String> token(CreditCode institution, String device);

  /** The public name of the device's token. */
  String tokenId(String device);

  /** Revokes the device's token. */
  CompletionStage<Boolean> revoke(String device);
}
