package org.skillvoucher.gateway.journal.writer;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.jdbc.journal.dao.JournalTables.JournalPekkoSerializationRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.runtime.BoxedUnit;

/**
 * Writes the journal by group commit: a few threads, each with a connection of its own, take the
 * queued writes and insert them with one statement, so that under load many events share one
 * commit. The queue is bounded; its depth is the backpressure by which callers shed load. A write
 * completes when it is durable, or fails, within a bounded time; after a broken connection one that
 * failed may be in the journal, which only a replay shows.
 *
 * <p>A batch with rows that PostgreSQL refuses is bisected, so that these rows fail alone.
 */
public final class JournalWriter implements Extension, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JournalWriter.class);
  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(100);

  /** How often an idle writer checks whether it is closed. */
  private static final Duration IDLE = Duration.ofMillis(200);

  private static final Duration STOP_MAX = Duration.ofSeconds(10);

  /** A connection idle for longer is validated before it is used. */
  static final Duration RESTED = Duration.ofSeconds(1);

  private final JournalInsert.Address address;
  private final JournalSettings settings;
  private final BlockingQueue<Write> queue;
  private final List<Thread> threads;
  private final JournalMeters meters;
  private volatile boolean open = true;

  private JournalWriter(JournalInsert.Address address, JournalSettings settings) {
    this.address = address;
    this.settings = settings;
    this.queue = new ArrayBlockingQueue<>(settings.queueMax());
    this.meters = new JournalMeters(queue::size);
    this.threads =
        IntStream.rangeClosed(1, settings.writers())
            .mapToObj(
                n ->
                    Thread.ofPlatform()
                        .daemon()
                        .name("journal-writer-" + n)
                        .unstarted(() -> new WriterThread().run()))
            .toList();
  }

  /** The writer of an actor system's journal, started on first use. */
  public static JournalWriter of(ActorSystem<?> system) {
    return JournalWriterExtension.ID.get(system.classicSystem());
  }

  static JournalWriter start(JournalInsert.Address address, JournalSettings settings) {
    var writer = new JournalWriter(address, settings);
    writer.threads.forEach(Thread::start);
    return writer;
  }

  /** Depth of the queue, batch sizes and write latency. */
  public JournalMeters meters() {
    return meters;
  }

  /**
   * Backpressure: whether less than a fifth of the queue is free. A caller that sheds load on it
   * avoids the restart of an actor whose write is refused.
   */
  public boolean isQueueFull() {
    return queue.remainingCapacity() * 5L < settings.queueMax();
  }

  /**
   * Writes rows together or not at all.
   *
   * @return completes when they are durable; fails with {@link NotWritten} when they are certainly
   *     not, otherwise with an unknown outcome
   */
  Future<BoxedUnit> write(List<JournalPekkoSerializationRow> rows) {
    var write = new Write(rows, Futures.promise(), System.nanoTime());
    if (!queue.offer(write)) {
      meters.refused();
      write.fail(new NotWritten("too many writes wait for the journal"));
    } else if (!open && queue.remove(write)) {
      write.fail(new NotWritten("the journal is closed"));
    }
    return write.promise().future();
  }

  /** Queued writes are still made; later ones fail. */
  @Override
  public void close() {
    open = false;
    for (Thread thread : threads) {
      try {
        thread.join(STOP_MAX);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    List<Write> left = new ArrayList<>();
    queue.drainTo(left);
    left.forEach(write -> write.fail(new NotWritten("the journal is closed")));
  }

  /** The write was not begun, so that a retry cannot duplicate it. */
  static final class NotWritten extends RuntimeException {
    NotWritten(String message) {
      super(
          message, null, false,
          false); // without a stack trace: under overload there are many, all from here
    }
  }

  private record Write(
      List<JournalPekkoSerializationRow> rows, Promise<BoxedUnit> promise, long sinceNanos) {
    void done() {
      promise.trySuccess(BoxedUnit.UNIT);
    }

    void fail(Throwable cause) {
      promise.tryFailure(cause);
    }
  }

  /** The loop of one writer thread. */
  private final class WriterThread {
    private Optional<JournalInsert> connection = Optional.empty();
    private long usedNanos;
    private boolean reachable = true;

    void run() {
      List<Write> batch = new ArrayList<>();
      while (open || !queue.isEmpty()) {
        try {
          batch.clear();
          take(batch);
          write(batch);
        } catch (InterruptedException | RuntimeException | Error e) {
          LOG.error("a batch of {} writes of the journal failed", batch.size(), e);
          disconnect();
          batch.forEach(write -> write.fail(e));
        }
      }
      disconnect();
    }

    private void take(List<Write> batch) throws InterruptedException {
      Write next = queue.poll(IDLE.toNanos(), TimeUnit.NANOSECONDS);
      int rows = 0;
      while (next != null) {
        batch.add(next);
        rows += next.rows().size();
        next = rows < settings.batchRowsMax() ? queue.poll() : null;
      }
    }

    /** Waits for a connection until every write of the batch has been queued too long. */
    private void write(List<Write> batch) throws InterruptedException {
      List<Write> left = inTime(batch);
      while (!left.isEmpty() && !connected()) {
        TimeUnit.NANOSECONDS.sleep(RECONNECT_PAUSE.toNanos());
        left = inTime(left);
      }
      if (!left.isEmpty()) {
        insert(left);
      }
    }

    private List<Write> inTime(List<Write> batch) {
      if (batch.isEmpty()) {
        return batch;
      }
      long latest = System.nanoTime() - settings.queuedForMax().toNanos();
      if (batch.getFirst().sinceNanos() - latest >= 0) { // oldest first
        return batch;
      }
      List<Write> left = new ArrayList<>();
      for (Write write : batch) {
        if (write.sinceNanos() - latest >= 0) {
          left.add(write);
        } else {
          meters.late();
          write.fail(new NotWritten("waited too long for the journal"));
        }
      }
      return left;
    }

    private void insert(List<Write> writes) throws InterruptedException {
      long startNanos = System.nanoTime();
      List<JournalPekkoSerializationRow> rows =
          writes.stream().flatMap(write -> write.rows().stream()).toList();
      try {
        connection.orElseThrow().insert(rows);
      } catch (SQLException e) {
        meters.failed();
        failed(writes, e);
        return;
      }
      usedNanos = System.nanoTime();
      meters.written(rows.size(), usedNanos - startNanos);
      writes.forEach(Write::done);
    }

    private void failed(List<Write> writes, SQLException cause) throws InterruptedException {
      if (!isOfTheRows(cause)) {
        LOG.warn(
            "{} writes of the journal have an unknown outcome: {}", writes.size(), message(cause));
        disconnect();
        writes.forEach(write -> write.fail(cause));
      } else if (writes.size() == 1) {
        LOG.warn("a write of the journal was refused: {}", message(cause));
        writes.getFirst().fail(cause);
      } else {
        int half = writes.size() / 2;
        write(writes.subList(0, half));
        write(writes.subList(half, writes.size()));
      }
    }

    private boolean connected() {
      try {
        if (connection.isPresent()
            && System.nanoTime() - usedNanos > RESTED.toNanos()
            && !connection.get().answers()) {
          disconnect();
        }
        if (connection.isEmpty()) {
          connection = Optional.of(JournalInsert.connect(address, settings.transactionTimeout()));
          meters.connected();
          reachable = true;
        }
        usedNanos = System.nanoTime();
        return true;
      } catch (SQLException e) {
        if (reachable) { // once per outage
          LOG.warn("the journal cannot reach {}: {}", address, message(e));
        }
        reachable = false;
        return false;
      }
    }

    private void disconnect() {
      try {
        if (connection.isPresent()) {
          connection.get().close();
        }
      } catch (SQLException e) {
        LOG.debug("a broken connection broke on closing", e);
      }
      connection = Optional.empty();
    }
  }

  /**
   * Whether PostgreSQL refused the data: SQLSTATE classes data exception, integrity constraint,
   * program limit and raised by a trigger. Then a smaller batch may pass, and the connection is
   * usable.
   */
  private static boolean isOfTheRows(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22")
        || state.startsWith("23")
        || state.startsWith("54")
        || state.startsWith("P0");
  }

  /** Only the SQLSTATE is logged: the message may quote the refused row. */
  private static String message(SQLException e) {
    return isOfTheRows(e) ? "SQLSTATE " + e.getSQLState() : String.valueOf(e.getMessage());
  }
}
