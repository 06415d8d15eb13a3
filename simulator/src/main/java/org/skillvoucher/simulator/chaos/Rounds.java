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
final class Rounds implements Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /** Longer than any recovery may take: how late it came tells more than that it was too late. */
  private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(60);

  private final List<FaultPlan.Round> rounds;
  private final Maker maker;
  private final FirstAcknowledgement firstAcknowledgement = new FirstAcknowledgement();
  private final List<Struck> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Long> loadEnds = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("faults").unstarted(this::run);
  private volatile long startedNanos;
  private volatile boolean ended;

  /** Makes faults. A port, so that the order of things can be tried without any process. */
  interface Maker {
    /** Makes it, and returns when it is over. */
    Blow make(FaultPlan.Round round) throws IOException, InterruptedException;

    /** Waits until those who were hit run again. */
    void settle() throws IOException, InterruptedException;
  }

  /**
   * When a fault was made, by System.nanoTime.
   *
   * @param sentAfter an acknowledgement of what was sent later tells that it has been got over
   * @param overAt from then on it could be got over
   */
  record Blow(long sentAfter, long overAt) {}

  Rounds(List<FaultPlan.Round> rounds, Maker maker) {
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
  public List<Struck> events() {
    return List.copyOf(events);
  }

  private void run() {
    try {
      for (FaultPlan.Round round : rounds) {
        if (closing.await(round.pause().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        Struck struck = strike(round);
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

  private Struck strike(FaultPlan.Round round) throws IOException, InterruptedException {
    Duration at = Duration.ofNanos(System.nanoTime() - startedNanos);
    Blow blow = maker.make(round);
    Optional<Duration> recovered =
        Optional.ofNullable(
                firstAcknowledgement
                    .sentAfter(blow.sentAfter())
                    .applyToEither(loadEnds, when -> when)
                    .completeOnTimeout(null, GIVEN_UP_AFTER.toSeconds(), TimeUnit.SECONDS)
                    .join())
            .map(when -> Duration.ofNanos(when - blow.overAt()));
    maker.settle();
    return new Struck(round.fault(), at, round.held(), recovered);
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
