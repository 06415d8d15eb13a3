package org.skillvoucher.gateway.bench;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A closed-loop load: a fixed number of callers, each of which asks again as soon as it is
 * answered.
 */
final class ClosedLoop {
  private final IntFunction<Optional<CompletionStage<?>>> ask;
  private final AtomicLong answered = new AtomicLong();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final CountDownLatch busy;

  private ClosedLoop(int callers, IntFunction<Optional<CompletionStage<?>>> ask) {
    this.ask = ask;
    this.busy = new CountDownLatch(callers);
  }

  /**
   * Asks for the given time, and waits for the last answers.
   *
   * @param ask one request of a caller, 0 to callers - 1
   * @return number of answers
   * @throws IllegalStateException when one failed, because the measurement is then void
   */
  static long during(Duration time, int callers, IntFunction<CompletionStage<?>> ask)
      throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    return run(
        callers,
        caller -> System.nanoTime() < deadline ? Optional.of(ask.apply(caller)) : Optional.empty());
  }

  /** Asks once about each, with bounded concurrency. */
  static <T> long each(List<T> items, int callers, Function<T, CompletionStage<?>> ask)
      throws InterruptedException {
    Queue<T> left = new ConcurrentLinkedQueue<>(items);
    return run(callers, caller -> Optional.ofNullable(left.poll()).map(ask));
  }

  private static long run(int callers, IntFunction<Optional<CompletionStage<?>>> ask)
      throws InterruptedException {
    var asks = new ClosedLoop(callers, ask);
    IntStream.range(0, callers).forEach(asks::next);
    asks.busy.await();
    if (!asks.failures.isEmpty()) {
      throw new IllegalStateException(
          asks.failures.size() + " requests failed, the first so", asks.failures.peek());
    }
    return asks.answered.get();
  }

  private void next(int caller) {
    ask.apply(caller)
        .ifPresentOrElse(
            stage -> stage.whenComplete((answer, failure) -> answered(caller, failure)),
            busy::countDown);
  }

  private void answered(int caller, @Nullable Throwable failure) {
    if (failure == null) {
      answered.incrementAndGet();
      next(caller);
    } else {
      failures.add(failure);
      busy.countDown();
    }
  }
}
