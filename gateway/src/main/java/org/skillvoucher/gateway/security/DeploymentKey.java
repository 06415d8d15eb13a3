package org.skillvoucher.gateway.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The one secret of a deployment: 32 random bytes in a file, never in the database. Without it no
 * pseudonym can be resolved; with it and the database the vault can be read. It is never used
 * itself: each purpose has a key derived from it.
 */
public final class DeploymentKey {
  /** The file's name in the key folder. */
  public static final String FILE = "deployment.key";

  private static final int KEY_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final byte[] key;

  public DeploymentKey(byte[] key) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a deployment key has 32 bytes");
    }
    this.key = key.clone();
  }

  /**
   * Reads the key, 64 hexadecimal digits.
   *
   * @throws NoSuchFileException when there is none
   * @throws IOException when it is damaged, or readable by others than its owner
   */
  public static DeploymentKey load(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && !OWNER_ONLY.containsAll(view.readAttributes().permissions())) {
      throw new IOException(file + " must be its owner's alone: chmod 600 " + file);
    }
    try {
      return new DeploymentKey(HexFormat.of().parseHex(Files.readString(file).strip()));
    } catch (IllegalArgumentException e) {
      // Without the cause, whose message would quote the key.
      throw new IOException(file + " does not hold 64 hexadecimal digits");
    }
  }

  /** Reads the key, or creates one; for development. */
  public static DeploymentKey loadOrCreate(Path folder) throws IOException {
    try {
      return load(folder);
    } catch (NoSuchFileException e) {
      try {
        create(folder);
      } catch (FileAlreadyExistsException other) {
        // Another process was first; its key is the one to use.
      }
      return load(folder);
    }
  }

  /**
   * Creates a key where there is none. The file appears atomically and never replaces another.
   *
   * @throws FileAlreadyExistsException when there is a key
   */
  public static void create(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path draft = Files.createTempFile(folder, FILE, ".draft", ownerOnly(folder));
    try {
      String text = HexFormat.of().formatHex(Gm.random(KEY_BYTES)) + "\n";
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        var bytes = ByteBuffer.wrap(Gm.utf8(text));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      // A link, unlike a move, refuses to replace a key which may be in use already.
      Files.createLink(folder.resolve(FILE), draft);
    } finally {
      Files.delete(draft);
    }
  }

  /** A key for one purpose; neither this key nor another purpose's can be derived from it. */
  public byte[] subKey(String purpose) {
    return Gm.hmacSm3(key, Gm.utf8(purpose));
  }

  /** Without the key, which must not reach a log. */
  @Override
  public String toString() {
    return "DeploymentKey";
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }
}
