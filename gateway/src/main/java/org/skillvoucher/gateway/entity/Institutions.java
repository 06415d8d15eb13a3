package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.domain.institution.InstitutionState;

/** The institutions, wherever in the cluster they live. A stage that fails means unknown: 503. */
public interface Institutions {
  CompletionStage<Answer> send(CreditCode institution, InstitutionCommand command);

  /** As the institution itself knows it; empty when it was never admitted. */
  CompletionStage<Optional<InstitutionState.Admitted>> find(CreditCode institution);

  /**
   * What it says of a device that signs in its name; nothing is written.
   *
   * @param device the name in statements
   */
  CompletionStage<DeviceStanding> device(CreditCode institution, String device, Instant now);

  /** What the institution answered. */
  sealed interface Answer extends WireMessage {
    /**
     * Carried out.
     *
     * @param changed false when the effect was there before and nothing was written
     */
    record Done(InstitutionState.Admitted state, boolean changed) implements Answer {}

    record Refused(InstitutionRefusal reason) implements Answer {}
  }
}
