package org.skillvoucher.gateway.process;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.projection.javadsl.Handler;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.institution.Device;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.entity.EntitySettings;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.evidence.VoucherOutcomes;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.journal.feed.SliceProjections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process manager between vouchers, classes and institutions: a class admits bound and removes
 * withdrawn vouchers, and a device whose chain forked in a class is suspended at its institution.
 * Delivery is at least once. Each command is idempotent, and is made from the voucher's current
 * state, so that a repeated or late event does no harm. A refusal is final and is logged; a failure
 * is retried.
 */
public final class VoucherClassProcess extends Handler<FeedEnvelope> {
  /** The projection's name, under which its offsets are stored. */
  public static final String NAME = "bindings";

  private static final Set<Class<?>> EVENTS =
      Set.of(
          VoucherEvent.Bound.class,
          VoucherEvent.Frozen.class,
          VoucherEvent.Unfrozen.class,
          VoucherEvent.Voided.class,
          ClassEvent.DeviceNoted.class);

  private static final double JITTER = 0.2;

  private static final Logger LOG = LoggerFactory.getLogger(VoucherClassProcess.class);

  private final Vouchers vouchers;
  private final ShardedClasses classes;
  private final Institutions institutions;
  private final VoucherOutcomes outcomes;
  private final VoucherSettling settling;
  private final InstantSource clock;

  public VoucherClassProcess(
      Vouchers vouchers,
      ShardedClasses classes,
      Institutions institutions,
      VoucherOutcomes outcomes,
      InstantSource clock) {
    this.vouchers = vouchers;
    this.classes = classes;
    this.institutions = institutions;
    this.outcomes = outcomes;
    this.settling = new VoucherSettling(vouchers, clock);
    this.clock = clock;
  }

  /** Starts one projection for each slice of the journal. */
  public static <S extends JdbcSession> void init(
      ActorSystem<?> system,
      Feed feed,
      Supplier<S> sessions,
      VoucherClassProcess process,
      EntitySettings settings) {
    SliceProjections.start(
        system,
        feed,
        NAME,
        slice ->
            JdbcProjection.atLeastOnceAsync(
                    feed.projectionId(NAME, slice),
                    feed.source(slice, EVENTS),
                    sessions,
                    () -> process,
                    system)
                .withRestartBackoff(settings.restartMin(), settings.restartMax(), JITTER));
  }

  @Override
  public CompletionStage<Done> process(FeedEnvelope envelope) {
    return switch (envelope.event()) {
      case VoucherEvent.Bound bound -> admitOrWithdraw(voucher(envelope));
      case VoucherEvent.Frozen frozen -> admitOrWithdraw(voucher(envelope));
      case VoucherEvent.Unfrozen unfrozen -> admitOrWithdraw(voucher(envelope));
      case VoucherEvent.Voided voided -> admitOrWithdraw(voucher(envelope));
      case ClassEvent.DeviceNoted noted when noted.matter() == DeviceAnomaly.FORK ->
          suspend(new ClassId(envelope.entityId(EntityType.CLASS)), noted.statement().device());
      case Object other -> done();
    };
  }

  private static VoucherId voucher(FeedEnvelope envelope) {
    return new VoucherId(envelope.entityId(EntityType.VOUCHER));
  }

  /** The class refuses its statements already; from now on every other class does. */
  private CompletionStage<Done> suspend(ClassId classId, String device) {
    return classes
        .find(classId)
        .thenCompose(
            summary ->
                institutions.send(
                    summary.orElseThrow().filing().institution(),
                    new InstitutionCommand.SuspendDevice(
                        Device.idOf(device),
                        "device_counter_fork in " + classId,
                        Actor.GATEWAY.tokenId(),
                        clock.instant()),
                    Actor.GATEWAY))
        .thenApply(
            answer -> {
              if (answer instanceof Institutions.Answer.Refused(var reason)) {
                LOG.warn("device {} could not be suspended: {}", device, reason);
              }
              return Done.getInstance();
            });
  }

  private CompletionStage<Done> admitOrWithdraw(VoucherId voucher) {
    return vouchers.find(voucher).thenCompose(state -> admitOrWithdraw(voucher, state));
  }

  private CompletionStage<Done> admitOrWithdraw(VoucherId voucher, VoucherState state) {
    Optional<ClassId> classId = state.boundTo();
    return switch (state) {
      case VoucherState.Bound(var terms, var to) -> admit(to, terms.holder(), voucher);
      case VoucherState.Frozen(var before, var reason) when classId.isPresent() ->
          withdraw(classId.get(), before.terms().holder(), voucher);
      case VoucherState.Voided(var terms, var to, var reason, _) when to.isPresent() ->
          withdraw(to.get(), terms.holder(), voucher);
      case VoucherState settled -> done();
    };
  }

  /**
   * A voucher that comes to a class which closed meanwhile, or was frozen when it closed, is
   * settled here: no closing event follows that would do it.
   */
  private CompletionStage<Done> admit(ClassId to, PersonPseudonym holder, VoucherId voucher) {
    return send(to, new ClassCommand.AdmitVoucher(holder, voucher, clock.instant()))
        .thenCompose(sent -> classes.find(to))
        .thenCompose(
            summary ->
                summary.filter(found -> found.state().equals("closed")).isPresent()
                    ? settle(to, holder, voucher)
                    : done());
  }

  private CompletionStage<Done> settle(ClassId to, PersonPseudonym holder, VoucherId voucher) {
    return outcomes
        .of(to, holder, voucher)
        .thenCompose(
            outcome ->
                outcome.map(one -> settling.settle(to, one)).orElseGet(VoucherClassProcess::done));
  }

  private CompletionStage<Done> withdraw(
      ClassId classId, PersonPseudonym holder, VoucherId voucher) {
    return send(classId, new ClassCommand.WithdrawVoucher(holder, voucher, clock.instant()));
  }

  private CompletionStage<Done> send(ClassId classId, ClassCommand command) {
    return classes
        .send(classId, command, Actor.GATEWAY)
        .thenApply(
            answer -> {
              if (answer instanceof Classes.Answer.Refused(var reason)) {
                LOG.warn(
                    "class {} refused {}: {}", classId, command.getClass().getSimpleName(), reason);
              }
              return Done.getInstance();
            });
  }

  private static CompletionStage<Done> done() {
    return CompletableFuture.completedStage(Done.getInstance());
  }
}
