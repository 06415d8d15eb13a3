package org.skillvoucher.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Running resources, closed once and in reverse order of their start, also when the JVM is
 * terminated.
 */
public final class ResourceStack implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ResourceStack.class);

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Adds a resource that was just started. */
  public synchronized <T extends AutoCloseable> T add(T running) {
    open.push(running);
    return running;
  }

  /** A folder that is deleted at the end. */
  public Path temporaryFolder() throws IOException {
    Path folder = Files.createTempDirectory("vgw-");
    add(() -> delete(folder));
    return folder;
  }

  /** Closes when the JVM ends by a signal or by exit (shutdown hook). */
  public void closeAtExit() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::close, "closing"));
  }

  /** Waits until everything is closed. */
  public void awaitExit() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        LOG.warn("something did not close", e);
      }
    }
    ended.countDown();
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
