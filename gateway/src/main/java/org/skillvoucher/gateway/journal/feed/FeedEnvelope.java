package org.skillvoucher.gateway.journal.feed;

import org.skillvoucher.gateway.journal.event.EntityType;

/**
 * One event as the feed delivers it.
 *
 * @param offset {@code tx:ordering}: where the feed continues after it
 * @param persistenceId the entity, for example {@code class|C0123}
 * @param sequenceNr its number within the entity, from 1 without gaps
 * @param writtenAtMillis when it was written, by the machine's clock and not business time
 */
public record FeedEnvelope(
    String offset, String persistenceId, long sequenceNr, long writtenAtMillis, Object event) {
  /**
   * The entity's id.
   *
   * @throws IllegalStateException when the event is of an entity of another type
   */
  public String entityId(EntityType type) {
    return type.idOf(persistenceId);
  }
}
