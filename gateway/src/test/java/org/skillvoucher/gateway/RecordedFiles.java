package org.skillvoucher.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of the recording. A run with {@code -Drecording=true} writes them into the source tree
 * and compares nothing.
 */
final class RecordedFiles {
  private RecordedFiles() {}

  static boolean isRecording() {
    return Boolean.getBoolean("recording");
  }

  static byte[] read(String name) throws IOException {
    if (isRecording()) {
      return Files.readAllBytes(file(name));
    }
    try (InputStream in = RecordedFiles.class.getResourceAsStream("/recorded/" + name)) {
      if (in == null) {
        throw new IOException("nothing is recorded as " + name);
      }
      return in.readAllBytes();
    }
  }

  static void write(String name, byte[] bytes) throws IOException {
    Path file = file(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static Path file(String name) {
    return TestPostgres.configFolder()
        .toAbsolutePath()
        .resolveSibling("gateway/src/test/resources/recorded")
        .resolve(name);
  }
}
