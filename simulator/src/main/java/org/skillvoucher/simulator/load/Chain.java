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
import org.skillvoucher.simulator.report.ComeAgain;

/**
 * A device at the door of a class. Only an answered statement uses up the device's counter, so one
 * is on its way at a time, and people queue; their delay counts from when they came all the same.
 * For one thread.
 */
final class Chain {
  /** Nearer than this to how far a clock may be off, and a statement is sent as an offline one. */
  private static final Duration NEAR_MAX = Duration.ofSeconds(100);

  private static final Duration AHEAD_MAX = Duration.ofSeconds(60);
  private static final long PAUSE_FIRST_MILLIS = 100;
  private static final long PAUSE_MAX_MILLIS = 2_000;

  private final int number;
  private final Classroom played;
  private final Device device;
  private final String token;
  private final Lane lane;
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

  Chain(int number, Classroom played, Device device, String token, Lane lane) {
    this.number = number;
    this.played = played;
    this.device = device;
    this.token = token;
    this.lane = lane;
  }

  String token() {
    return token;
  }

  /** Somebody comes. */
  void come(Tap tap) {
    if (stuck) {
      lane.tally().dropped();
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
    lane.tally().dropped();
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
      if (wasNotIn || now - lane.intendedNanos(tap) > lane.patience().toNanos()) {
        drop(queue.removeFirst());
        continue;
      }
      long businessMillis = lane.time().at(now).toEpochMilli();
      long tapMillis = Math.max(businessMillis, lastTapMillis + played.tapMillisMin());
      long ahead = tapMillis - businessMillis - AHEAD_MAX.toMillis();
      busy = true;
      if (ahead > 0) {
        lane.after(
            lane.time().real(Duration.ofMillis(ahead)).toMillis() + 1,
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
        device.state(played.people().tap(tap, Instant.ofEpochMilli(tapMillis), lane.salt()));
    lastTapMillis = tapMillis;
    if (!again) {
      lane.tally().sent();
    }
    again = false;
    lane.send(new Errand(tap, this, statement, device.name(), number, tapMillis));
  }

  /** What an attempt came to. */
  void answered(Errand errand, Reply reply) {
    Verdict verdict = Verdict.of(errand, reply);
    lane.note(errand, reply, verdict);
    switch (verdict) {
      case ACCEPTED, REPEATED_OWN -> {
        lane.tally().accepted(delayMicros(errand));
        device.moveOn(errand.statement());
        settled();
      }
      case REPEATED -> {
        if (errand.isBatch()) {
          device.moveOn(errand.statement());
        }
        lane.tally().repeated(delayMicros(errand));
        settled();
      }
      case REFUSED -> {
        failed(errand, reply);
        lane.tally().refused();
        isNotIn(errand.tap());
        if (errand.isBatch()) {
          device.moveOn(errand.statement());
        }
        settled();
      }
      case MISSES_EARLIER -> {
        failed(errand, reply);
        lane.tally().refused();
        stuck = true;
        giveUpQueue();
        settled();
      }
      case WRONG_TIME -> {
        // The gateway's clock was not moved on in time; the person holds the card there once more.
        failed(errand, reply);
        queue.addFirst(errand.tap());
        again = true;
        lane.after(PAUSE_FIRST_MILLIS, this::settled);
      }
      case UNKNOWN -> {
        failed(errand, reply);
        if (errand.isUnknown() && reply.code().equals(Verdict.WRONG_TIME_CODE)) {
          errand.becomeBatch();
        }
        errand.becomeUnknown();
        lane.after(pauseMillis(errand, reply), () -> sendAgain(errand));
      }
    }
  }

  private void settled() {
    busy = false;
    next();
  }

  private void failed(Errand errand, Reply reply) {
    lane.tally().error(ComeAgain.code(reply.status(), reply.code(), reply.retryAfterSeconds() > 0));
    if (errand.attempts() == 1) {
      lane.tally().failed();
    }
  }

  private long delayMicros(Errand errand) {
    return (System.nanoTime() - lane.intendedNanos(errand.tap())) / 1_000;
  }

  private void sendAgain(Errand errand) {
    long now = lane.time().at(System.nanoTime()).toEpochMilli();
    if (now - errand.tappedMillis() > NEAR_MAX.toMillis()) {
      errand.becomeBatch();
    }
    lane.send(errand);
  }

  private static long pauseMillis(Errand errand, Reply reply) {
    return reply.retryAfterSeconds() > 0
        ? reply.retryAfterSeconds() * 1_000L
        : Math.min(PAUSE_MAX_MILLIS, PAUSE_FIRST_MILLIS << Math.min(8, errand.attempts()));
  }
}
