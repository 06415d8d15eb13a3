package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.identity.Actors.BUREAU;
import static org.skillvoucher.domain.identity.Actors.SCHOOL;
import static org.skillvoucher.domain.receipt.ReceiptDraft.NO_PREVIOUS;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.trainingclass.Correction.Kind;

/** Closing (结班): nothing that waits disappears unnoticed. */
class ClosingTest {
  private final ClassRun run = new ClassRun(Classes.OPEN);

  private void propose(Kind kind) {
    run.send(
        new ClassCommand.ProposeCorrection(
            new Correction(
                "K1",
                LI,
                MORNING.id(),
                kind,
                "the reader broke",
                SCHOOL.tokenId(),
                LAST_SCAN,
                Optional.empty(),
                Optional.of(SCHOOL)),
            LAST_SCAN),
        SCHOOL);
  }

  @Test
  void aClassDoesNotCloseWhileACorrectionWaits() {
    propose(Kind.BACK_FILL);

    assertEquals(
        reject(new ClassRefusal.ClosingPending(List.of("K1"), List.of())),
        run.send(new ClassCommand.Close(LAST_SCAN), SCHOOL));
  }

  @Test
  void whatWaitsIsDroppedByNameWithAReason() {
    propose(Kind.BACK_FILL);

    assertEquals(
        accept(
            new ClassEvent.Closed(
                0,
                NO_PREVIOUS,
                LAST_SCAN,
                Optional.empty(),
                Optional.of(
                    new ClassEvent.Dropped("no proof was found", List.of("K1"), List.of())))),
        run.send(new ClassCommand.Close(Optional.of("no proof was found"), LAST_SCAN), SCHOOL));
    assertInstanceOf(ClassState.Closed.class, run.state());
  }

  @Test
  void anAmendmentIsDroppedByTheBureauOnlyForDroppingItKeepsTheHours() {
    propose(Kind.AMENDMENT);
    ClassCommand drop = new ClassCommand.Close(Optional.of("seen on video"), LAST_SCAN);

    assertEquals(
        reject(new ClassRefusal.SideNotAllowed(Side.INSTITUTION, List.of(Side.BUREAU))),
        run.send(drop, SCHOOL));
    run.send(drop, BUREAU);
    assertInstanceOf(ClassState.Closed.class, run.state());
  }

  @Test
  void whereNothingWaitsNothingIsDropped() {
    assertEquals(
        accept(new ClassEvent.Closed(0, NO_PREVIOUS, LAST_SCAN)),
        run.send(new ClassCommand.Close(Optional.of("just in case"), LAST_SCAN), SCHOOL));
  }
}
