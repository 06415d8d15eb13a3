package org.skillvoucher.gateway.security;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/**
 * Records which request an idempotency key was used for and its answer, so that a retry gets the
 * same bytes whatever has changed since. For unsafe requests other than scans, whose class records
 * their keys itself.
 */
public interface IdempotentCalls {
  /**
   * Claims a key for a request, and so the right to carry it out. Durable before the stage
   * completes. The claim lasts as long as a caller waits for an answer, or until it is released.
   *
   * @param tokenId the caller; two callers may use the same key
   * @param request the bytes that identify the request; only their keyed hash is stored
   * @param kept how long the key and its answer are kept
   * @return the use of the key; the stage fails when it is unknown
   */
  CompletionStage<KeyClaim> claim(String tokenId, String key, byte[] request, Kept kept);

  /** What a key belongs to, which determines how long it is kept; see {@link KeySettings}. */
  enum Kept {
    /** A class: as long as its receipts are asked for. */
    WITH_CLASS,
    /** Anything else. */
    SHORTLY
  }

  /** Gives a claim up when the work has failed or was refused, so that the next call may run. */
  CompletionStage<Done> release(String tokenId, String key);

  /**
   * Stores the answer under a claimed key, unless one is stored already or the key was purged
   * meanwhile.
   *
   * @return the stored answer, which the caller gets
   */
  CompletionStage<StoredAnswer> store(String tokenId, String key, StoredAnswer answer);

  /** The use of a key. */
  sealed interface KeyClaim {
    /**
     * By this call. The request runs, perhaps again after a crash; the entities make a repetition
     * harmless.
     */
    record Claimed() implements KeyClaim {}

    /** By another call of this very request, which is at work: its answer is to be waited for. */
    record AtWork() implements KeyClaim {}

    /** By this very request, which was answered. */
    record Answered(StoredAnswer answer) implements KeyClaim {}

    /** By another request: 422 idempotency_key_reused. */
    record Other() implements KeyClaim {}
  }

  /**
   * A successful answer; refusals are not stored, but decided again.
   *
   * @param location the header of that name; empty without one
   * @param body text, usually JSON
   */
  record StoredAnswer(int status, String mediaType, String location, String body) {}
}
