package org.skillvoucher.gateway.scan;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.scan.ScanOutcome.Online;

/**
 * Online scans. The class pre-checks the statement while the institution reports on the device.
 * Every answer is given only to the device that signed, also that to a scan recorded before. The
 * card is verified while no actor waits; then the class decides.
 */
public final class OnlineScans implements ScanService {
  private final ShardedClasses classes;
  private final DeviceTrust devices;
  private final Identification identification;
  private final OfflineBatches batches;
  private final RecordedReceipts receipts;
  private final InstantSource clock;

  public OnlineScans(
      ShardedClasses classes,
      DeviceTrust devices,
      Identification identification,
      OfflineBatches batches,
      InstantSource clock) {
    this.classes = classes;
    this.devices = devices;
    this.identification = identification;
    this.batches = batches;
    this.receipts = new RecordedReceipts(classes);
    this.clock = clock;
  }

  @Override
  public CompletionStage<List<ScanOutcome>> recordAll(List<Attempt> attempts) {
    return batches.record(attempts);
  }

  @Override
  public CompletionStage<Online> record(Attempt attempt) {
    CompletionStage<DeviceTrust.Trust> standing = devices.standing(attempt);
    return preCheck(attempt, attempt.presented().person())
        .thenCompose(known -> standing.thenCompose(trust -> withDevice(attempt, trust, known)));
  }

  private CompletionStage<Online> withDevice(
      Attempt attempt, DeviceTrust.Trust standing, Optional<ScanResult.Known> known) {
    return switch (devices.verify(attempt, standing)) {
      case ScanOutcome.DeviceRefused refused -> done(refused);
      case DeviceTrust.Trusted(var trusted) when known.isPresent() ->
          answer(attempt, trusted, known.get());
      case DeviceTrust.Trusted(var trusted) -> identify(attempt, trusted);
    };
  }

  /** The class records an anomaly of the device although the scan is refused. */
  private CompletionStage<Online> answer(
      Attempt attempt, DeviceStanding.Trusted device, ScanResult.Known known) {
    return known instanceof ScanResult.Refused(var reason) && isDeviceAnomaly(reason)
        ? classes
            .decide(
                attempt.classId(),
                List.of(
                    attempt.quarantine(
                        circumstances(attempt, device), reason.code(), clock.instant())))
            .thenApply(recorded -> new ScanOutcome.Refused(reason))
        : receipts.online(attempt.classId(), known);
  }

  private static boolean isDeviceAnomaly(ClassRefusal reason) {
    return reason instanceof ClassRefusal.CounterGap
        || reason instanceof ClassRefusal.CounterFork
        || reason instanceof ClassRefusal.TapRate;
  }

  private CompletionStage<Online> identify(Attempt attempt, DeviceStanding.Trusted device) {
    return identification
        .identify(attempt, true)
        .thenCompose(
            identified ->
                switch (identified) {
                  case ScanOutcome.NotIdentified refused -> done(refused);
                  case Identification.Person person when attempt.presented().person().isPresent() ->
                      decide(attempt, device, person);
                  case Identification.Person person -> preCheck(attempt, device, person);
                });
  }

  /** Before the vault is asked: it has no key to make a commitment to a stranger with. */
  private CompletionStage<Online> preCheck(
      Attempt attempt, DeviceStanding.Trusted device, Identification.Person person) {
    return preCheck(attempt, Optional.of(person.person()))
        .thenCompose(
            known ->
                known.isPresent()
                    ? receipts.online(attempt.classId(), known.get())
                    : decide(attempt, device, person));
  }

  private CompletionStage<Optional<ScanResult.Known>> preCheck(
      Attempt attempt, Optional<PersonPseudonym> person) {
    return preCheck(
        attempt,
        new Question(
            attempt.institution(),
            attempt.received(),
            person,
            Circumstances.online("", ""),
            Optional.empty(),
            true,
            clock.instant()));
  }

  private CompletionStage<Optional<ScanResult.Known>> preCheck(Attempt attempt, Question question) {
    return classes.preCheck(attempt.classId(), List.of(question)).thenApply(List::getFirst);
  }

  private CompletionStage<Online> decide(
      Attempt attempt, DeviceStanding.Trusted device, Identification.Person person) {
    return identification
        .command(attempt, person, circumstances(attempt, device), device.institutionStoppedFrom())
        .thenCompose(classes::record)
        .thenCompose(result -> receipts.online(attempt.classId(), result));
  }

  private static Circumstances circumstances(Attempt attempt, DeviceStanding.Trusted device) {
    return new Circumstances(
        device.site(),
        device.room(),
        Optional.empty(),
        attempt.presented().roomCode(),
        Optional.empty());
  }

  /** No device signed: its standing is asked first, and the pre-check gets its place. */
  @Override
  public CompletionStage<Online> signIn(Attempt attempt) {
    return devices
        .standing(attempt)
        .thenCompose(
            trust ->
                switch (trust) {
                  case ScanOutcome.DeviceRefused refused -> done(refused);
                  case DeviceTrust.Trusted(var device) -> signIn(attempt, device);
                });
  }

  private CompletionStage<Online> signIn(Attempt attempt, DeviceStanding.Trusted device) {
    return preCheck(
            attempt,
            new Question(
                attempt.institution(),
                attempt.received(),
                attempt.presented().person(),
                circumstances(attempt, device),
                device.institutionStoppedFrom(),
                true,
                clock.instant()))
        .thenCompose(
            known ->
                known.isPresent()
                    ? receipts.online(attempt.classId(), known.get())
                    : identify(attempt, device));
  }

  private static CompletionStage<Online> done(Online outcome) {
    return CompletableFuture.completedStage(outcome);
  }
}
