package org.skillvoucher.simulator.chaos;

import java.util.concurrent.CompletableFuture;

/** Hears of all acknowledgements, and tells of the first one of something sent after a moment. */
final class FirstAcknowledgement {
  private final long base = System.nanoTime();
  private volatile Awaited awaited = new Awaited(Long.MAX_VALUE, new CompletableFuture<>());

  private record Awaited(long sentAfter, CompletableFuture<Long> first) {}

  /** When it comes (System.nanoTime), that of what was sent later than this. */
  CompletableFuture<Long> sentAfter(long nanos) {
    CompletableFuture<Long> first = new CompletableFuture<>();
    awaited = new Awaited(nanos - base, first);
    return first;
  }

  void acknowledged(long sentNanos) {
    Awaited now = awaited;
    if (sentNanos - base > now.sentAfter() && !now.first().isDone()) {
      now.first().complete(System.nanoTime());
    }
  }
}
