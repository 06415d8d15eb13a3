package org.skillvoucher.gateway.projection;

import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** The tables lack what came before an event: they and the journal contradict one another. */
final class ProjectionContradiction extends IllegalStateException {
  ProjectionContradiction(FeedEnvelope envelope) {
    super(
        "the read models do not fit %s event %d, %s"
            .formatted(
                envelope.persistenceId(),
                envelope.sequenceNr(),
                envelope.event().getClass().getSimpleName()));
  }
}
