package org.skillvoucher.gateway.security;

import java.util.concurrent.CompletionStage;

/**
 * Remembers which request an idempotency key was used for, and what was answered, so that a retry
 * gets the same bytes however much has happened since. For unsafe calls other than scans, which
 * their class answers for itself.
 */
public interface IdempotentCalls {
  /**
   * Takes a key for a request. Durable before it answers.
   *
   * @param tokenId whose key; two callers may use the same one
   * @param request what tells this request from another; kept only as a keyed hash
   * @return what the key was used for; a stage that fails when that cannot be known
   */
  CompletionStage<Claim> claim(String tokenId, String key, byte[] request);

  /**
   * Keeps what was answered under a claimed key, unless another answer stands there already.
   *
   * @return the answer that stands, which the caller gets
   */
  CompletionStage<Answer> store(String tokenId, String key, Answer answer);

  /** What a key was used for. */
  sealed interface Claim {
    /**
     * By this very request, or by none. No answer is known: it is carried out, again if need be,
     * and the entities make the repetition harmless.
     */
    record Unanswered() implements Claim {}

    /** By this very request, which was answered. */
    record Answered(Answer answer) implements Claim {}

    /** By another request: 422 idempotency_key_reused. */
    record Other() implements Claim {}
  }

  /**
   * A successful answer; refusals are not kept, but decided afresh.
   *
   * @param location the header of that name; empty without one
   * @param body text, such as JSON
   */
  record Answer(int status, String mediaType, String location, String body) {}
}
