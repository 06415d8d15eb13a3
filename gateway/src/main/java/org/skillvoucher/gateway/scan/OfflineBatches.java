package org.skillvoucher.gateway.scan;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.device.TimeBeacons;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.EntitySettings;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.scan.ScanOutcome.CapturedUnverified;
import org.skillvoucher.gateway.scan.ScanOutcome.CardRefused;
import org.skillvoucher.gateway.scan.ScanOutcome.CodeRefused;

/**
 * Batches of offline statements (离线批次). Signatures are verified, many at a time; what was recorded
 * before is answered from the journal, and the cards of the others are verified; then each class
 * decides its own in the order of their counters, in whatever order they were sent. A statement
 * whose outcome is unknown is to be sent again; the outcome of every other is final.
 */
public final class OfflineBatches {
  private static final ScanOutcome UNKNOWN = new ScanOutcome.Unknown();

  private static final Comparator<Item> BY_COUNTER =
      Comparator.comparing((Item item) -> item.attempt().statement().device())
          .thenComparing(item -> item.attempt().statement().counter());

  private final ActorSystem<?> system;
  private final ShardedClasses classes;
  private final DeviceTrust devices;
  private final Identification identification;
  private final RecordedReceipts receipts;
  private final TimeBeacons beacons;
  private final EntitySettings settings;
  private final InstantSource clock;

  public OfflineBatches(
      ActorSystem<?> system,
      ShardedClasses classes,
      DeviceTrust devices,
      Identification identification,
      TimeBeacons beacons,
      EntitySettings settings,
      InstantSource clock) {
    this.system = system;
    this.classes = classes;
    this.devices = devices;
    this.identification = identification;
    this.receipts = new RecordedReceipts(classes);
    this.beacons = beacons;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * One statement.
   *
   * @param index its place in the batch
   * @param standing of its device, asked for once a batch
   */
  private record Item(int index, Attempt attempt, CompletionStage<DeviceTrust.Trust> standing) {}

  private record PreChecked(
      Item item, Circumstances circumstances, Optional<ScanResult.Known> known) {}

  /**
   * What the class is to decide.
   *
   * @param outcome of a statement that the class quarantines as it was asked to; otherwise unknown
   *     until it has decided
   */
  private record Prepared(Item item, ScanCommand command, ScanOutcome outcome) {}

  CompletionStage<List<ScanOutcome>> record(List<Attempt> attempts) {
    Instant arrivedAt = clock.instant();
    Map<ClassId, List<Item>> byClass = new LinkedHashMap<>();
    Map<String, CompletionStage<DeviceTrust.Trust>> standings = new HashMap<>();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      var standing =
          standings.computeIfAbsent(
              attempt.statement().device(), device -> devices.standing(attempt));
      byClass
          .computeIfAbsent(attempt.classId(), id -> new ArrayList<>())
          .add(new Item(i, attempt, standing));
    }
    Map<Integer, ScanOutcome> outcomes = new ConcurrentHashMap<>();
    return Source.from(byClass.entrySet())
        .mapAsync(
            settings.batchClassesAtOnce(),
            items -> new ClassBatch(items.getKey(), arrivedAt, outcomes).record(items.getValue()))
        .runWith(Sink.ignore(), system)
        .thenApply(
            done ->
                IntStream.range(0, attempts.size())
                    .mapToObj(i -> outcomes.getOrDefault(i, UNKNOWN))
                    .toList());
  }

  /** The statements of one class. */
  private final class ClassBatch {
    private final ClassId classId;
    private final Instant arrivedAt;

    /** By index; what is missing is unknown. */
    private final Map<Integer, ScanOutcome> outcomes;

    ClassBatch(ClassId classId, Instant arrivedAt, Map<Integer, ScanOutcome> outcomes) {
      this.classId = classId;
      this.arrivedAt = arrivedAt;
      this.outcomes = outcomes;
    }

    CompletionStage<Done> record(List<Item> items) {
      return Source.from(items.stream().sorted(BY_COUNTER).toList())
          .grouped(settings.batchChunk())
          .mapAsync(1, this::preCheck)
          .mapConcat(preChecked -> preChecked)
          .mapAsync(settings.batchAtOnce(), this::prepare)
          .mapConcat(prepared -> prepared.map(List::of).orElse(List.of()))
          .grouped(settings.batchChunk())
          .mapAsync(1, this::decide)
          .runWith(Sink.ignore(), system)
          .exceptionally(failure -> Done.getInstance());
    }

    private CompletionStage<List<PreChecked>> preCheck(List<Item> chunk) {
      List<Question> questions = chunk.stream().map(item -> question(item.attempt())).toList();
      return classes
          .preCheck(classId, questions)
          .thenApply(
              known ->
                  IntStream.range(0, chunk.size())
                      .mapToObj(
                          i ->
                              new PreChecked(
                                  chunk.get(i), questions.get(i).circumstances(), known.get(i)))
                      .toList());
    }

