package org.skillvoucher.simulator.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Writes a history on its own thread. All entries are in the file once {@link #close} returns.
 * {@link #put} blocks while the queue is full (backpressure): a history with a gap would prove
 * nothing for or against the gateway.
 */
public final class HistoryWriter implements AutoCloseable {
  private static final int QUEUE_ENTRIES_MAX = 65_536;
  private static final int GROUP_ENTRIES_MAX = 1_024;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final JsonFactory JSON = new JsonFactory();

  private final BlockingQueue<QueueItem> queue = new ArrayBlockingQueue<>(QUEUE_ENTRIES_MAX);
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private final Thread thread;

  private sealed interface QueueItem {
    record Write(HistoryEntry entry) implements QueueItem {}

    record Stop() implements QueueItem {}
  }

  private HistoryWriter(OutputStream out) {
    thread = Thread.ofPlatform().name("history").unstarted(() -> write(out));
  }

  /** Starts a new history; an existing file is overwritten. */
  public static HistoryWriter begin(Path file) throws IOException {
    HistoryWriter writer =
        new HistoryWriter(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    writer.thread.start();
    return writer;
  }

  /**
   * Adds an entry; the entries of one thread stay in their order.
   *
   * @throws UncheckedIOException when this or an earlier entry could not be written
   */
  public void put(HistoryEntry entry) {
    throwIfFailed();
    enqueue(new QueueItem.Write(entry));
  }

  private void enqueue(QueueItem element) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(element);
        break;
      } catch (InterruptedException e) {
        interrupted = true; // restored below: the entry must be queued first
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void throwIfFailed() {
    IOException cause = failure.get();
    if (cause != null) {
      throw new UncheckedIOException("the history cannot be written", cause);
    }
  }

  /**
   * Waits until all entries are written.
   *
   * @throws UncheckedIOException when one was not
   */
  @Override
  public void close() {
    enqueue(new QueueItem.Stop());
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    throwIfFailed();
  }

  private void write(OutputStream out) {
    List<QueueItem> group = new ArrayList<>(GROUP_ENTRIES_MAX);
    boolean open = true;
    try (JsonGenerator json = JSON.createGenerator(out).setRootValueSeparator(null)) {
      while (open) {
        open = writeGroup(json, group);
        // A reader of the open file, or after a kill, misses only the last moments.
        if (queue.isEmpty()) {
          json.flush();
        }
      }
    } catch (IOException e) {
      failure.set(e);
      discard(open);
    } catch (InterruptedException e) {
      throw new IllegalStateException("this thread is never interrupted", e);
    }
  }

  private boolean writeGroup(JsonGenerator json, List<QueueItem> group)
      throws IOException, InterruptedException {
    group.clear();
    group.add(queue.take());
    queue.drainTo(group, GROUP_ENTRIES_MAX - 1);
    for (QueueItem element : group) {
      switch (element) {
        case QueueItem.Stop end -> {
          return false;
        }
        case QueueItem.Write(HistoryEntry entry) -> write(json, entry);
      }
    }
    return true;
  }

  /** Drains the queue after a failure, or a blocked {@link #put} would wait for ever. */
  private void discard(boolean open) {
    boolean more = open;
    while (more) {
      try {
        more = queue.take() instanceof QueueItem.Write;
      } catch (InterruptedException e) {
        throw new IllegalStateException("this thread is never interrupted", e);
      }
    }
  }

  private static void write(JsonGenerator json, HistoryEntry entry) throws IOException {
    json.writeStartObject();
    json.writeNumberField("i", entry.client());
    json.writeNumberField("t", entry.micros());
    json.writeStringField("type", entry.type().code());
    json.writeStringField("idem", entry.idem());
    json.writeStringField("entity", entry.entity());
    if (!entry.device().isEmpty()) {
      json.writeStringField("dev", entry.device());
      json.writeNumberField("ctr", entry.counter());
    }
    if (entry.http() != 0) {
      json.writeNumberField("http", entry.http());
    }
    if (!entry.receiptSha().isEmpty()) {
      json.writeStringField("receiptSha", entry.receiptSha());
    }
    if (!entry.receipt().isEmpty()) {
      json.writeStringField("receiptB64", entry.receipt());
    }
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
