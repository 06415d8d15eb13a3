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
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Circumstances.Offline;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ScanRules.Question;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;
import org.skillvoucher.gateway.device.TimeBeacons;
import org.skillvoucher.gateway.entity.ClassRequest.ScanReply;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.EntitySettings;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.scan.Identification.Identified;
import org.skillvoucher.gateway.scan.ScanService.Result;

/**
 * Batches of offline statements (离线批次). What was kept before is answered from the journal; the
 * signatures of the others are looked at and their cards verified, many at a time; then each class
 * takes its own in the order of their counters, whatever order they came in. A statement whose
 * answer is unknown is to be sent again, and every other keeps its answer.
 */
public final class OfflineBatches {
  private final ActorSystem<?> system;
  private final ShardedClasses classes;
  private final DeviceTrust devices;
  private final Identification identification;
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
    this.beacons = beacons;
    this.settings = settings;
    this.clock = clock;
  }

  /** One statement on its way, with its place in the batch. */
  private record Item(int index, Attempt attempt) {
    DeviceStatement statement() {
      return attempt.received().statement();
    }
  }

  /** What is to be asked of the class, and what is to be answered when it only puts it aside. */
  private record Prepared(Item item, ScanCommand command, Optional<Result> instead) {}

  private static final Comparator<Item> IN_THEIR_ORDER =
      Comparator.comparing((Item item) -> item.statement().device())
          .thenComparing(item -> item.statement().counter());

  CompletionStage<List<Result>> record(List<Attempt> attempts) {
    Instant arrivedAt = clock.instant();
    Map<ClassId, List<Item>> byClass = new LinkedHashMap<>();
    for (int i = 0; i < attempts.size(); i++) {
      Attempt attempt = attempts.get(i);
      byClass.computeIfAbsent(attempt.classId(), id -> new ArrayList<>()).add(new Item(i, attempt));
    }
    Map<String, CompletionStage<DeviceTrust.Trust>> trust = new HashMap<>();
    attempts.forEach(
        attempt ->
            trust.computeIfAbsent(
                attempt.received().statement().device(),
                device -> devices.standing(attempt.institution(), device, arrivedAt)));
    return Source.from(List.copyOf(byClass.values()))
        .mapAsync(
            settings.batchClassesAtOnce(),
            items -> new ClassBatch(items, Map.copyOf(trust), arrivedAt).record())
        .runWith(Sink.seq(), system)
        .thenApply(
            parts -> {
              Map<Integer, Result> answers = new HashMap<>();
              parts.forEach(answers::putAll);
              List<Result> inOrder = new ArrayList<>(attempts.size());
              for (int i = 0; i < attempts.size(); i++) {
                inOrder.add(answers.getOrDefault(i, new Result.Unknown()));
              }
              return inOrder;
            });
  }

  /** The statements of one class. */
  private final class ClassBatch {
    private final ClassId classId;
    private final List<Item> items;
    private final Map<String, CompletionStage<DeviceTrust.Trust>> trust;
    private final Instant arrivedAt;
    private final Map<Integer, Result> answers = new ConcurrentHashMap<>();

    ClassBatch(
        List<Item> items,
        Map<String, CompletionStage<DeviceTrust.Trust>> trust,
        Instant arrivedAt) {
      this.classId = items.getFirst().attempt().classId();
      this.items = items.stream().sorted(IN_THEIR_ORDER).toList();
      this.trust = trust;
      this.arrivedAt = arrivedAt;
    }

    CompletionStage<Map<Integer, Result>> record() {
      return Source.from(chunks())
          .mapAsync(1, this::preCheck)
          .mapConcat(weighed -> weighed)
          .mapAsync(settings.batchAtOnce(), this::prepare)
          .mapConcat(ready -> ready.map(List::of).orElse(List.of()))
          .grouped(settings.batchChunk())
          .mapAsync(1, this::decide)
          .runWith(Sink.ignore(), system)
          .handle((done, failure) -> answers); // those without an answer are unknown
    }

    private List<List<Item>> chunks() {
      List<List<Item>> chunks = new ArrayList<>();
      for (int from = 0; from < items.size(); from += settings.batchChunk()) {
        chunks.add(items.subList(from, Math.min(items.size(), from + settings.batchChunk())));
      }
      return chunks;
    }

    private record PreChecked(Item item, Circumstances circumstances, ScanReply reply) {}

    private CompletionStage<List<PreChecked>> preCheck(List<Item> chunk) {
      List<Circumstances> circumstances = chunk.stream().map(this::circumstances).toList();
      List<Question> questions = new ArrayList<>(chunk.size());
      for (int i = 0; i < chunk.size(); i++) {
        Attempt attempt = chunk.get(i).attempt();
        questions.add(
            new Question(
                attempt.institution(),
                attempt.received(),
                attempt.presented().person(),
                circumstances.get(i),
                Optional.empty(),
                false,
                arrivedAt));
      }
      return classes
          .preCheck(classId, questions)
          .thenApply(
              replies -> {
                List<PreChecked> weighed = new ArrayList<>(chunk.size());
                for (int i = 0; i < chunk.size(); i++) {
                  weighed.add(new PreChecked(chunk.get(i), circumstances.get(i), replies.get(i)));
                }
                return weighed;
              });
    }

    private Circumstances circumstances(Item item) {
      DeviceStatement statement = item.statement();
      Optional<Instant> beacon =
          beacons
              .read(statement.lastBeacon())
              .filter(read -> read.device().equals(statement.device()))
              .filter(read -> read.epoch() == statement.epoch())
              .map(TimeBeacons.Beacon::issuedAt);
      return new Circumstances(
          "", "", Optional.of(new Offline(beacon, arrivedAt)), Optional.empty(), Optional.empty());
    }

    private CompletionStage<Optional<Prepared>> prepare(PreChecked weighed) {
      Item item = weighed.item();
      if (weighed.reply() instanceof ScanReply.AlreadyRecorded seen) {
        return ClassAnswers.of(classes, classId, seen)
            .handle((answer, failure) -> failure == null ? answer : new Result.Unknown())
            .thenApply(answer -> answered(item, answer));
      }
      return trust
          .getOrDefault(
              item.statement().device(), CompletableFuture.failedStage(new IllegalStateException()))
          .thenApplyAsync(
              standing ->
                  standing instanceof DeviceTrust.Trusted(var good)
                      ? devices.check(item.attempt(), good)
                      : standing,
              system.executionContext())
          .thenCompose(
              checked ->
                  switch (checked) {
                    case DeviceTrust.Untrusted(var fault) ->
                        CompletableFuture.completedStage(
                            answered(item, new Result.DeviceRefused(fault)));
                    case DeviceTrust.Trusted(var standing) -> prepare(weighed, standing);
                  })
          .exceptionally(failure -> answered(item, new Result.Unknown()));
    }

    private CompletionStage<Optional<Prepared>> prepare(
        PreChecked weighed, DeviceStanding.Trusted standing) {
      Item item = weighed.item();
      Circumstances here =
          new Circumstances(
              standing.site(),
              standing.room(),
              weighed.circumstances().offline(),
              Optional.empty(),
              Optional.empty());
      if (weighed.reply() instanceof ScanReply.Refused(var reason)) {
        return CompletableFuture.completedStage(
            quarantine(item, here, reason.code(), new Result.Refused(reason)));
      }
      return identification
          .identify(item.attempt(), false)
          .thenCompose(
              found ->
                  switch (found) {
                    case Identified.Refused(var answer) ->
                        CompletableFuture.completedStage(notIdentified(item, here, answer));
                    case Identified.Person person -> command(item, here, standing, person);
                  })
          .exceptionally(
              failure ->
                  isSilence(failure)
                      ? quarantine(
                          item,
                          here,
                          ClassEvent.Quarantined.CAPTURED,
                          new Result.CapturedUnverified(true))
                      : answered(item, new Result.Unknown()));
    }

    private CompletionStage<Optional<Prepared>> command(
        Item item, Circumstances here, DeviceStanding.Trusted standing, Identified.Person person) {
      Circumstances witnessed =
          new Circumstances(
              here.site(), here.room(), here.offline(), Optional.empty(), person.witness());
      return identification
          .command(
              item.attempt(), person, witnessed, standing.stoppedFrom(item.statement().tappedAt()))
          .thenApply(command -> Optional.of(new Prepared(item, command, Optional.empty())));
    }

    /** A code that lived for a minute tells nobody afterwards whose it was. */
    private Optional<Prepared> notIdentified(Item item, Circumstances here, Result answer) {
      return answer instanceof Result.CodeRefused(CodeOutcome outcome)
              && outcome instanceof CodeOutcome.Expired
          ? quarantine(
              item, here, ClassEvent.Quarantined.CAPTURED, new Result.CapturedUnverified(false))
          : quarantine(item, here, codeOf(answer), answer);
    }

    private Optional<Prepared> quarantine(
        Item item, Circumstances here, String reason, Result answer) {
      Attempt attempt = item.attempt();
      return Optional.of(
          new Prepared(
              item,
              new ScanCommand.Quarantine(
                  classId,
                  attempt.institution(),
                  attempt.received(),
                  here,
                  attempt.presented().person(),
                  reason,
                  arrivedAt),
              Optional.of(answer)));
    }

    private Optional<Prepared> answered(Item item, Result answer) {
      answers.put(item.index(), answer);
      return Optional.empty();
    }

    private CompletionStage<List<Result>> decide(List<Prepared> chunk) {
      return classes
          .decide(classId, chunk.stream().map(Prepared::command).toList())
          .thenCompose(
              replies ->
                  Source.range(0, chunk.size() - 1)
                      .mapAsync(settings.batchAtOnce(), i -> decided(chunk.get(i), replies.get(i)))
                      .runWith(Sink.seq(), system));
    }

    /** An earlier receipt is read only when its turn comes: a batch of repeats asks for many. */
    private CompletionStage<Result> decided(Prepared ready, ScanReply reply) {
      CompletionStage<Result> answer =
          reply instanceof ScanReply.Quarantined
              ? CompletableFuture.completedStage(ready.instead().orElseThrow())
              : ClassAnswers.of(classes, classId, reply);
      return answer
          .exceptionally(failure -> new Result.Unknown())
          .thenApply(
              found -> {
                answers.put(ready.item().index(), found);
                return found;
              });
    }
  }

  /** The code under which the class keeps what the platform did not vouch for. */
  private static String codeOf(Result answer) {
    return answer instanceof Result.CardRefused(var outcome)
            && outcome instanceof CardOutcome.NotActive
        ? "card_status"
        : answer instanceof Result.CodeRefused ? "qr_invalid" : "card_not_authenticated";
  }

  private static boolean isSilence(Throwable failure) {
    return failure instanceof CardPlatform.Silent
        || failure.getCause() instanceof CardPlatform.Silent;
  }
}
