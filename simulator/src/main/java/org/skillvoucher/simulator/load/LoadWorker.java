package org.skillvoucher.simulator.load;

import io.netty.channel.EventLoop;
import java.net.URI;
import java.time.Duration;
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
import org.skillvoucher.simulator.history.Entry;

/**
 * One thread's share of a load: its arrivals, the devices they come to, and the connections over
 * which these send. Everything in it belongs to that thread.
 */
final class LoadWorker implements KeepAliveConnection.Listener {
  private static final long CHECK_MILLIS = 250;

  private final EventLoop loop;
  private final Course course;
  private final List<KeepAliveConnection> wires = new ArrayList<>();
  private final Deque<KeepAliveConnection> free = new ArrayDeque<>();
  private final Deque<PendingStatement> waiting = new ArrayDeque<>();
  private final SplittableRandom salts;
  private Share share = new Share(Collections.emptyIterator(), Map.of(), 1);
  private Optional<Arrival> next = Optional.empty();
  private boolean stopped;

  /** A tap at its device. */
  private record Arrival(Tap tap, DeviceSession chain) {}

  /**
   * What one lane plays.
   *
   * @param taps everybody's, of which it takes those at its own devices
   * @param chains these, by their numbers
   * @param devicesOfClass at the door of each class
   */
  record Share(Iterator<Tap> taps, Map<Integer, DeviceSession> chains, int devicesOfClass) {
    private Optional<Arrival> next() {
      while (taps.hasNext()) {
        Tap tap = taps.next();
        DeviceSession chain =
            chains.get(tap.classNumber() * devicesOfClass + tap.person() % devicesOfClass);
        if (chain != null) {
          return Optional.of(new Arrival(tap, chain));
        }
      }
      return Optional.empty();
    }
  }

  /**
   * What all lanes share.
   *
   * @param patience people wait so long before the device takes their card
   */
  record Course(
      BusinessTime time,
      LoadCounters tally,
      Duration patience,
      History history,
      Acknowledged acknowledged) {}

  /** Where what was sent and heard is kept. */
  interface History {
    void put(Entry entry);
  }

  /** Hears of every acknowledgement. */
  interface Acknowledged {
    /**
     * An attempt was acknowledged.
     *
     * @param sentNanos when it left, of {@link System#nanoTime}
     */
    void at(long sentNanos);
  }

  LoadWorker(EventLoop loop, Course course, long seed) {
    this.loop = loop;
    this.course = course;
    salts = new SplittableRandom(seed);
  }

  /** Begins: connections first, arrivals when their time comes. */
  void begin(URI api, int connections, Share whoComes) {
    loop.execute(
        () -> {
          share = whoComes;
          next = share.next();
          for (int i = 0; i < connections; i++) {
            KeepAliveConnection wire = new KeepAliveConnection(loop, api, this);
            wires.add(wire);
            wire.connect();
          }
          arrive();
          check();
        });
  }

  private void arrive() {
    while (next.isPresent() && !stopped) {
      Arrival arrival = next.get();
      long early = intendedNanos(arrival.tap()) - System.nanoTime();
      if (early > 0) {
        var unused = loop.schedule(this::arrive, early, TimeUnit.NANOSECONDS);
        return;
      }
      next = share.next();
      course.tally().due(-early / 1_000);
      arrival.chain().arrive(arrival.tap());
    }
  }

  private void check() {
    long now = System.nanoTime();
    wires.forEach(wire -> wire.checkTime(now));
    after(CHECK_MILLIS, this::check);
  }

  BusinessTime time() {
    return course.time();
  }

  LoadCounters tally() {
    return course.tally();
  }

  Duration patience() {
    return course.patience();
  }

  Presented.Salt salt() {
    return Presented.Salt.of(salts.nextLong(), salts.nextLong());
  }

  long intendedNanos(Tap tap) {
    return course.time().startNanos() + tap.micros() * 1_000;
  }

  /** Microseconds since the load's beginning. */
  long micros(long nanos) {
    return Math.max(0, (nanos - course.time().startNanos()) / 1_000);
  }

  void after(long millis, Runnable what) {
    if (!loop.isShuttingDown()) {
      var unused = loop.schedule(what, millis, TimeUnit.MILLISECONDS);
    }
  }

  void send(PendingStatement errand) {
    KeepAliveConnection wire = free.pollFirst();
    if (wire == null) {
      waiting.addLast(errand);
    } else {
      send(wire, errand);
    }
  }

  private void send(KeepAliveConnection wire, PendingStatement errand) {
    course.history().put(errand.invokedAt(micros(System.nanoTime())));
    wire.send(errand);
  }

  @Override
  public void isFree(KeepAliveConnection wire) {
    PendingStatement errand = waiting.pollFirst();
    if (errand == null) {
      free.addFirst(wire);
    } else {
      send(wire, errand);
    }
  }

  /** Left among the free ones it would stand there twice once it is back, and bear two errands. */
  @Override
  public void isGone(KeepAliveConnection wire) {
    free.remove(wire);
  }

  @Override
  public void answered(PendingStatement errand, StatementReply reply) {
    errand.chain().answered(errand, reply);
  }

  /** Keeps what an attempt came to. */
  void note(PendingStatement errand, StatementReply reply, StatementOutcome verdict) {
    course.history().put(errand.answered(micros(System.nanoTime()), reply, verdict));
    if (verdict == StatementOutcome.ACCEPTED || verdict == StatementOutcome.REPEATED_OWN) {
      course.acknowledged().at(errand.sentNanos());
    }
  }

  void stopArrivals() {
    loop.execute(() -> stopped = true);
  }

  void closeDoors() {
    loop.execute(() -> share.chains().values().forEach(DeviceSession::giveUpQueue));
  }

  /** Whether everybody who came was served; asked from any thread. */
  boolean isIdle() {
    return loop.submit(
            () ->
                (stopped || next.isEmpty())
                    && share.chains().values().stream().allMatch(DeviceSession::isIdle))
        .syncUninterruptibly()
        .getNow();
  }

  void close() {
    loop.execute(() -> wires.forEach(KeepAliveConnection::close));
  }
}
