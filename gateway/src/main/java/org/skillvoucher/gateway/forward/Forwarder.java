package org.skillvoucher.gateway.forward;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ShardedDaemonProcess;

/**
 * Sends evidence downstream: one worker in the cluster. Should two overlap while it moves to
 * another node, the leases of the outbox keep them apart.
 */
public final class Forwarder {
  private static final Duration SAMPLE_EVERY = Duration.ofSeconds(2);

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final ForwardSettings settings;
  private final Downstream downstream;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Outbox outbox;
  private final ForwardMeters meters;
  private final DeliveryRound round;
  private long sampledAt;

  private Forwarder(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      DataSource pool,
      ForwardSettings settings,
      String issuer) {
    this.context = context;
    this.timers = timers;
    this.settings = settings;
    downstream = new Downstream(settings, issuer, InstantSource.system());
    outbox = new Outbox(pool);
    meters = ForwardMeters.of(context.getSystem());
    round = new DeliveryRound(outbox, downstream, settings, meters, threads);
  }

  sealed interface Command {
    /** Poll the outbox. */
    record Poll() implements Command {}

    /** A round ended. */
    record RoundCompleted(int sent) implements Command {}

    /** A round failed, for example because the database was not reachable. */
    record RoundFailed(Throwable cause) implements Command {}

    record Stop() implements Command {}
  }

  /**
   * Starts the worker.
   *
   * @param pool a pool with a few free connections: each attempt takes one for a moment when it
   *     ends
   * @param issuer the issuer of the evidence: the CloudEvents' source
   */
  public static void init(
      ActorSystem<?> system, DataSource pool, ForwardSettings settings, String issuer) {
    ShardedDaemonProcess.get(system)
        .init(
            Command.class,
            "forwarder",
            1,
            worker -> worker(pool, settings, issuer),
            new Command.Stop());
  }

  static Behavior<Command> worker(DataSource pool, ForwardSettings settings, String issuer) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Forwarder(context, timers, pool, settings, issuer).looking()));
  }

  private Behavior<Command> looking() {
    context.getSelf().tell(new Command.Poll());
    return Behaviors.receive(Command.class)
        .onMessage(Command.class, this::on)
        .onSignal(PostStop.class, signal -> stopped())
        .build();
  }

  private Behavior<Command> on(Command command) {
    return switch (command) {
      case Command.Poll look -> {
        context.pipeToSelf(
            CompletableFuture.supplyAsync(this::runRound, threads),
            (sent, failure) ->
                failure == null
                    ? new Command.RoundCompleted(sent)
                    : new Command.RoundFailed(failure));
        yield Behaviors.same();
      }
      case Command.RoundCompleted(var sent) ->
          lookAgain(sent == settings.batchMax() ? Duration.ZERO : settings.pollInterval());
      case Command.RoundFailed(var cause) -> {
        context.getLog().warn("forwarding failed, trying again", cause);
        yield lookAgain(settings.pollInterval().plus(settings.schedule().backoffMin()));
      }
      case Command.Stop stop -> Behaviors.stopped();
    };
  }

  private int runRound() {
    try {
      sample();
      return round.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One round runs at a time, so that one thread is here. */
  private void sample() throws java.sql.SQLException {
    long now = System.nanoTime();
    if (sampledAt == 0 || now - sampledAt > SAMPLE_EVERY.toNanos()) {
      meters.sampled(outbox.standing());
      sampledAt = now;
    }
  }

  private Behavior<Command> lookAgain(Duration pause) {
    timers.startSingleTimer(new Command.Poll(), pause);
    return Behaviors.same();
  }

  private Behavior<Command> stopped() {
    threads.shutdownNow();
    downstream.close();
    return Behaviors.same();
  }
}
