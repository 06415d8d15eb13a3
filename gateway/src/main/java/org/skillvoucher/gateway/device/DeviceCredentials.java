package org.skillvoucher.gateway.device;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;

/**
 * What devices show to be let in: a one-time code to enrol with (注册码), and a token afterwards. Both
 * follow from a keyed hash, so that a retry gets the same without either being kept as it stands.
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
   * Makes a code.
   *
   * @param request what makes it another one: who asks under which idempotency key
   */
  CompletionStage<Invitation> invite(CreditCode institution, String request);

  /** The device's token; secret. */
  CompletionStage<String> token(CreditCode institution, String device);

  /** The device's token counts no more. */
  CompletionStage<Boolean> revoke(String device);
}
