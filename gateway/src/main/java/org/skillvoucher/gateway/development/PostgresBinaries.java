package org.skillvoucher.gateway.development;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from the class path once per account and machine.
 *
 * <p>Concurrent processes are safe: one unpacks to a temporary name under a lock and renames, so
 * that a folder of the final name is always complete, also after a kill.
 */
record PostgresBinaries(Path folder) {
  private static final Object ONE_AT_A_TIME = new Object();

  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  static PostgresBinaries unpacked() {
    return unpackedBelow(cacheFolder());
  }

  static PostgresBinaries unpackedBelow(Path cache) {
    synchronized (ONE_AT_A_TIME) {
      try {
        byte[] archive = archive();
        String name = "postgresql-" + shortDigest(archive);
        Path whole = cache.resolve(name);
        try (FileChannel channel = open(cache.resolve(name + ".lock"));
            var lock = channel.lock()) {
          if (lock.isValid() && !Files.isDirectory(whole)) {
            Path part = cache.resolve(name + ".part");
            Folders.delete(part);
            unpack(archive, part);
            Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
          }
        }
        return new PostgresBinaries(whole);
      } catch (IOException e) {
        throw new CannotStart("PostgreSQL's programs cannot be unpacked below " + cache, e);
      }
    }
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static byte[] archive() throws IOException {
    String machine = System.getProperty("os.arch", "");
    try (var stream =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            system(), machine.equals("amd64") ? "x86_64" : machine)) {
      return stream.readAllBytes();
    }
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return name.startsWith("mac") ? "Darwin" : "Linux";
  }

  private static String shortDigest(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unpack(byte[] archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new BufferedInputStream(new XZInputStream(new ByteArrayInputStream(archive))))) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("an entry outside the archive: " + entry.getName());
        }
        unpack(entry, tar, file);
        entry = tar.getNextEntry();
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, TarArchiveInputStream tar, Path file)
      throws IOException {
    if (entry.isDirectory()) {
      readable(Files.createDirectories(file), true);
      return;
    }
    Path parent = file.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      readable(Files.createDirectories(parent), true);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, file);
      readable(file, (entry.getMode() & 0100) != 0);
    }
  }

  /**
   * Readable to all whatever the umask, because a gateway started by root runs them under another
   * account.
   */
  private static void readable(Path file, boolean executable) throws IOException {
    Files.setPosixFilePermissions(
        file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  /**
   * A folder that no other user can write to, because programs in it are executed: the account's
   * own cache, or for root, whose home others cannot read, the system's.
   */
  private static Path cacheFolder() {
    List<Path> candidates = new ArrayList<>();
    if (PostgresAccount.weAreRoot()) {
      candidates.add(Path.of("/var/cache"));
    } else {
      String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
      candidates.add(
          cache.startsWith("/")
              ? Path.of(cache)
              : Path.of(System.getProperty("user.home", "/"), ".cache"));
    }
    candidates.add(
        Path.of(System.getProperty("java.io.tmpdir", "/tmp"), "cache-" + PostgresAccount.ourUid()));
    for (Path candidate : candidates) {
      Path folder = candidate.resolve("skill-voucher-gateway");
      if (usable(folder)) {
        return folder;
      }
    }
    throw new CannotStart("No folder for PostgreSQL's programs can be written: " + candidates);
  }

  private static boolean usable(Path folder) {
    try {
      readable(Files.createDirectories(folder), true);
      return PostgresAccount.uidOf(folder) == PostgresAccount.ourUid()
          && Files.isWritable(folder)
          && ownParent(folder);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  /** In a shared temporary folder another user may own the parent. */
  private static boolean ownParent(Path folder) throws IOException {
    Path parent = folder.getParent();
    if (parent == null) {
      return false;
    }
    long owner = PostgresAccount.uidOf(parent);
    return owner == 0 || owner == PostgresAccount.ourUid();
  }
}
