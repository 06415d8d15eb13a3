package org.skillvoucher.gateway.journal.feed;

/**
 * One event as the feed delivers it.
 *
 * @param offset {@code tx:ordering}: where the feed goes on after it
 * @param persistenceId whose event it is, such as {@code class|C0123}
 * @param sequenceNr its number within that entity, from 1 without a gap
 * @param writtenAtMillis the journal's time of the write, which is the machine's and not the
 *     business's
 */
public record FeedEnvelope(
    String offset, String persistenceId, long sequenceNr, long writtenAtMillis, Object event) {}
