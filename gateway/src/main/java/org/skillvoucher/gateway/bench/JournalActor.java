package org.skillvoucher.gateway.bench;

import java.util.List;
import java.util.Set;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** Persists what it is sent and acknowledges it, to measure the journal alone. */
final class JournalActor
    extends EventSourcedBehavior<JournalActor.Keep, ClassEvent, Versioned<ClassState>> {

  private final Set<String> tags;
  private final int snapshotEvery;

  /** Events to persist in one write. */
  record Keep(List<ClassEvent> events, ActorRef<Done> replyTo) {}

  private JournalActor(String persistenceId, Set<String> tags, int snapshotEvery) {
    super(PersistenceId.ofUniqueId(persistenceId));
    this.tags = tags;
    this.snapshotEvery = snapshotEvery;
  }

  /** An actor without a state, which accepts any event. */
  static JournalActor writer(String persistenceId, Set<String> tags) {
    return new JournalActor(persistenceId, tags, 0);
  }

  /** An actor with a class's state and snapshots of it. */
  static JournalActor trainingClass(String persistenceId, int snapshotEvery) {
    return new JournalActor(persistenceId, Set.of(), snapshotEvery);
  }

  @Override
  public Versioned<ClassState> emptyState() {
    return new Versioned<>(0, ClassState.initial());
  }

  @Override
  public CommandHandler<Keep, ClassEvent, Versioned<ClassState>> commandHandler() {
    return (kept, keep) ->
        Effect().persist(keep.events()).thenReply(keep.replyTo(), next -> Done.getInstance());
  }

  @Override
  public EventHandler<Versioned<ClassState>, ClassEvent> eventHandler() {
    return (kept, event) ->
        kept.next(
            snapshotEvery == 0
                ? kept.state()
                : ClassEvolution.evolve(kept.state(), event, kept.revision() + 1));
  }

  @Override
  public Set<String> tagsFor(ClassEvent event) {
    return tags;
  }

  @Override
  public boolean shouldSnapshot(Versioned<ClassState> kept, ClassEvent event, long sequenceNumber) {
    return snapshotEvery != 0 && sequenceNumber % snapshotEvery == 0;
  }
}
