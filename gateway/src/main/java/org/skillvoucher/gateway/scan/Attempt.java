package org.skillvoucher.gateway.scan;

import java.util.Optional;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.gateway.cardplatform.CardReading;

/**
 * One scan as a device sends it.
 *
 * @param institution whose device it says it is
 * @param idempotencyKey under which the platform is asked: the statement's own name, so that it is
 *     the same whenever the statement comes again, and no other device's
 */
public record Attempt(
    ClassId classId,
    CreditCode institution,
    ReceivedStatement received,
    Presented presented,
    String idempotencyKey) {
  /** {@code class/lesson}, as the statement names it. */
  public String place() {
    return classId + "/" + received.lesson();
  }

  /** What the person presented (签到方式). Personal data: never logged. */
  public sealed interface Presented {
    /** Whose it is, as far as that can be said without the platform. */
    Optional<PersonPseudonym> person();

    /** F4, 实体卡: a reader's record, to be authenticated by the platform. */
    record PhysicalCard(PersonPseudonym holder, CardReading reading) implements Presented {
      @Override
      public Optional<PersonPseudonym> person() {
        return Optional.of(holder);
      }
    }

    /** F1, 个人动态码: lives one minute and is resolved once. */
    record PersonalCode(String code) implements Presented {
      @Override
      public Optional<PersonPseudonym> person() {
        return Optional.empty();
      }

      @Override
      public String toString() {
        return "PersonalCode";
      }
    }

    /** 协助签到: a witness with a card stands for a person without phone or card. */
    record Assisted(PersonPseudonym assisted, PersonPseudonym witness, CardReading witnessCard)
        implements Presented {
      @Override
      public Optional<PersonPseudonym> person() {
        return Optional.of(assisted);
      }
    }

    /** A number that somebody typed: never enough. */
    record TypedNumber() implements Presented {
      @Override
      public Optional<PersonPseudonym> person() {
        return Optional.empty();
      }
    }
  }
}
