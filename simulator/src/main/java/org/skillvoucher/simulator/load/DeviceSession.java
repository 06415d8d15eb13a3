package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.report.RetryAfterStats;

/**
 * A device at the door of a class. Only an answered statement uses up the device's counter, so one
 * is on its way at a time, and people queue; their delay counts from when they came all the same.
 * For one thread.
 */
final class DeviceSession {
  /** Nearer than this to how far a clock may be off, and a statement is sent as an offline one. */
  private static final Duration NEAR_MAX = Duration.ofSeconds(100);

  private static final Duration AHEAD_MAX = Duration.ofSeconds(60);
  private static final long PAUSE_FIRST_MILLIS = 100;
  private static final long PAUSE_MAX_MILLIS = 2_000;

  private final int number;
  private final Classroom played;
  private final Device device;
  private final String token;
  private final LoadWorker worker;
  private final Deque<Tap> queue = new ArrayDeque<>();

  /**
   * Who went home from the door or was turned away, by their seats: nobody comes out of a lesson
   * without having been in.
   */
  private final BitSet gone = new BitSet();

  private boolean busy;
  private boolean stuck;
  private boolean again;
  private long lastTapMillis;

  /**
   * The class at whose door it is.
   *
   * @param tapMillisMin so far apart must two taps be
   */
  record Classroom(String id, People people, long tapMillisMin) {}

  /** Who comes. */
  interface People {
    /** What that tap's person holds to the device, and in which lesson. */
    Device.Tap tap(Tap tap, Instant at, Presented.Salt salt);
  }

  DeviceSession(int number, Classroom played, Device device, String token, LoadWorker lane) {
    this.number = number;
    this.played = played;
    this.device = device;
    this.token = token;
    this.worker = lane;
  }

  String token() {
    return token;
  }

  /** Somebody comes. */
  void arrive(Tap tap) {
    if (stuck) {
      worker.tally().dropped();
      return;
    }
    queue.addLast(tap);
    next();
  }

  boolean isIdle() {
    return !busy && queue.isEmpty();
  }

  /** Nobody is taken any more; who waits has waited in vain. */
  void giveUpQueue() {
    while (!queue.isEmpty()) {
      drop(queue.removeFirst());
    }
  }

  private static int seat(Tap tap) {
    return tap.lesson() * LoadFile.PEOPLE_MAX + tap.person();
  }

  private void drop(Tap tap) {
    worker.tally().dropped();
    isNotIn(tap);
  }

  private void isNotIn(Tap tap) {
    if (tap.act() == Act.IN && !tap.again()) {
      gone.set(seat(tap));
    }
  }

  private void next() {
    while (!busy && !queue.isEmpty()) {
      Tap tap = queue.getFirst();
      long now = System.nanoTime();
      boolean wasNotIn = tap.act() == Act.OUT && gone.get(seat(tap));
      if (wasNotIn || now - worker.intendedNanos(tap) > worker.patience().toNanos()) {
        drop(queue.removeFirst());
        continue;
      }
      long businessMillis = worker.time().at(now).toEpochMilli();
      long tapMillis = Math.max(businessMillis, lastTapMillis + played.tapMillisMin());
      long ahead = tapMillis - businessMillis - AHEAD_MAX.toMillis();
      busy = true;
      if (ahead > 0) {
        worker.after(
            worker.time().real(Duration.ofMillis(ahead)).toMillis() + 1,
            () -> {
              busy = false;
              next();
            });
        return;
      }
      queue.removeFirst();
      begin(tap, tapMillis);
    }
  }

  private void begin(Tap tap, long tapMillis) {
    Statement statement =
        device.state(played.people().tap(tap, Instant.ofEpochMilli(tapMillis), worker.salt()));
    lastTapMillis = tapMillis;
    if (!again) {
      worker.tally().sent();
    }
    again = false;
    worker.send(new PendingStatement(tap, this, statement, device.name(), number, tapMillis));
  }

  /** What an attempt came to. */
  void answered(PendingStatement errand, StatementReply reply) {
    StatementOutcome verdict = StatementOutcome.of(errand, reply);
    worker.note(errand, reply, verdict);
    switch (verdict) {
      case ACCEPTED, REPEATED_OWN -> {
        worker.tally().accepted(delayMicros(errand));
        device.moveOn(errand.statement());
        settled();
      }
      case REPEATED -> {
        if (errand.isBatch()) {
          device.moveOn(errand.statement());
        }
        worker.tally().repeated(delayMicros(errand));
        settled();
      }
      case REFUSED -> {
        failed(errand, reply);
        worker.tally().refused();
        isNotIn(errand.tap());
        if (errand.isBatch()) {
          device.moveOn(errand.statement());
        }
        settled();
      }
      case MISSES_EARLIER -> {
        failed(errand, reply);
        worker.tally().refused();
        stuck = true;
        giveUpQueue();
        settled();
      }
      case WRONG_TIME -> {
        // The gateway's clock was not moved on in time; the person holds the card there once more.
        failed(errand, reply);
        queue.addFirst(errand.tap());
        again = true;
        worker.after(PAUSE_FIRST_MILLIS, this::settled);
      }
      case UNKNOWN -> {
        failed(errand, reply);
        if (errand.isUnknown() && reply.code().equals(StatementOutcome.WRONG_TIME_CODE)) {
          errand.becomeBatch();
        }
        errand.becomeUnknown();
        worker.after(pauseMillis(errand, reply), () -> sendAgain(errand));
      }
    }
  }

  private void settled() {
    busy = false;
    next();
  }

  private void failed(PendingStatement errand, StatementReply reply) {
    worker
        .tally()
        .error(RetryAfterStats.code(reply.status(), reply.code(), reply.retryAfterSeconds() > 0));
    if (errand.attempts() == 1) {
      worker.tally().failed();
    }
  }

  private long delayMicros(PendingStatement errand) {
    return (System.nanoTime() - worker.intendedNanos(errand.tap())) / 1_000;
  }

  private void sendAgain(PendingStatement errand) {
    long now = worker.time().at(System.nanoTime()).toEpochMilli();
    if (now - errand.tappedMillis() > NEAR_MAX.toMillis()) {
      errand.becomeBatch();
    }
    worker.send(errand);
  }

  private static long pauseMillis(PendingStatement errand, StatementReply reply) {
    return reply.retryAfterSeconds() > 0
        ? reply.retryAfterSeconds() * 1_000L
        : Math.min(PAUSE_MAX_MILLIS, PAUSE_FIRST_MILLIS << Math.min(8, errand.attempts()));
  }
}
