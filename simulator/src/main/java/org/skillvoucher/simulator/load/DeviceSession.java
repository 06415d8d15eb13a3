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
 * A device at one class. Only a final answer uses up the device's counter, so at most one statement
 * is in flight and later arrivals queue; their latency is measured from their scheduled time all
 * the same. Not thread-safe.
 */
final class DeviceSession {
  /**
   * A statement older than this (business time) is sent again as a batch: online it would be
   * refused for its clock, which may be off by 120 s.
   */
  private static final Duration ONLINE_AGE_MAX = Duration.ofSeconds(100);

  private static final Duration AHEAD_MAX = Duration.ofSeconds(60);
  private static final long BACKOFF_FIRST_MILLIS = 100;
  private static final long BACKOFF_MAX_MILLIS = 2_000;

  private final int number;
  private final Classroom classroom;
  private final Device device;
  private final String token;
  private final Host host;
  private final Deque<Arrival> queue = new ArrayDeque<>();

  /**
   * The attendances whose sign-in was dropped or refused, by {@link #attendanceIndex}: their
   * sign-out is not sent.
   */
  private final BitSet notIn = new BitSet();

  private boolean inFlight;
  private boolean halted;
  private boolean sameArrivalAgain;
  private long lastTapMillis;

  /**
   * The class a device serves.
   *
   * @param tapMillisMin business milliseconds between two taps, at least
   */
  record Classroom(String id, DeviceTapFactory deviceTaps, long tapMillisMin) {}

  /** Turns an arrival into what the device signs. */
  interface DeviceTapFactory {
    Device.Tap deviceTap(Arrival arrival, Instant at, Presented.Salt salt);
  }

  /** Clock, transport and counters of a session. */
  interface Host {
    RunContext context();

    /** As {@link System#nanoTime}. */
    long nanoTime();

    Presented.Salt salt();

    void after(long millis, Runnable task);

    /** Sends it as soon as a connection is idle; the answer arrives at {@link #replied}. */
    void send(PendingStatement statement);

    void recordOutcome(PendingStatement statement, StatementReply reply, StatementOutcome outcome);
  }

  DeviceSession(int number, Classroom classroom, Device device, String token, Host host) {
    this.number = number;
    this.classroom = classroom;
    this.device = device;
    this.token = token;
    this.host = host;
  }

  String token() {
    return token;
  }

  private LoadCounters counters() {
    return host.context().counters();
  }

  void arrive(Arrival arrival) {
    if (halted) {
      counters().dropped();
      return;
    }
    queue.addLast(arrival);
    sendNext();
  }

  boolean isIdle() {
    return !inFlight && queue.isEmpty();
  }

  void dropQueue() {
    while (!queue.isEmpty()) {
      drop(queue.removeFirst());
    }
  }

  private static int attendanceIndex(Arrival arrival) {
    return arrival.lesson() * LoadFile.PEOPLE_MAX + arrival.person();
  }

  private void drop(Arrival arrival) {
    counters().dropped();
    markNotIn(arrival);
  }

  private void markNotIn(Arrival arrival) {
    if (arrival.act() == Act.IN && !arrival.again()) {
      notIn.set(attendanceIndex(arrival));
    }
  }

  private boolean isExpired(Arrival arrival, long now) {
    long waited = now - host.context().scheduledNanos(arrival);
    return waited > host.context().patience().toNanos();
  }

  private void sendNext() {
    while (!inFlight && !queue.isEmpty()) {
      Arrival arrival = queue.getFirst();
      long now = host.nanoTime();
      boolean neverIn = arrival.act() == Act.OUT && notIn.get(attendanceIndex(arrival));
      if (neverIn || isExpired(arrival, now)) {
        drop(queue.removeFirst());
        continue;
      }
      BusinessTime time = host.context().time();
      long businessMillis = time.at(now).toEpochMilli();
      long tapMillis = Math.max(businessMillis, lastTapMillis + classroom.tapMillisMin());
      long ahead = tapMillis - businessMillis - AHEAD_MAX.toMillis();
      inFlight = true;
      if (ahead > 0) {
        host.after(time.toReal(Duration.ofMillis(ahead)).toMillis() + 1, this::statementDone);
        return;
      }
      queue.removeFirst();
      signAndSend(arrival, tapMillis);
    }
  }

