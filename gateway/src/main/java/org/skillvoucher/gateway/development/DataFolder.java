package org.skillvoucher.gateway.development;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The data folder of one embedded database, locked by one gateway at a time.
 *
 * <p>The lock is a file lock of the operating system, so a killed gateway leaves none behind.
 */
final class DataFolder implements AutoCloseable {
  /** On POSIX, closing any channel of a file drops the process's lock: never open it twice. */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private DataFolder(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static DataFolder take(Path wanted) throws IOException {
    Path path = Folders.makePrivate(wanted);
    if (!Files.isWritable(path)) {
      throw new CannotStart("The data folder %s cannot be written to".formatted(path));
    }
    if (!HELD_HERE.add(path)) {
      throw held(path);
    }
    try {
      FileChannel channel = lock(path);
      return new DataFolder(path, channel);
    } catch (IOException | RuntimeException e) {
      HELD_HERE.remove(path);
      throw e;
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw held(path);
    }
    return channel;
  }

  private static CannotStart held(Path path) {
    return new CannotStart(
        ("The data folder %s is in use by another gateway that is running now: stop that one, or"
                + " start this one with --ephemeral or another data folder")
            .formatted(path));
  }

  Path path() {
    return path;
  }

  Path cluster() {
    return path.resolve(Postmaster.CLUSTER);
  }

  Path log() {
    return path.resolve(Postmaster.LOG);
  }

  Path passwordFile() {
    return path.resolve("database.password");
  }

  /**
   * Generated at first use; without a password, every user of this machine would be the database's
   * superuser.
   */
  String password() throws IOException {
    Path file = passwordFile();
    if (!Files.exists(file)) {
      byte[] random = new byte[16];
      new SecureRandom().nextBytes(random);
      Path part = path.resolve("database.password.part");
      Files.deleteIfExists(part);
      Files.createFile(
          part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(part, HexFormat.of().formatHex(random) + "\n");
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  /** Gives the folder to the account that owns the data, in case root created part of it. */
  void give(PostgresAccount account) throws IOException {
    if (PostgresAccount.uidOf(path) != 0) {
      for (Path file : new Path[] {path.resolve("lock"), passwordFile(), log()}) {
        if (Files.exists(file)) {
          account.give(file);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } finally {
      HELD_HERE.remove(path);
    }
  }
}
