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
 * Writes a history on a thread of its own. What was put in is in the file once {@link #close}
 * returns; whoever puts in faster than the disk takes it waits, because a history with a hole would
 * accuse or acquit the gateway wrongly.
 */
public final class HistoryWriter implements AutoCloseable {
  private static final int QUEUE_ENTRIES_MAX = 65_536;
  private static final int GROUP_ENTRIES_MAX = 1_024;
  private static final int BUFFER_BYTES = 1 << 20;
  private static final JsonFactory JSON = new JsonFactory();

  private final BlockingQueue<Element> queue = new ArrayBlockingQueue<>(QUEUE_ENTRIES_MAX);
  private final AtomicReference<@Nullable IOException> broken = new AtomicReference<>();
  private final Thread thread;

  private sealed interface Element {
    record Line(Entry entry) implements Element {}

    record End() implements Element {}
  }

  private HistoryWriter(OutputStream out) {
    thread = Thread.ofPlatform().name("history").unstarted(() -> write(out));
  }

  /** Begins a new history, in place of what the file held. */
  public static HistoryWriter begin(Path file) throws IOException {
    HistoryWriter writer =
        new HistoryWriter(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
    writer.thread.start();
    return writer;
  }

  /**
   * Takes one entry; entries of one thread stay in their order.
   *
   * @throws UncheckedIOException when the file could not be written, now or before
   */
  public void put(Entry entry) {
    check();
    enqueue(new Element.Line(entry));
  }

  private void enqueue(Element element) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(element);
        break;
      } catch (InterruptedException e) {
        interrupted = true; // later: first the entry must be safe
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void check() {
    IOException failure = broken.get();
    if (failure != null) {
      throw new UncheckedIOException("the history cannot be written", failure);
    }
  }

  /**
   * Waits until all of it is written.
   *
   * @throws UncheckedIOException when some of it was not
   */
  @Override
  public void close() {
    enqueue(new Element.End());
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
    check();
  }

  private void write(OutputStream out) {
    List<Element> group = new ArrayList<>(GROUP_ENTRIES_MAX);
    boolean open = true;
    try (JsonGenerator json = JSON.createGenerator(out).setRootValueSeparator(null)) {
      while (open) {
        open = writeGroup(json, group);
        // Whoever reads along, or after a kill, finds all but the last moments.
        if (queue.isEmpty()) {
          json.flush();
        }
      }
    } catch (IOException e) {
      broken.set(e);
      discard(open);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private boolean writeGroup(JsonGenerator json, List<Element> group)
      throws IOException, InterruptedException {
    group.clear();
    group.add(queue.take());
    queue.drainTo(group, GROUP_ENTRIES_MAX - 1);
    for (Element element : group) {
      switch (element) {
        case Element.End end -> {
          return false;
        }
        case Element.Line(Entry entry) -> write(json, entry);
      }
    }
    return true;
  }

  /** Keeps those from waiting for ever who put in before they hear that nothing is written. */
  private void discard(boolean open) {
    boolean more = open;
    while (more) {
      try {
        more = queue.take() instanceof Element.Line;
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
    }
  }

  private static void write(JsonGenerator json, Entry entry) throws IOException {
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
