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
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries news between vouchers, classes and institutions: a class learns of bound and withdrawn
 * vouchers, a closed class completes the vouchers of those who attended, and an institution's
 * device that was caught with two histories is suspended. Follows the journal at least once; each
 * message is idempotent, and what is sent is read from the voucher as it stands now, so that coming
 * twice or late does no harm. A refusal is final and is logged; a failure is tried again.
 */
public final class VoucherClassProcess extends Handler<FeedEnvelope> {
  /** Under which name the followers' offsets are kept. */
  public static final String NAME = "bindings";

  /** What is carried; everything else is passed over unread. */
  private static final Set<Class<?>> NEWS =
      Set.of(
          VoucherEvent.Bound.class,
          VoucherEvent.Frozen.class,
          VoucherEvent.Unfrozen.class,
          VoucherEvent.Voided.class,
          ClassEvent.Closed.class,
          ClassEvent.DeviceNoted.class);

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

  /** Starts one follower for each slice of the journal. */
  public static <S extends JdbcSession> void init(
      ActorSystem<?> system,
      Feed feed,
      Supplier<S> sessions,
      VoucherClassProcess bindings,
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
                            feed.source(slice, NEWS),
                            sessions,
                            () -> bindings,
                            system)
                        .withRestartBackoff(settings.restartMin(), settings.restartMax(), 0.2)),
            ProjectionBehavior.stopMessage());
  }

  @Override
  public CompletionStage<Done> process(FeedEnvelope envelope) {
    String entity = envelope.persistenceId().substring(envelope.persistenceId().indexOf('|') + 1);
    return switch (envelope.event()) {
      case VoucherEvent.Bound bound -> carry(new VoucherId(entity));
      case VoucherEvent.Frozen frozen -> carry(new VoucherId(entity));
      case VoucherEvent.Unfrozen unfrozen -> carry(new VoucherId(entity));
      case VoucherEvent.Voided voided -> carry(new VoucherId(entity));
      case ClassEvent.Closed closed -> complete(new ClassId(entity));
      case ClassEvent.DeviceNoted noted when noted.matter() == DeviceAnomaly.FORK ->
          suspend(new ClassId(entity), noted.statement().device());
      case Object other -> done();
    };
  }

  /** The class has long refused it; now no other class takes its statements either. */
  private CompletionStage<Done> suspend(ClassId classId, String device) {
    String id = device.substring(0, device.lastIndexOf('-'));
    return classes
        .find(classId)
        .thenCompose(
            summary ->
                institutions.send(
                    summary.orElseThrow().filing().institution(),
                    new InstitutionCommand.SuspendDevice(
                        id, "device_counter_fork in " + classId, "gateway", clock.instant())))
        .thenApply(
            answer -> {
              if (answer instanceof Institutions.Answer.Refused(var reason)) {
                LOG.warn("device {} could not be suspended: {}", device, reason);
              }
              return Done.getInstance();
            });
  }

  private CompletionStage<Done> carry(VoucherId voucher) {
    return vouchers.find(voucher).thenCompose(state -> carry(voucher, state));
  }

  private CompletionStage<Done> carry(VoucherId voucher, VoucherState state) {
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
