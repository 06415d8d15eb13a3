package org.skillvoucher.gateway.scan;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.gateway.cardplatform.CardReading;

/**
 * One scan as a device sends it.
 *
 * @param institution of the device, by its token
 * @param idempotencyKey under which the platform is asked: derived from the statement, so that it
 *     is the same whenever the statement is sent again, and no other device's
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

  DeviceStatement statement() {
    return received.statement();
  }

  /** The command that records it without a receipt, for the reason with this code. */
  ScanCommand.Quarantine quarantine(Circumstances circumstances, String reason, Instant at) {
    return new ScanCommand.Quarantine(
        classId, institution, received, circumstances, presented.person(), reason, at);
  }

  /** What the person presented (签到方式). Personal data: never logged. */
  public sealed interface Presented {
    /** Whose it is, where that is known without the platform. */
    default Optional<PersonPseudonym> person() {
      return Optional.empty();
    }

    default Optional<RoomCodeUse> roomCode() {
      return Optional.empty();
    }

    /** F4, 实体卡: a reader's record, to be authenticated by the platform. */
    record PhysicalCard(PersonPseudonym holder, CardReading reading) implements Presented {
      @Override
      public Optional<PersonPseudonym> person() {
        return Optional.of(holder);
      }
    }

    /** F1, 个人动态码: valid for one minute and resolved once. */
    record PersonalCode(String code) implements Presented {
      @Override
      public String toString() {
        return "PersonalCode";
      }
    }

    /** F2, 课堂码: the platform authenticated the person, whose phone scanned the room's code. */
    record RoomCode(PersonPseudonym holder, RoomCodeUse use) implements Presented {
      @Override
      public Optional<PersonPseudonym> person() {
        return Optional.of(holder);
      }

      @Override
      public Optional<RoomCodeUse> roomCode() {
        return Optional.of(use);
      }
    }

    /** 协助签到: a witness with a card signs in a person without phone or card. */
    record Assisted(PersonPseudonym assisted, PersonPseudonym witness, CardReading witnessCard)
        implements Presented {
      @Override
      public Optional<PersonPseudonym> person() {
        return Optional.of(assisted);
      }
    }

    /** A typed number, which is never enough. */
    record TypedNumber() implements Presented {}
  }
}