  private void signAndSend(Arrival arrival, long tapMillis) {
    Instant at = Instant.ofEpochMilli(tapMillis);
    Statement statement = device.sign(classroom.deviceTaps().deviceTap(arrival, at, host.salt()));
    lastTapMillis = tapMillis;
    if (!sameArrivalAgain) {
      counters().sent();
    }
    sameArrivalAgain = false;
    host.send(new PendingStatement(arrival, this, statement, device.name(), number, tapMillis));
  }

  /** The outcome of an attempt. */
  void replied(PendingStatement statement, StatementReply reply) {
    StatementOutcome outcome = StatementOutcome.of(statement, reply);
    host.recordOutcome(statement, reply, outcome);
    switch (outcome) {
      case ACCEPTED, REPLAYED -> {
        counters().accepted(latencyMicros(statement));
        device.advance(statement.statement());
        statementDone();
      }
      case REPEATED -> {
        if (statement.isBatch()) {
          device.advance(statement.statement());
        }
        counters().repeated(latencyMicros(statement));
        statementDone();
      }
      case REFUSED -> {
        countFailure(statement, reply);
        counters().refused();
        markNotIn(statement.arrival());
        if (statement.isBatch()) {
          device.advance(statement.statement());
        }
        statementDone();
      }
      case COUNTER_GAP -> {
        countFailure(statement, reply);
        counters().refused();
        halted = true;
        dropQueue();
        statementDone();
      }
      case CLOCK_SKEW -> {
        countFailure(statement, reply);
        signAnewLater(statement);
      }
      case UNKNOWN -> {
        countFailure(statement, reply);
        sendAgainLater(statement, reply);
      }
    }
  }

  /** The gateway's clock was not advanced in time: the same arrival gets another statement. */
  private void signAnewLater(PendingStatement statement) {
    queue.addFirst(statement.arrival());
    sameArrivalAgain = true;
    host.after(BACKOFF_FIRST_MILLIS, this::statementDone);
  }

  private void sendAgainLater(PendingStatement statement, StatementReply reply) {
    if (statement.isOutcomeUnknown() && reply.code().equals(StatementOutcome.CLOCK_SKEW_CODE)) {
      statement.sendAsBatch();
    }
    statement.markOutcomeUnknown();
    host.after(backoffMillis(statement, reply), () -> sendAgain(statement));
  }

  private void statementDone() {
    inFlight = false;
    sendNext();
  }

  private void countFailure(PendingStatement statement, StatementReply reply) {
    counters()
        .error(RetryAfterStats.code(reply.status(), reply.code(), reply.retryAfterSeconds() > 0));
    if (statement.attempts() == 1) {
      counters().failed();
    }
  }

  private long latencyMicros(PendingStatement statement) {
    return (host.nanoTime() - host.context().scheduledNanos(statement.arrival())) / 1_000;
  }

  private void sendAgain(PendingStatement statement) {
    long now = host.context().time().at(host.nanoTime()).toEpochMilli();
    if (now - statement.tappedMillis() > ONLINE_AGE_MAX.toMillis()) {
      statement.sendAsBatch();
    }
    host.send(statement);
  }

  /** Exactly the Retry-After that was given; without one, exponential backoff. */
  private static long backoffMillis(PendingStatement statement, StatementReply reply) {
    return reply.retryAfterSeconds() > 0
        ? reply.retryAfterSeconds() * 1_000L
        : Math.min(BACKOFF_MAX_MILLIS, BACKOFF_FIRST_MILLIS << Math.min(8, statement.attempts()));
  }
}
