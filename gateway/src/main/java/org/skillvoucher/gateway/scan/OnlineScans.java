package org.skillvoucher.gateway.scan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.Verification;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;
import org.skillvoucher.gateway.entity.ClassRequest.ScanReply;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.scan.Identification.Identified;

/**
 * The line of a scan. The class is asked first, so that a scan sent again troubles nobody else;
 * then the device's signature is looked at, and the card is verified while no actor waits; then the
 * class decides.
 */
public final class OnlineScans implements ScanService {
  private final ShardedClasses classes;
  private final DeviceTrust devices;
  private final Identification identification;
  private final OfflineBatches offline;
  private final InstantSource clock;

  public OnlineScans(
      ShardedClasses classes,
      DeviceTrust devices,
      Identification identification,
      OfflineBatches offline,
      InstantSource clock) {
    this.classes = classes;
    this.devices = devices;
    this.identification = identification;
    this.offline = offline;
    this.clock = clock;
  }

  @Override
  public CompletionStage<List<Result>> recordAll(List<Attempt> attempts) {
    return offline.record(attempts);
  }

  @Override
  public CompletionStage<Result> record(Attempt attempt) {
    return preCheck(attempt, attempt.presented().person())
        .thenCompose(
            reply ->
                reply instanceof ScanReply.AlreadyRecorded
                    ? ClassAnswers.of(classes, attempt.classId(), reply)
                    : withDevice(attempt, reply))
        .thenApply(OnlineScans::online);
  }

  private CompletionStage<ScanReply> preCheck(Attempt attempt, Optional<PersonPseudonym> person) {
    Question question =
        new Question(
            attempt.institution(),
            attempt.received(),
            person,
            Circumstances.online("", ""),
            Optional.empty(),
            true,
            clock.instant());
    return classes.preCheck(attempt.classId(), List.of(question)).thenApply(List::getFirst);
  }

  /** Whatever is said from here on is said only to the device that signed. */
  private CompletionStage<Result> withDevice(Attempt attempt, ScanReply weighed) {
    return devices
        .check(attempt, clock.instant())
        .thenCompose(
            trust ->
                switch (trust) {
                  case DeviceTrust.Untrusted(var fault) -> done(new Result.DeviceRefused(fault));
                  case DeviceTrust.Trusted(var standing) -> withDevice(attempt, standing, weighed);
                });
  }

  private CompletionStage<Result> withDevice(
      Attempt attempt, DeviceStanding.Trusted standing, ScanReply weighed) {
    return switch (weighed) {
      case ScanReply.Refused(var reason) when isToBeNoted(reason) ->
          note(attempt, standing, reason);
      case ScanReply.Refused(var reason) -> done(new Result.Refused(reason));
      case ScanReply.Eligible counts -> identify(attempt, standing);
      case ScanReply.PersonUnknown unresolved -> identify(attempt, standing);
      case ScanReply.AlreadyRecorded seen -> ClassAnswers.of(classes, attempt.classId(), seen);
      case ScanReply.Duplicate repeated -> ClassAnswers.of(classes, attempt.classId(), repeated);
      case ScanReply.Recorded kept -> throw undecided();
      case ScanReply.Quarantined aside -> throw undecided();
    };
  }

  /** What a class keeps of a device that misbehaves, though the scan is refused. */
  private static boolean isToBeNoted(ClassRefusal reason) {
    return reason instanceof ClassRefusal.CounterGap
        || reason instanceof ClassRefusal.CounterFork
        || reason instanceof ClassRefusal.TapRate;
  }

  private CompletionStage<Result> note(
      Attempt attempt, DeviceStanding.Trusted standing, ClassRefusal reason) {
    var command =
        new ScanCommand.Quarantine(
            attempt.classId(),
            attempt.institution(),
            attempt.received(),
            Circumstances.online(standing.site(), standing.room()),
            attempt.presented().person(),
            reason.code(),
            clock.instant());
    return classes
        .decide(attempt.classId(), List.of(command))
        .thenApply(replies -> new Result.Refused(reason));
  }

