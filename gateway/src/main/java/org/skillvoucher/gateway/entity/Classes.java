package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.Filing;

/**
 * The training classes, on whatever node. A stage that fails (timeout, write not acknowledged)
 * means that the outcome is unknown: 503, never a refusal.
 */
public interface Classes {
  /** Any command but a scan, which the package {@code scan} records. */
  CompletionStage<Answer> send(ClassId classId, ClassCommand command, Actor by);

  /** The entity's own state, so that a caller reads its writes; empty when never filed. */
  CompletionStage<Optional<Summary>> find(ClassId classId);

  /** The class's receipt by its {@code sq}, read from the journal. */
  CompletionStage<Optional<SealedReceipt>> receipt(ClassId classId, long sequence);

  /** The answer to a command. */
  sealed interface Answer extends WireMessage {
    /**
     * Carried out.
     *
     * @param changed false when the command had its effect before and nothing was written
     * @param enrolled people the command added to the roster; empty for all commands but Enrol
     */
    record Done(Summary summary, boolean changed, List<PersonPseudonym> enrolled)
        implements Answer {}

    record Refused(ClassRefusal reason) implements Answer {}
  }

  /**
   * A class in short.
   *
   * @param state one of filed, returned, approved, open, closed
   * @param rulePack the rule pack it follows; empty for a returned filing
   * @param receipts how many receipts it has given
   */
  record Summary(
      ClassId classId,
      String state,
      Filing filing,
      String rulePack,
      Optional<Instant> approvedAt,
      int rosterSize,
      int vouchersBound,
      List<Lesson> lessons,
      long receipts) {}
}
