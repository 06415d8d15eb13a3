package org.skillvoucher.gateway.entity;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.domain.institution.InstitutionState;

/** The institutions, on whatever node. A stage that fails means an unknown outcome: 503. */
public interface Institutions {
  CompletionStage<Answer> send(CreditCode institution, InstitutionCommand command, Actor by);

  /** The entity's own state; empty when it was never admitted. */
  CompletionStage<Optional<InstitutionState.Admitted>> find(CreditCode institution);

  /**
   * The standing of a device that signs in its name; nothing is written.
   *
   * @param device the name in statements
   */
  CompletionStage<DeviceStanding> device(CreditCode institution, String device);

  /** The answer to a command. */
  sealed interface Answer extends WireMessage {
    /**
     * Carried out.
     *
     * @param changed false when the command had its effect before and nothing was written
     */
    record Done(InstitutionState.Admitted state, boolean changed) implements Answer {}

    record Refused(InstitutionRefusal reason) implements Answer {}
  }
}
