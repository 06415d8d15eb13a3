package org.skillvoucher.simulator.chaos;

import java.util.concurrent.CompletableFuture;

/** Finds among all acknowledgements the first one of a scan sent after a given time. */
final class FirstAcknowledgement {
  private final long base = System.nanoTime();
  private volatile Awaited awaited = new Awaited(Long.MAX_VALUE, new CompletableFuture<>());

  private record Awaited(long sentAfter, CompletableFuture<Long> first) {}

  /** Completes with the time of the first acknowledgement of what was sent later than this. */
  CompletableFuture<Long> sentAfter(long nanos) {
    CompletableFuture<Long> first = new CompletableFuture<>();
    awaited = new Awaited(nanos - base, first);
    return first;
  }

  void acknowledged(long sentNanos) {
    Awaited current = awaited;
    if (sentNanos - base > current.sentAfter() && !current.first().isDone()) {
      current.first().complete(System.nanoTime());
    }
  }
}
