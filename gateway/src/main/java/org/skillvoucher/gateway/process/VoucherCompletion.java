package org.skillvoucher.gateway.process;

import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.projection.javadsl.Handler;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.voucher.VoucherCommand;
import org.skillvoucher.gateway.entity.EntitySettings;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.evidence.CompletedVouchers;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.journal.feed.SliceProjections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process manager that completes vouchers: of each closed class those which its evidence names,
 * at least once, because completing is idempotent. Apart from {@link VoucherClassProcess}, so that
 * waiting for evidence delays no voucher on its way to a class. A refusal is final and is logged; a
 * failure is retried.
 */
public final class VoucherCompletion extends Handler<FeedEnvelope> {
  /** The projection's name, under which its offsets are stored. */
  public static final String NAME = "completions";

  private static final Logger LOG = LoggerFactory.getLogger(VoucherCompletion.class);

  private final CompletedVouchers completed;
  private final Vouchers vouchers;
  private final InstantSource clock;

  public VoucherCompletion(CompletedVouchers completed, Vouchers vouchers, InstantSource clock) {
    this.completed = completed;
    this.vouchers = vouchers;
    this.clock = clock;
  }

  /** Starts one projection for each slice of the journal. */
  public static <S extends JdbcSession> void init(
      ActorSystem<?> system,
      Feed feed,
      Supplier<S> sessions,
      VoucherCompletion process,
      EntitySettings settings) {
    SliceProjections.start(
        system,
        feed,
        NAME,
        slice ->
            JdbcProjection.atLeastOnceAsync(
                    feed.projectionId(NAME, slice),
                    feed.source(slice, Set.of(ClassEvent.Closed.class)),
                    sessions,
                    () -> process,
                    system)
                .withRestartBackoff(settings.restartMin(), settings.restartMax(), 0.2));
  }

  @Override
  public CompletionStage<Done> process(FeedEnvelope envelope) {
    CompletionStage<Done> done = CompletableFuture.completedStage(Done.getInstance());
    if (!(envelope.event() instanceof ClassEvent.Closed)) {
      return done; // a heartbeat
    }
    ClassId classId = new ClassId(envelope.entityId(EntityType.CLASS));
    return completed
        .of(classId, envelope.sequenceNr())
        .thenCompose(
            all -> {
              CompletionStage<Done> before = done;
              for (VoucherId voucher : all) {
                before = before.thenCompose(unused -> complete(classId, voucher));
              }
              return before;
            });
  }

  private CompletionStage<Done> complete(ClassId classId, VoucherId voucher) {
    return vouchers
        .send(voucher, new VoucherCommand.Complete(classId, clock.instant()), Actor.GATEWAY)
        .thenApply(
            answer -> {
              if (answer instanceof Vouchers.Answer.Refused(var reason)) {
                LOG.warn("voucher {} could not be completed: {}", voucher, reason);
              }
              return Done.getInstance();
            });
  }
}
