package org.skillvoucher.gateway.projection;

import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** Rows of earlier events are missing: tables and journal contradict one another. */
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
