package org.skillvoucher.gateway.development;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL for start-dev, with nothing installed: database {@code vgw} on 127.0.0.1, as
 * durable as in production (fsync, synchronous commit) unless durability is switched off, restarted
 * whenever it dies.
 *
 * <p>Start succeeds at the first attempt whatever state the last gateway left: an orphaned
 * postmaster is stopped, a stale lock file is taken over.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final String DATABASE = "vgw";
  private static final int FREE_PORT_TRIES = 3;
  private static final long LOOK_AFTER_MILLIS = 200;
  private static final long RESTART_PAUSE_MILLIS_MAX = 3_000;

  private final DataFolder folder;
  private final boolean kept;
  private final Postmaster postmaster;
  private final OrphanReaper reaper;
  private final int port;
  private final String password;
  private final ReentrantLock startingOrStopping = new ReentrantLock();
  private final CountDownLatch closing = new CountDownLatch(1);

  private EmbeddedDatabase(
      DataFolder folder, boolean kept, Postmaster postmaster, OrphanReaper reaper, int port)
      throws IOException {
    this.folder = folder;
    this.kept = kept;
    this.postmaster = postmaster;
    this.reaper = reaper;
    this.port = port;
    this.password = folder.password();
  }

  /**
   * Starts it, unpacking and creating what is missing, and waits until the database can be used.
   *
   * @throws CannotStart with the reason, worded for the user
   */
  public static EmbeddedDatabase start(EmbeddedDatabaseSettings settings) {
    boolean kept = settings.folder().isPresent();
    try {
      Path wanted =
          kept ? settings.folder().get().toAbsolutePath() : Files.createTempDirectory("vgw-");
      DataFolder folder = DataFolder.take(wanted);
      try {
        return startIn(folder, kept, settings);
      } catch (IOException | RuntimeException e) {
        folder.close();
        if (!kept) {
          Folders.delete(wanted);
        }
        throw e;
      }
    } catch (IOException e) {
      throw new CannotStart("The embedded PostgreSQL does not start: " + e, e);
    }
  }

  private static EmbeddedDatabase startIn(
      DataFolder folder, boolean kept, EmbeddedDatabaseSettings settings) throws IOException {
    PostgresAccount account =
        PostgresAccount.of(Files.exists(folder.cluster()) ? folder.cluster() : folder.path());
    Postmaster postmaster = new Postmaster(PostgresBinaries.unpacked(), account, folder, settings);
    postmaster.create(kept);
    postmaster.stop();
    OrphanReaper reaper = OrphanReaper.over(folder.cluster(), kept ? "" : folder.path().toString());
    try {
      int port = startPostmaster(postmaster, reaper, settings.port());
      var database = new EmbeddedDatabase(folder, kept, postmaster, reaper, port);
      database.createDatabase();
      Thread.ofPlatform().daemon().name("embedded-database").start(database::lookAfter);
      return database;
    } catch (IOException | RuntimeException e) {
      postmaster.stop();
      reaper.close();
      throw e;
    }
  }

  /**
   * The port; another process may take a free one in the meantime, in which case another is tried.
   */
  private static int startPostmaster(Postmaster postmaster, OrphanReaper reaper, int wanted)
      throws IOException {
    for (int tries = 1; ; tries++) {
      int port = wanted == 0 ? freePort() : wanted;
      try {
        reaper.watch(postmaster.start(port));
        return port;
      } catch (CannotStart e) {
        if (wanted != 0 || tries == FREE_PORT_TRIES) {
          throw e;
        }
      }
    }
  }

  /** For JDBC, user and password included. */
  public String url() {
    return url(DATABASE);
  }

  /** On 127.0.0.1, the same for its whole life. */
  public int port() {
    return port;
  }

  /** The data folder. */
  public Path folder() {
    return folder.path();
  }

  /** Whether the data is retained after {@link #close}. */
  public boolean kept() {
    return kept;
  }

  OptionalLong postmasterPid() throws IOException {
    return postmaster.running();
  }

  long reaperPid() {
    return reaper.pid();
  }

  /** Stops PostgreSQL, cutting its connections, and waits until it is gone. */
  @Override
  public void close() {
    if (closing.getCount() == 0) {
      return;
    }
    closing.countDown();
    startingOrStopping.lock();
    try {
      postmaster.stop();
      reaper.close();
      folder.close();
      if (!kept) {
        Folders.delete(folder.path());
      }
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL does not stop", e);
    } finally {
      startingOrStopping.unlock();
    }
  }

  private void lookAfter() {
    long pauseMillis = LOOK_AFTER_MILLIS;
    try {
      while (!closing.await(pauseMillis, TimeUnit.MILLISECONDS)) {
        boolean well = restartIfGone();
        pauseMillis =
            well ? LOOK_AFTER_MILLIS : Math.min(pauseMillis * 2, RESTART_PAUSE_MILLIS_MAX);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean restartIfGone() {
    startingOrStopping.lock();
    try {
      if (closing.getCount() == 0 || postmaster.running().isPresent()) {
        return true;
      }
      LOG.warn("PostgreSQL has gone away; it is started again on port {}", port);
      reaper.watch(postmaster.start(port));
      return true;
    } catch (IOException | RuntimeException e) {
      LOG.warn("PostgreSQL cannot be started again yet; see {}", folder.log());
      LOG.debug("The attempt ended so", e);
      return false;
    } finally {
      startingOrStopping.unlock();
    }
  }

  private void createDatabase() {
    try (var connection = DriverManager.getConnection(url("postgres"));
        var statement = connection.createStatement()) {
      boolean exists;
      try (var found =
          statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        exists = found.next();
      }
      if (!exists) {
        statement.execute("CREATE DATABASE " + DATABASE);
      }
    } catch (SQLException e) {
      throw new CannotStart("The embedded PostgreSQL lets nobody in: " + e.getMessage(), e);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s"
        .formatted(port, database, Postmaster.USER, password);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
