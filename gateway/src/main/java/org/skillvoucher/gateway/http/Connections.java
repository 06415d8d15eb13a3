package org.skillvoucher.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ClassicActorSystemProvider;

/**
 * The open connections of a port. Closes those that make no progress, and when a limit is reached
 * the one that has waited longest without a complete request, so that clients which send nothing
 * cannot keep others out.
 */
public final class Connections {
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(100);

  private final ConnectionSettings settings;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Done> ended = new CompletableFuture<>();
  private final Map<Connection.Reason, Counter> closed = new EnumMap<>(Connection.Reason.class);
  private final Counter refused;
  private volatile boolean stopping;

  /**
   * No connection yet.
   *
   * @param port the prefix of the meters' names
   */
  public Connections(String port, ConnectionSettings settings, MeterRegistry meters) {
    this.settings = settings;
    Gauge.builder(port + ".connections.open", open, Set::size)
        .description("Open connections")
        .register(meters);
    this.refused =
        Counter.builder(port + ".connections.refused")
            .description("Connections closed at once, because a limit was reached")
            .register(meters);
    for (Connection.Reason reason : Connection.Reason.values()) {
      closed.put(
          reason,
          Counter.builder(port + ".connections.closed")
              .description("Connections closed by the gateway")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(meters));
    }
  }

  /** Whether one more connection would be taken. */
  public boolean hasRoom() {
    return open.size() < settings.connectionsMax()
        || open.stream().anyMatch(held -> held.isLeaving() || held.isEvictable());
  }

  /** Takes a connection, closing another one where a limit is reached; empty if none can go. */
  Optional<Connection> open(InetAddress peer) {
    boolean taken =
        !stopping
            && makeRoom(settings.peerConnectionsMax(), held -> held.peer().equals(peer))
            && makeRoom(settings.connectionsMax(), held -> true);
    if (!taken) {
      refused.increment();
      return Optional.empty();
    }
    Connection connection = new Connection(peer);
    open.add(connection);
    return Optional.of(connection);
  }

  private boolean makeRoom(int max, Predicate<Connection> counted) {
    if (open.size() < max) {
      return true;
    }
    long staying = open.stream().filter(counted).filter(held -> !held.isLeaving()).count();
    if (staying < max) {
      return true;
    }
    Optional<Connection> longestWaiting =
        open.stream()
            .filter(counted)
            .filter(Connection::isEvictable)
            .min(Comparator.comparingLong(held -> held.waiting().sinceNanos()));
    longestWaiting.ifPresent(held -> held.evict(Connection.Reason.EVICTED));
    return longestWaiting.isPresent();
  }

  void closing(Connection.Reason reason) {
    Objects.requireNonNull(closed.get(reason)).increment();
  }

  void closed(Connection connection) {
    open.remove(connection);
    endIfEmpty();
  }

  private void endIfEmpty() {
    if (stopping && open.isEmpty()) {
      ended.complete(Done.getInstance());
    }
  }

  Cancellable sweepEvery(ClassicActorSystemProvider system) {
    return system
        .classicSystem()
        .scheduler()
        .scheduleWithFixedDelay(
            SWEEP_INTERVAL, SWEEP_INTERVAL, this::sweep, system.classicSystem().dispatcher());
  }

  private void sweep() {
    long nowNanos = System.nanoTime();
    for (Connection connection : open) {
      if (stopping && !connection.isLeaving() && connection.hasNoRequest()) {
        connection.evict(Connection.Reason.STOPPED);
      } else {
        connection.closeIfOverdue(settings, nowNanos);
      }
    }
  }

  /** Closes each connection once it has no request in flight. */
  CompletionStage<Done> end() {
    stopping = true;
    sweep();
    endIfEmpty();
    return ended;
  }

  void abortAll() {
    open.forEach(Connection::abort);
  }
}
