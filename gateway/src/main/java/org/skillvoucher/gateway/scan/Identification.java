package org.skillvoucher.gateway.scan;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.cardplatform.CardReading;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.entity.Ulid;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;
import org.skillvoucher.gateway.scan.Attempt.Presented;

/**
 * Who is here: the sign-in (签到认证), in each of its ways. Which lesson it counts for is decided by
 * the class.
 */
public final class Identification {
  private static final String PLATFORM = "card_platform";
  private static final ZoneId BUSINESS = ZoneId.of("Asia/Shanghai");

  private final CardPlatform platform;
  private final People people;
  private final InstantSource clock;

  public Identification(CardPlatform platform, People people, InstantSource clock) {
    this.platform = platform;
    this.people = people;
    this.clock = clock;
  }

  sealed interface Identified permits Person, ScanOutcome.NotIdentified {}

  record Person(
      PersonPseudonym person, Optional<PersonPseudonym> witness, Verification verification)
      implements Identified {}

  /** Asks the platform where needed; the stage fails when it does not answer. */
  CompletionStage<Identified> identify(Attempt attempt, boolean online) {
    return switch (attempt.presented()) {
      case Presented.PhysicalCard(var holder, var reading) ->
          card(
              attempt,
              reading,
              reference -> {
                people.confirmName(holder, attempt.classId(), reading.name());
                return new Person(
                    holder,
                    Optional.empty(),
                    new Verification("physical_card", PLATFORM, reference, online));
              });
      case Presented.Assisted(var assisted, var witness, var witnessCard) ->
          card(
              attempt,
              witnessCard,
              reference ->
                  new Person(
                      assisted,
                      Optional.of(witness),
                      new Verification("assisted", "witness", reference, online)));
      case Presented.PersonalCode(var code) -> code(attempt, code, online);
      case Presented.RoomCode(var holder, var use) ->
          done(
              new Person(
                  holder,
                  Optional.empty(),
                  new Verification("room_code", PLATFORM, attempt.idempotencyKey(), online)));
      case Presented.TypedNumber typed ->
          done(new ScanOutcome.CardRefused(new CardOutcome.NotAuthentic()));
    };
  }

  private CompletionStage<Identified> card(
      Attempt attempt, CardReading reading, Function<String, Identified> verified) {
    return platform
        .verifyCard(reading, attempt.idempotencyKey())
        .thenApply(
            outcome ->
                outcome instanceof CardOutcome.Verified(var reference)
                    ? verified.apply(reference)
                    : new ScanOutcome.CardRefused(outcome));
  }

  private CompletionStage<Identified> code(Attempt attempt, String code, boolean online) {
    return platform
        .resolveCode(code, attempt.idempotencyKey())
        .thenApply(
            outcome ->
                outcome
                        instanceof
                        CodeOutcome.Resolved(var type, var number, var name, var reference)
                    ? resolved(
                        attempt,
                        new Person(
                            pseudonym(type, number),
                            Optional.empty(),
                            new Verification("personal_code", PLATFORM, reference, online)),
                        name)
                    : new ScanOutcome.CodeRefused(outcome));
  }

  private Person resolved(Attempt attempt, Person person, String name) {
    people.confirmName(person.person(), attempt.classId(), name);
    return person;
  }

  /** As a roster or a card with this number would name the person, whatever type is given here. */
  private PersonPseudonym pseudonym(IdType type, String number) {
    PersonInput.IdNumber known =
        PersonInput.ofPlatform(type, number, LocalDate.ofInstant(clock.instant(), BUSINESS));
    return people.pseudonym(known.type(), known.value());
  }

  /** The command that records the scan; the vault makes the commitment to the person. */
  CompletionStage<ScanCommand.RecordAttendance> command(
      Attempt attempt,
      Person person,
      Circumstances circumstances,
      Optional<Instant> institutionStoppedFrom) {
    Instant now = clock.instant();
    String receiptId = Ulid.at(now);
    return people
        .commitment(person.person(), receiptId)
        .thenApply(
            subject ->
                new ScanCommand.RecordAttendance(
                    attempt.classId(),
                    attempt.institution(),
                    Scan.of(person.person(), attempt.received()),
                    circumstances.witnessed(person.witness()),
                    person.verification(),
                    institutionStoppedFrom,
                    receiptId,
                    subject,
                    now));
  }

  private static CompletionStage<Identified> done(Identified identified) {
    return CompletableFuture.completedStage(identified);
  }
}