  private CompletionStage<Result> identify(Attempt attempt, DeviceStanding.Trusted standing) {
    return identification
        .identify(attempt, true)
        .thenCompose(
            found ->
                switch (found) {
                  case Identified.Refused(var answer) -> done(answer);
                  case Identified.Person person -> decideIdentified(attempt, standing, person);
                });
  }

  /** Who turned out to be no trainee has no key to make a commitment with: the class goes first. */
  private CompletionStage<Result> decideIdentified(
      Attempt attempt, DeviceStanding.Trusted standing, Identified.Person person) {
    return attempt.presented().person().isPresent()
        ? decide(attempt, standing, person)
        : preCheck(attempt, Optional.of(person.person()))
            .thenCompose(
                reply ->
                    reply instanceof ScanReply.Eligible
                        ? decide(attempt, standing, person)
                        : ClassAnswers.of(classes, attempt.classId(), reply));
  }

  private CompletionStage<Result> decide(
      Attempt attempt, DeviceStanding.Trusted standing, Identified.Person person) {
    Circumstances circumstances =
        new Circumstances(
            standing.site(), standing.room(), Optional.empty(), Optional.empty(), person.witness());
    return identification
        .command(attempt, person, circumstances, standing.institutionStoppedFrom())
        .thenCompose(command -> send(attempt.classId(), command));
  }

  private CompletionStage<Result> send(ClassId classId, ScanCommand command) {
    return classes
        .decide(classId, List.of(command))
        .thenCompose(replies -> ClassAnswers.of(classes, classId, replies.getFirst()));
  }

  @Override
  public CompletionStage<Result> signIn(
      ClassId classId,
      PersonPseudonym person,
      ReceivedStatement heard,
      RoomCodeUse use,
      String idempotencyKey) {
    return classes
        .find(classId)
        .thenCompose(
            summary ->
                summary.isEmpty()
                    ? done(new Result.Refused(new ClassRefusal.NotEnrolled()))
                    : devices
                        .standing(
                            summary.get().filing().institution(),
                            heard.statement().device(),
                            clock.instant())
                        .thenCompose(
                            trust ->
                                switch (trust) {
                                  case DeviceTrust.Untrusted(var fault) ->
                                      done(new Result.DeviceRefused(fault));
                                  case DeviceTrust.Trusted(var standing) ->
                                      signIn(
                                          new Attempt(
                                              classId,
                                              summary.get().filing().institution(),
                                              heard,
                                              new Attempt.Presented.TypedNumber(),
                                              idempotencyKey),
                                          standing,
                                          person,
                                          use);
                                }))
        .thenApply(OnlineScans::online);
  }

  private CompletionStage<Result> signIn(
      Attempt attempt, DeviceStanding.Trusted standing, PersonPseudonym person, RoomCodeUse use) {
    Instant now = clock.instant();
    Circumstances circumstances =
        new Circumstances(
            standing.site(), standing.room(), Optional.empty(), Optional.of(use), Optional.empty());
    Question question =
        new Question(
            attempt.institution(),
            attempt.received(),
            Optional.of(person),
            circumstances,
            standing.institutionStoppedFrom(),
            true,
            now);
    var verification =
        new Verification("room_code", "card_platform", attempt.idempotencyKey(), true);
    return classes
        .preCheck(attempt.classId(), List.of(question))
        .thenCompose(
            replies ->
                replies.getFirst() instanceof ScanReply.Eligible
                    ? identification
                        .command(
                            attempt,
                            new Identified.Person(person, Optional.empty(), verification),
                            circumstances,
                            standing.institutionStoppedFrom())
                        .thenCompose(command -> send(attempt.classId(), command))
                    : ClassAnswers.of(classes, attempt.classId(), replies.getFirst()));
  }

  /** Online, a second scan simply is the first. */
  private static Result online(Result answer) {
    return answer instanceof Result.Duplicate(var receipt)
        ? new Result.Recorded(receipt, true)
        : answer;
  }

  private static IllegalStateException undecided() {
    return new IllegalStateException("a scan was decided though it was only weighed");
  }

  private static CompletionStage<Result> done(Result answer) {
    return CompletableFuture.completedStage(answer);
  }
}
