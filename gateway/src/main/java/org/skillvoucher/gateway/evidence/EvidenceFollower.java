package org.skillvoucher.gateway.evidence;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.projection.Projection;
import org.apache.pekko.projection.javadsl.Handler;
import org.apache.pekko.projection.jdbc.JdbcSession;
import org.apache.pekko.projection.jdbc.javadsl.JdbcProjection;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.journal.feed.SliceProjections;

/**
 * Writes the evidence of each closed class, as a follower beside the read models whose tables it
 * reads. It waits until they have applied the closing event; they apply the events of a slice in
 * the same order, so no later class of the slice could have its evidence earlier. Delivery is at
 * least once and a row that exists stays as it is, so each evidence is written exactly once.
 */
public final class EvidenceFollower extends Handler<FeedEnvelope> {
  /** The projection's name, under which its offsets are stored. */
  public static final String NAME = "evidence";

  private final LaggingReads reads;
  private final ClassEvidence evidence;

  /**
   * A follower, for all slices.
   *
   * @param digest SM3, by which evidence is identified
   */
  public EvidenceFollower(
      ActorSystem<?> system, Transactions transactions, UnaryOperator<byte[]> digest) {
    reads = new LaggingReads(system, transactions);
    evidence = new ClassEvidence(digest);
  }

  /** Starts one projection for each slice of the journal. */
  public static <S extends JdbcSession> void init(
      ActorSystem<?> system, Feed feed, Supplier<S> sessions, EvidenceFollower follower) {
    SliceProjections.start(
        system, feed, NAME, slice -> projection(system, feed, slice, sessions, follower));
  }

  static <S extends JdbcSession> Projection<FeedEnvelope> projection(
      ActorSystem<?> system,
      Feed feed,
      int slice,
      Supplier<S> sessions,
      EvidenceFollower follower) {
    return JdbcProjection.atLeastOnceAsync(
        feed.projectionId(NAME, slice),
        feed.source(slice, Set.of(ClassEvent.Closed.class)),
        sessions,
        () -> follower,
        system);
  }

  @Override
  public CompletionStage<Done> process(FeedEnvelope envelope) {
    if (!(envelope.event() instanceof ClassEvent.Closed closed)) {
      return CompletableFuture.completedStage(Done.getInstance()); // a heartbeat
    }
    ClassId classId = new ClassId(envelope.entityId(EntityType.CLASS));
    return reads.await(
        connection ->
            evidence.write(connection, classId, envelope.sequenceNr(), closed)
                ? Optional.of(Done.getInstance())
                : Optional.empty(),
        "the read models lag behind the end of class " + classId);
  }
}
