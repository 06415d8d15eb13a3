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

/** Injects one fault after the other, each only after the recovery from the one before. */
final class FaultSequence implements FaultInjection {
  private static final Logger LOG = LoggerFactory.getLogger(FaultSequence.class);

  /** Longer than any recovery may take, so that a late recovery is measured too. */
  private static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(60);

  private final List<FaultPlan.PlannedFault> planned;
  private final FaultInjector injector;
  private final FirstAcknowledgement firstAcknowledgement = new FirstAcknowledgement();
  private final List<FaultRecord> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<Long> loadEnds = new CompletableFuture<>();
  private final Thread thread = Thread.ofPlatform().daemon().name("faults").unstarted(this::run);
  private volatile long startedNanos;
  private volatile boolean ended;

  /** A port, so that the sequence can be tested without processes. */
  interface FaultInjector {
    /** Injects a fault, and returns at its end. */
    InjectedFault inject(FaultPlan.PlannedFault fault) throws IOException, InterruptedException;

    /** Waits until the processes that were hit run again. */
    void awaitRecovery() throws IOException, InterruptedException;
  }

  /**
   * A fault's times, by {@link System#nanoTime}.
   *
   * @param beganAtNanos an acknowledgement of a scan that was sent later proves the recovery
   * @param overAtNanos its end, from which the recovery time is measured
   */
  record InjectedFault(long beganAtNanos, long overAtNanos) {}

  FaultSequence(List<FaultPlan.PlannedFault> planned, FaultInjector injector) {
    this.planned = List.copyOf(planned);
    this.injector = injector;
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
  public boolean isDone() {
    return ended;
  }

  @Override
  public List<FaultRecord> events() {
    return List.copyOf(events);
  }

  private void run() {
    try {
      for (FaultPlan.PlannedFault fault : planned) {
        if (closing.await(fault.pause().toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        FaultRecord record = inject(fault);
        events.add(record);
        if (record.recovered().isEmpty()) {
          return; // a further fault would hit what is not running
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

  private FaultRecord inject(FaultPlan.PlannedFault fault)
      throws IOException, InterruptedException {
    Duration at = Duration.ofNanos(System.nanoTime() - startedNanos);
    InjectedFault injected = injector.inject(fault);
    Optional<Duration> recovered =
        Optional.ofNullable(
                firstAcknowledgement
                    .sentAfter(injected.beganAtNanos())
                    .applyToEither(loadEnds, nanos -> nanos)
                    .completeOnTimeout(null, RECOVERY_TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                    .join())
            .map(nanos -> Duration.ofNanos(nanos - injected.overAtNanos()));
    injector.awaitRecovery();
    return new FaultRecord(fault.fault(), at, fault.held(), recovered);
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
