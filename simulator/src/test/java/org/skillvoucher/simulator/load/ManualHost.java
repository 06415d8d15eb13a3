package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.skillvoucher.simulator.device.Presented;

/** A session's host with a clock that the test advances, and without a network. */
final class ManualHost implements DeviceSession.Host {
  final TestLoad load = new TestLoad();
  final List<StatementOutcome> outcomes = new ArrayList<>();

  /** Sent and not yet taken by the test. */
  final Deque<PendingStatement> sent = new ArrayDeque<>();

  private final PriorityQueue<Timer> timers =
      new PriorityQueue<>(Comparator.comparingLong(Timer::nanos));
  private final RunContext context;
  private long nanos;
  private int salts;

  private record Timer(long nanos, Runnable task) {}

  ManualHost(int speed, Duration patience) {
    context = load.context(0, speed, patience);
  }

  @Override
  public RunContext context() {
    return context;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Presented.Salt salt() {
    return Presented.Salt.of(0, salts++);
  }

  @Override
  public void after(long millis, Runnable task) {
    timers.add(new Timer(nanos + millis * 1_000_000, task));
  }

  @Override
  public void send(PendingStatement statement) {
    statement.markSent(nanos);
    sent.add(statement);
  }

  @Override
  public void recordOutcome(
      PendingStatement statement, StatementReply reply, StatementOutcome outcome) {
    outcomes.add(outcome);
  }

  /** Advances the clock and runs the timers that are due. */
  void advanceMillis(long millis) {
    long end = nanos + millis * 1_000_000;
    while (!timers.isEmpty() && timers.peek().nanos() <= end) {
      Timer timer = timers.remove();
      nanos = timer.nanos();
      timer.task().run();
    }
    nanos = end;
  }
}
