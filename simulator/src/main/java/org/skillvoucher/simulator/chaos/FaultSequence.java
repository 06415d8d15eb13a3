package org.skillvoucher.simulator.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One fault after the other, each made only when the one before has been got over. */
final class FaultSequence implements FaultInjection {
  private static final Logger LOG = LoggerFactory.getLogger(FaultSequence.class);

  /** Longer than any recovery may take: how late it came tells more than that it was too late. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(60);

  private final List<FaultPlan.PlannedFault> rounds;
  private final FaultInjector maker;
  private final FirstAcknowledgement firstAcknowledgement = new FirstAcknowledgement();
  private final List<FaultRecord> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Long> loadEnds = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("faults").unstarted(this::run);
  private volatile long startedNanos;
  private volatile boolean ended;

  /** Makes faults. A port, so that the order of things can be tried without any process. */
  interface FaultInjector {
    /** Makes it, and returns when it is over. */
    Injection make(FaultPlan.PlannedFault round) throws IOException, InterruptedException;

    /** Waits until those who were hit run again. */
    void settle() throws IOException, InterruptedException;
  }

  /**
   * When a fault was made, by System.nanoTime.
   *
   * @param sentAfter an acknowledgement of what was sent later tells that it has been got over
   * @param overAt from then on it could be got over
   */
  record Injection(long sentAfter, long overAt) {}

  FaultSequence(List<FaultPlan.PlannedFault> rounds, FaultInjector maker) {
    this.rounds = List.copyOf(rounds);
    this.maker = maker;
  }

  @Override
  public void start() {
    startedNanos = System.nanoTime();
    thread.start();
  }

  @Override
  public void acknowledged(long sentNanos) {
    firstAcknowledgement.acknowledged(sentNanos);
  }

  @Override
  public boolean done() {
    return ended;
  }

  @Override
  public List<FaultRecord> events() {
    return List.copyOf(events);
  }

  private void run() {
    try {
      for (FaultPlan.PlannedFault round : rounds) {
        if (closing.await(round.pause().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        FaultRecord struck = inject(round);
        events.add(struck);
        if (struck.recovered().isEmpty()) {
          return; // what is down cannot be struck down
        }
      }
    } catch (IOException | CannotConnect e) {
      LOG.error("no further faults: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
    }
  }

  private FaultRecord inject(FaultPlan.PlannedFault round)
      throws IOException, InterruptedException {
    Duration at = Duration.ofNanos(System.nanoTime() - startedNanos);
    Injection blow = maker.make(round);
    Optional<Duration> recovered =
        Optional.ofNullable(
                firstAcknowledgement
                    .sentAfter(blow.sentAfter())
                    .applyToEither(loadEnds, when -> when)
                    .completeOnTimeout(null, GIVEN_UP_AFTER.toSeconds(), TimeUnit.SECONDS)
                    .join())
            .map(when -> Duration.ofNanos(when - blow.overAt()));
    maker.settle();
    return new FaultRecord(round.fault(), at, round.held(), recovered);
  }

  @Override
  public void close() {
    closing.countDown();
    loadEnds.complete(null);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
