package org.skillvoucher.gateway.development;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * What start-dev reports to the program that started it, once everything answers: addresses and the
 * demo's tokens, as JSON. It is written atomically, and only its owner may read it.
 *
 * @param api address of the API, without a path
 * @param management address of health and metrics
 * @param platform address of the card platform's stub
 * @param downstream address of the downstream stub
 * @param data folder of the data
 * @param tokens by role, in the role's wire name
 * @param institution credit code (统一社会信用代码) of the demo's institution
 * @param region administrative division of the demo
 */
public record ReadyFile(
    String api,
    String management,
    String platform,
    String downstream,
    String data,
    Map<String, String> tokens,
    String institution,
    String region) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  public ReadyFile {
    tokens = Map.copyOf(tokens);
  }

  /** Deletes the file of an earlier run, so that it is not taken for this run's. */
  public static void clear(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Writes a temporary file and renames it. */
  public void write(Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException("not a file: " + file);
    }
    Files.createDirectories(folder);
    Path part =
        Files.createTempFile(
            folder,
            "ready-",
            ".part",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      Files.write(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Without the tokens, because this may be logged. */
  @Override
  public String toString() {
    return "ReadyFile[api=%s, management=%s]".formatted(api, management);
  }
}
