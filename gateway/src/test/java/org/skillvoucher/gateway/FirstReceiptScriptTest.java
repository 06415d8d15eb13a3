package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.cardplatform.StubPlatform;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;

/** The example that README shows, word for word, on a whole gateway without any data. */
class FirstReceiptScriptTest {
  private static final Path CONFIG = TestPostgres.configFolder().toAbsolutePath();
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final Path folder;

  FirstReceiptScriptTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void itGoesFromNothingToAReceiptThatIsVerifiedTwice() throws Exception {
    try (var platform =
            new StubPlatform(StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1")));
        TestNode node =
            TestNode.start(
                TestPostgres.freshDatabase(),
                platform,
                folder.resolve("keys"),
                InstantSource.system())) {
      Path log = folder.resolve("log");
      ProcessBuilder builder =
          new ProcessBuilder(
                  "sh",
                  CONFIG.resolve("sample").resolve("first-receipt.sh").toString(),
                  node.apiAddress(),
                  tokens(node).toString(),
                  folder.resolve("first").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("VGW", launcher().toString());
      Process process = builder.start();
      boolean ended = process.waitFor(WITHIN.toSeconds(), TimeUnit.SECONDS);
      String output = Files.readString(log);
      process.destroy();
      assertTrue(ended, output);
      assertEquals(0, process.exitValue(), output);
      assertTrue(output.contains("48 people enrolled"), output);
      assertTrue(output.contains("receipt.vtr: valid 有效"), output);
      assertTrue(output.contains("\nOK vtr1.sm2 "), output);
    }
  }

  private Path tokens(TestNode node) throws Exception {
    String json =
        """
        {
          "issuing_authority" : "%s",
          "institution" : "%s",
          "card_platform" : "%s",
          "auditor" : "%s"
        }
        """
            .formatted(
                node.credentials().authority(),
                node.credentials().institution(),
                node.credentials().platform(),
                node.token(Role.AUDITOR, new Caller.Scope.InRegion(new RegionCode("990000"))));
    return Files.writeString(folder.resolve("tokens.json"), json);
  }

  /** The program without the launcher, which would build it. */
  private Path launcher() throws Exception {
    Path file = folder.resolve("vgw");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.write(
        file,
        """
        #!/bin/sh
        exec '%s' --enable-native-access=ALL-UNNAMED -Dstdout.encoding=UTF-8 -cp '%s' \
          org.skillvoucher.gateway.Gateway "$@"
        """
            .formatted(java, System.getProperty("java.class.path"))
            .getBytes(UTF_8));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }
}
