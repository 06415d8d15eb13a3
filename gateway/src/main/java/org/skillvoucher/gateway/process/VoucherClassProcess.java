package org.skillvoucher.gateway.process;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;
import org.apache.pekko.projection.ProjectionBehavior;
import org.apache.pekko.projection.javadsl.Handler;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.institution.Device;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.entity.EntitySettings;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Process manager of vouchers, classes and institutions: it turns events of one entity into
 * commands to another. A class admits the vouchers that are bound to it and removes those
 * withdrawn, a closed class completes the vouchers of those who attended, and a device with two
 * histories is suspended.
 *
 * <p>Delivery is at least once. The commands are idempotent: their identity is derived from the
 * event's entities, and their content from the voucher's present state, so that a repeated or late
 * delivery does no harm. A refusal is final and is logged; a failure is retried with backoff.
 */
public final class VoucherClassProcess extends Handler<FeedEnvelope> {
  /** The name under which the offsets are stored. */
  public static final String NAME = "bindings";

  /** The events handled; every other is skipped without being decoded. */
  private static final Set<Class<?>> HANDLED =
      Set.of(
          VoucherEvent.Bound.class,
          VoucherEvent.Frozen.class,
          VoucherEvent.Unfrozen.class,
          VoucherEvent.Voided.class,
          ClassEvent.Closed.class,
          ClassEvent.DeviceNoted.class);

  private static final double JITTER = 0.2;

  private static final Logger LOG = LoggerFactory.getLogger(VoucherClassProcess.class);

  private final Vouchers vouchers;
  private final ShardedClasses classes;
  private final Institutions institutions;
  private final InstantSource clock;

  public VoucherClassProcess(
      Vouchers vouchers, ShardedClasses classes, Institutions institutions, InstantSource clock) {
    this.vouchers = vouchers;
    this.classes = classes;
    this.institutions = institutions;
    this.clock = clock;
  }

  /** Starts one projection for each slice of the journal. */
  public static <S extends JdbcSession> void init(
      ActorSystem<?> system,
      Feed feed,
      Supplier<S> sessions,
      VoucherClassProcess process,
      EntitySettings settings) {
    ShardedDaemonProcess.get(system)
        .init(
            ProjectionBehavior.Command.class,
            NAME,
            feed.slices(),
            slice ->
                ProjectionBehavior.create(
                    JdbcProjection.atLeastOnceAsync(
                            feed.projectionId(NAME, slice),
                            feed.source(slice, HANDLED),
                            sessions,
                            () -> process,
                            system)
                        .withRestartBackoff(settings.restartMin(), settings.restartMax(), JITTER)),
            ProjectionBehavior.stopMessage());
  }

  @Override
  public CompletionStage<Done> process(FeedEnvelope envelope) {
    return switch (envelope.event()) {
      case VoucherEvent.Bound _,
          VoucherEvent.Frozen _,
          VoucherEvent.Unfrozen _,
          VoucherEvent.Voided _ ->
          syncClass(voucherOf(envelope));
      case ClassEvent.Closed closed -> complete(classOf(envelope));
      case ClassEvent.DeviceNoted noted when noted.matter() == DeviceAnomaly.FORK ->
          suspend(classOf(envelope), noted.statement().device());
      case Object other -> done();
    };
  }

  private static VoucherId voucherOf(FeedEnvelope envelope) {
    return new VoucherId(EntityType.VOUCHER.idOf(envelope.persistenceId()));
  }

  private static ClassId classOf(FeedEnvelope envelope) {
    return new ClassId(EntityType.CLASS.idOf(envelope.persistenceId()));
  }

  /** The class refuses the device already; suspended, it is refused by every class. */
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
                        "gateway",
                        clock.instant())))
        .thenApply(
            answer -> {
              if (answer instanceof Institutions.Answer.Refused(var reason)) {
                LOG.warn("device {} could not be suspended: {}", device, reason);
              }
              return Done.getInstance();
            });
  }

  /** Sends the class what the voucher's present state means to it. */
  private CompletionStage<Done> syncClass(VoucherId voucher) {
    return vouchers.find(voucher).thenCompose(state -> syncClass(voucher, state));
  }

  private CompletionStage<Done> syncClass(VoucherId voucher, VoucherState state) {
    Optional<ClassId> classId = state.boundTo();
    return switch (state) {
      case VoucherState.Bound(var terms, var to) ->
          send(to, new ClassCommand.AdmitVoucher(terms.holder(), voucher, clock.instant()));
      case VoucherState.Frozen(var before, var reason) when classId.isPresent() ->
          withdraw(classId.get(), before.terms().holder(), voucher);
      case VoucherState.Voided(var terms, var to, var reason) when to.isPresent() ->
          withdraw(to.get(), terms.holder(), voucher);
      case VoucherState settled -> done();
    };
  }

  private CompletionStage<Done> withdraw(
      ClassId classId, PersonPseudonym holder, VoucherId voucher) {
    return send(classId, new ClassCommand.WithdrawVoucher(holder, voucher, clock.instant()));
  }

  private CompletionStage<Done> send(ClassId classId, ClassCommand command) {
    return classes
        .send(classId, command)
        .thenApply(
            answer -> {
              if (answer instanceof Classes.Answer.Refused(var reason)) {
                LOG.warn(
                    "class {} refused {}: {}", classId, command.getClass().getSimpleName(), reason);
              }
              return Done.getInstance();
            });
  }

  private CompletionStage<Done> complete(ClassId classId) {
    return classes
        .completedVouchers(classId)
        .thenCompose(
            completed -> {
              CompletionStage<Done> all = done();
              for (VoucherId voucher : completed.orElse(List.of())) {
                all = all.thenCompose(done -> complete(classId, voucher));
              }
              return all;
            });
  }

  private CompletionStage<Done> complete(ClassId classId, VoucherId voucher) {
    return vouchers
        .send(voucher, new VoucherCommand.Complete(classId, clock.instant()))
        .thenApply(
            answer -> {
              if (answer instanceof Vouchers.Answer.Refused(var reason)) {
                LOG.warn("voucher {} could not be completed: {}", voucher, reason);
              }
              return Done.getInstance();
            });
  }

  private static CompletionStage<Done> done() {
    return CompletableFuture.completedStage(Done.getInstance());
  }
}