    private Question question(Attempt attempt) {
      Optional<Instant> beacon =
          beacons
              .read(attempt.statement().lastBeacon())
              .filter(read -> read.device().equals(attempt.statement().device()))
              .filter(read -> read.epoch() == attempt.statement().epoch())
              .map(TimeBeacons.Beacon::issuedAt);
      return new Question(
          attempt.institution(),
          attempt.received(),
          attempt.presented().person(),
          Circumstances.offline(new Offline(beacon, arrivedAt)),
          Optional.empty(),
          false,
          arrivedAt);
    }

    /** Empty when the class has nothing to decide, because the outcome is final or unknown. */
    private CompletionStage<Optional<Prepared>> prepare(PreChecked statement) {
      Item item = statement.item();
      CompletionStage<Optional<Prepared>> prepared =
          item.standing()
              .thenApplyAsync(
                  standing -> devices.verify(item.attempt(), standing), system.executionContext())
              .thenCompose(trust -> withDevice(statement, trust));
      return prepared.exceptionally(failure -> Optional.empty());
    }

    private CompletionStage<Optional<Prepared>> withDevice(
        PreChecked statement, DeviceTrust.Trust trust) {
      Item item = statement.item();
      return switch (trust) {
        case ScanOutcome.DeviceRefused refused -> done(finished(item, refused));
        case DeviceTrust.Trusted(var device) -> {
          Circumstances here = statement.circumstances().at(device.site(), device.room());
          yield switch (statement.known().orElse(null)) {
            case ScanResult.AlreadyRecorded recorded ->
                receipts
                    .offline(classId, recorded, UNKNOWN)
                    .thenApply(outcome -> finished(item, outcome));
            case ScanResult.Refused(var reason) ->
                done(quarantine(item, here, reason.code(), new ScanOutcome.Refused(reason)));
            case null, default -> identify(item, here, device);
          };
        }
      };
    }

    private CompletionStage<Optional<Prepared>> identify(
        Item item, Circumstances here, DeviceStanding.Trusted device) {
      return identification
          .identify(item.attempt(), false)
          .thenCompose(
              identified ->
                  switch (identified) {
                    case ScanOutcome.NotIdentified refused ->
                        done(notIdentified(item, here, refused));
                    case Identification.Person person ->
                        identification
                            .command(
                                item.attempt(),
                                person,
                                here,
                                device.stoppedFrom(item.attempt().statement().tappedAt()))
                            .thenApply(
                                command -> Optional.of(new Prepared(item, command, UNKNOWN)));
                  })
          .exceptionally(
              failure -> isSilence(failure) ? captured(item, here, true) : Optional.empty());
    }

    private Optional<Prepared> notIdentified(
        Item item, Circumstances here, ScanOutcome.NotIdentified refused) {
      return switch (refused) {
        // Once its minute is over, nothing shows whose code it was.
        case CodeRefused(CodeOutcome.Expired expired) -> captured(item, here, false);
        case CodeRefused code -> quarantine(item, here, "qr_invalid", code);
        case CardRefused(CardOutcome.NotActive notActive) ->
            quarantine(item, here, "card_status", refused);
        case CardRefused card -> quarantine(item, here, "card_not_authenticated", card);
      };
    }

    private Optional<Prepared> captured(Item item, Circumstances here, boolean verifiable) {
      return quarantine(
          item, here, ClassEvent.Quarantined.CAPTURED, new CapturedUnverified(verifiable));
    }

    private Optional<Prepared> quarantine(
        Item item, Circumstances here, String reason, ScanOutcome outcome) {
      return Optional.of(
          new Prepared(item, item.attempt().quarantine(here, reason, arrivedAt), outcome));
    }

    private CompletionStage<Done> decide(List<Prepared> chunk) {
      return classes
          .decide(classId, chunk.stream().map(Prepared::command).toList())
          .thenCompose(
              results ->
                  Source.range(0, chunk.size() - 1)
                      .mapAsync(settings.batchAtOnce(), i -> decided(chunk.get(i), results.get(i)))
                      .runWith(Sink.ignore(), system));
    }

    /** Few at once: a batch of repeats reads many receipts. */
    private CompletionStage<Optional<Prepared>> decided(Prepared prepared, ScanResult result) {
      return receipts
          .offline(classId, result, prepared.outcome())
          .thenApply(outcome -> finished(prepared.item(), outcome))
          .exceptionally(failure -> Optional.empty());
    }

    private Optional<Prepared> finished(Item item, ScanOutcome outcome) {
      outcomes.put(item.index(), outcome);
      return Optional.empty();
    }

    private static CompletionStage<Optional<Prepared>> done(Optional<Prepared> prepared) {
      return CompletableFuture.completedStage(prepared);
    }
  }

  private static boolean isSilence(Throwable failure) {
    return failure instanceof CardPlatform.Silent
        || failure.getCause() instanceof CardPlatform.Silent;
  }
}
