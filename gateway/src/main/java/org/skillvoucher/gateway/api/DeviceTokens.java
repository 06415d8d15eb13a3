package org.skillvoucher.gateway.api;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;
import org.skillvoucher.gateway.device.DeviceCredentials;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.http.Call;

/**
 * Whether a scan comes with the token of the device that signed it. A device gets a token of its
 * own when it is enrolled; another device's is refused, also for a statement that was recorded
 * before. A token that was issued to the institution for its devices serves all of them. A batch
 * may hold statements of several devices, which one of them carries: there the signature alone
 * decides.
 */
final class DeviceTokens {
  private final DeviceCredentials credentials;
  private final Institutions institutions;

  DeviceTokens(DeviceCredentials credentials, Institutions institutions) {
    this.credentials = credentials;
    this.institutions = institutions;
  }

  /** Only for a trusted device: about any other the institution has the answer. */
  CompletionStage<Boolean> isAnothers(Call call, CreditCode institution, String device) {
    String token = call.caller().tokenId();
    return credentials.tokenId(device).equals(token)
        ? CompletableFuture.completedStage(false)
        : institutions
            .find(institution)
            .thenApply(
                known ->
                    known
                        .filter(state -> state.trusted(device).isPresent())
                        .filter(state -> isOfADevice(state, token))
                        .isPresent());
  }

  private boolean isOfADevice(Admitted state, String token) {
    return state.devices().values().stream()
        .anyMatch(device -> credentials.tokenId(device.name()).equals(token));
  }
}
