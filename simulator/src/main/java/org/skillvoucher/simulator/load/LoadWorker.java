package org.skillvoucher.simulator.load;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.skillvoucher.simulator.device.Presented;

/**
 * One event loop's part of a load: its arrivals, the device sessions that take them, and the
 * connections these send over. All state is confined to the event loop's thread.
 */
final class LoadWorker implements KeepAliveConnection.Listener, DeviceSession.Host {
  private static final long TIMEOUT_CHECK_MILLIS = 250;

  private final EventLoop loop;
  private final RunContext context;
  private final List<KeepAliveConnection> connections = new ArrayList<>();
  private final Deque<KeepAliveConnection> idle = new ArrayDeque<>();

  /** Statements for which no connection is idle. */
  private final Deque<PendingStatement> queue = new ArrayDeque<>();

  private final SplittableRandom salts;
  private Assignment assignment = new Assignment(Collections.emptyIterator(), Map.of(), 1);
  private Optional<RoutedArrival> next = Optional.empty();
  private boolean stopped;

  private record RoutedArrival(Arrival arrival, DeviceSession session) {}

  /**
   * What one worker plays.
   *
   * @param arrivals of the whole load, of which it takes those at its own sessions
   * @param sessions by number: class number × {@code devicesOfClass} + place at the class
   * @param devicesOfClass how many devices each class has
   */
  record Assignment(
      Iterator<Arrival> arrivals, Map<Integer, DeviceSession> sessions, int devicesOfClass) {
    private Optional<RoutedArrival> next() {
      while (arrivals.hasNext()) {
        Arrival arrival = arrivals.next();
        DeviceSession session =
            sessions.get(
                arrival.classNumber() * devicesOfClass + arrival.person() % devicesOfClass);
        if (session != null) {
          return Optional.of(new RoutedArrival(arrival, session));
        }
      }
      return Optional.empty();
    }
  }

  LoadWorker(EventLoop loop, RunContext context, long seed) {
    this.loop = loop;
    this.context = context;
    salts = new SplittableRandom(seed);
  }

  /** Opens the connections and delivers each arrival at its scheduled time. */
  void start(URI api, int connectionCount, Assignment own) {
    loop.execute(
        () -> {
          assignment = own;
          next = assignment.next();
          for (int i = 0; i < connectionCount; i++) {
            KeepAliveConnection connection = new KeepAliveConnection(loop, api, this);
            connections.add(connection);
            connection.connect();
          }
          deliverDueArrivals();
          checkTimeouts();
        });
  }

  /** Open-loop: an arrival is delivered at its time, however many are not answered yet. */
  private void deliverDueArrivals() {
    while (next.isPresent() && !stopped) {
      RoutedArrival routed = next.get();
      long early = context.scheduledNanos(routed.arrival()) - System.nanoTime();
      if (early > 0) {
        var unused = loop.schedule(this::deliverDueArrivals, early, TimeUnit.NANOSECONDS);
        return;
      }
      next = assignment.next();
      context.counters().due(-early / 1_000);
      routed.session().arrive(routed.arrival());
    }
  }

  private void checkTimeouts() {
    long now = System.nanoTime();
    connections.forEach(connection -> connection.checkTimeout(now));
    after(TIMEOUT_CHECK_MILLIS, this::checkTimeouts);
  }

  @Override
  public RunContext context() {
    return context;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Presented.Salt salt() {
    return Presented.Salt.of(salts.nextLong(), salts.nextLong());
  }

  @Override
  public void after(long millis, Runnable task) {
    if (!loop.isShuttingDown()) {
      var unused = loop.schedule(task, millis, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void send(PendingStatement statement) {
    KeepAliveConnection connection = idle.pollFirst();
    if (connection == null) {
      queue.addLast(statement);
    } else {
      send(connection, statement);
    }
  }

  private void send(KeepAliveConnection connection, PendingStatement statement) {
    context.history().put(statement.invokeEntry(context.micros(System.nanoTime())));
    connection.send(statement);
  }

  @Override
  public void connectionIdle(KeepAliveConnection connection) {
    PendingStatement statement = queue.pollFirst();
    if (statement == null) {
      idle.addFirst(connection);
    } else {
      send(connection, statement);
    }
  }

  /** Invariant: a connection is in {@code idle} at most once, or it would carry two statements. */
  @Override
  public void connectionLost(KeepAliveConnection connection) {
    idle.remove(connection);
  }

  @Override
  public void replied(PendingStatement statement, StatementReply reply) {
    statement.session().replied(statement, reply);
  }

  @Override
  public void recordOutcome(
      PendingStatement statement, StatementReply reply, StatementOutcome outcome) {
    context
        .history()
        .put(statement.outcomeEntry(context.micros(System.nanoTime()), reply, outcome));
    if (outcome == StatementOutcome.ACCEPTED || outcome == StatementOutcome.REPLAYED) {
      context.acknowledgements().acknowledged(statement.sentNanos());
    }
  }

  void stopArrivals() {
    loop.execute(() -> stopped = true);
  }

  void dropQueues() {
    loop.execute(() -> assignment.sessions().values().forEach(DeviceSession::dropQueue));
  }

  /** Whether every arrival was answered or dropped. May be called by any thread. */
  boolean isIdle() {
    return loop.submit(
            () ->
                (stopped || next.isEmpty())
                    && assignment.sessions().values().stream().allMatch(DeviceSession::isIdle))
        .syncUninterruptibly()
        .getNow();
  }

  void close() {
    loop.execute(() -> connections.forEach(KeepAliveConnection::close));
  }
}
