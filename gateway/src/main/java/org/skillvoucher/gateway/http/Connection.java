package org.skillvoucher.gateway.http;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One connection as {@link Connections} sees it. {@link ConnectionGuard}, which handles its bytes,
 * says what it waits for.
 */
final class Connection {
  private final InetAddress peer;
  private volatile Wait wait = new Wait(For.HEAD, System.nanoTime());
  private volatile Closing closing = (reason, seen) -> {};
  private volatile boolean leaving;

  /** What a connection waits for. */
  enum For {
    /** The rest of a request's head, or the first request. */
    HEAD,
    /** The next request. */
    REQUEST,
    /** The rest of a request that is passed on once it is complete. */
    SHORT_BODY,
    /** More of a body. */
    BODY,
    /** The rest of a body whose request is answered. */
    UNREAD_BODY,
    /** The gateway's own work. */
    ANSWER,
    /** The client, to read an answer. */
    READER,
    /** The client, to close. */
    CLOSE;

    /** Whether its time begins again with each progress. */
    boolean isRenewed() {
      return this == SHORT_BODY || this == BODY || this == READER;
    }
  }

  /** Why the gateway closes a connection. */
  enum Reason {
    HEAD_TIMEOUT,
    BODY_STALLED,
    ANSWER_UNREAD,
    IDLE,
    /** To make room for another. */
    EVICTED,
    FRAMING,
    STOPPED
  }

  /** A wait with its beginning. */
  record Wait(For what, long sinceNanos) {}

  /** Closes the connection unless its wait has ended meanwhile. */
  @FunctionalInterface
  interface Closing {
    void close(Reason reason, Wait seen);
  }

  Connection(InetAddress peer) {
    this.peer = peer;
  }

  InetAddress peer() {
    return peer;
  }

  Wait waiting() {
    return wait;
  }

  void waitsFor(For what) {
    wait = new Wait(what, System.nanoTime());
  }

  void opened(Closing how) {
    closing = how;
  }

  /** Whether it was asked to close to make room. */
  boolean isLeaving() {
    return leaving;
  }

  void stays() {
    leaving = false;
  }

  /** Whether closing it breaks off no request that the HTTP layer has begun. */
  boolean isEvictable() {
    return !leaving && (wait.what() == For.SHORT_BODY || hasNoRequest());
  }

  /** Whether it is between requests. */
  boolean hasNoRequest() {
    return switch (wait.what()) {
      case HEAD, REQUEST, UNREAD_BODY, CLOSE -> true;
      case SHORT_BODY, BODY, ANSWER, READER -> false;
    };
  }

  void evict(Reason reason) {
    leaving = true;
    closing.close(reason, wait);
  }

  void abort() {
    closing.close(Reason.STOPPED, wait);
  }

  void closeIfOverdue(ConnectionSettings settings, long nowNanos) {
    Wait now = wait;
    long waitedNanos = nowNanos - now.sinceNanos();
    limit(now.what(), settings)
        .filter(limit -> waitedNanos > limit.toNanos())
        .ifPresent(limit -> closing.close(reason(now.what()), now));
  }

  private static Optional<Duration> limit(For what, ConnectionSettings settings) {
    return switch (what) {
      case HEAD -> Optional.of(settings.headTimeout());
      case REQUEST -> Optional.of(settings.idleTimeout());
      case SHORT_BODY, BODY, UNREAD_BODY -> Optional.of(settings.bodyStallTimeout());
      case READER -> Optional.of(settings.answerStallTimeout());
      case CLOSE -> Optional.of(Duration.ofSeconds(1));
      case ANSWER -> Optional.empty();
    };
  }

  private static Reason reason(For what) {
    return switch (what) {
      case HEAD -> Reason.HEAD_TIMEOUT;
      case SHORT_BODY, BODY, UNREAD_BODY -> Reason.BODY_STALLED;
      case READER -> Reason.ANSWER_UNREAD;
      case REQUEST, ANSWER, CLOSE -> Reason.IDLE;
    };
  }
}
