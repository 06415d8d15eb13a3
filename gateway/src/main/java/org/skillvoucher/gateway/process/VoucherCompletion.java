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
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.entity.EntitySettings;
import org.skillvoucher.gateway.entity.Vouchers;
import org.skillvoucher.gateway.evidence.VoucherOutcomes;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.journal.feed.SliceProjections;

/**
 * The process manager that settles the vouchers of each closed class: those of the people who
 * completed by its evidence are completed, all others lapse; at least once, because both are
 * idempotent. Apart from {@link VoucherClassProcess}, so that waiting for evidence delays no
 * voucher on its way to a class. A refusal is final and is logged; a failure is retried.
 */
public final class VoucherCompletion extends Handler<FeedEnvelope> {
  /**
   * The projection's name, under which its offsets are stored. Versions in which no voucher lapsed
   * used another one: under this name the journal is followed from its beginning, and the vouchers
   * of classes that closed before are settled too.
   */
  public static final String NAME = "voucher-outcomes";

  private final VoucherOutcomes outcomes;
  private final VoucherSettling settling;

  public VoucherCompletion(VoucherOutcomes outcomes, Vouchers vouchers, InstantSource clock) {
    this.outcomes = outcomes;
    this.settling = new VoucherSettling(vouchers, clock);
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
    return outcomes
        .of(classId, envelope.sequenceNr())
        .thenCompose(
            all -> {
              CompletionStage<Done> before = done;
              for (VoucherOutcomes.Outcome outcome : all) {
                before = before.thenCompose(unused -> settling.settle(classId, outcome));
              }
              return before;
            });
  }
}
