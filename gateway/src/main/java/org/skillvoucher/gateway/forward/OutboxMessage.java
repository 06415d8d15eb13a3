package org.skillvoucher.gateway.forward;

/**
 * Evidence claimed for one attempt.
 *
 * @param closedAt when its class was closed, ISO 8601
 * @param content canonical JSON
 * @param attempts begun so far, this one counted
 * @param claim the number of this attempt, unique for the evidence
 */
record OutboxMessage(
    String evidenceId,
    String closedAt,
    String content,
    String contentHash,
    int attempts,
    long claim) {}
