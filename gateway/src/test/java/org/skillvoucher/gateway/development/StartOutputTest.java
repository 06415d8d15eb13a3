package org.skillvoucher.gateway.development;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.gateway.development.Eventually.eventually;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What start-dev says, and to whom. */
final class StartOutputTest {
  private static final Banner BANNER =
      new Banner(
          "0.1.0",
          "http://127.0.0.1:8080",
          "http://127.0.0.1:8081",
          "http://127.0.0.1:8090",
          "http://127.0.0.1:8091",
          Path.of("/here/.vgw"),
          true,
          ZoneId.of("Asia/Shanghai"));

  @Test
  void theBannerIsAlignedAndSaysItIsNotForProduction() {
    assertEquals(
        """
        Skill Voucher Gateway 0.1.0  --  dev mode, not for production

          API documentation  http://127.0.0.1:8080/docs
          API                http://127.0.0.1:8080/v1
          card platform      http://127.0.0.1:8090
          downstream         http://127.0.0.1:8091
          health             http://127.0.0.1:8081/health/ready
          metrics            http://127.0.0.1:8081/metrics
          data               /here/.vgw  (kept; --ephemeral discards)
          time zone          Asia/Shanghai  (business dates: Asia/Shanghai)
          try next           ./vgw demo
                             curl http://127.0.0.1:8080/v1/keys
        """,
        BANNER.text());
  }

  @Test
  void theReadyFileIsWholeAndItsOwnersAlone(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("new/ready.json");
    var ready =
        new ReadyFile(
            "http://127.0.0.1:1",
            "http://127.0.0.1:2",
            "http://127.0.0.1:3",
            "http://127.0.0.1:4",
            "/data",
            Map.of("device", "secret-token"),
            "91990000MA00000000",
            "990000");
    ready.write(file);
    ready.write(file);
    var json = JsonMapper.builder().build().readTree(file.toFile());
    assertEquals("http://127.0.0.1:1", json.get("api").asText());
    assertEquals("secret-token", json.get("tokens").get("device").asText());
    assertEquals(8, json.size());
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    assertFalse(ready.toString().contains("secret-token"));
    try (var files = Files.list(folder.resolve("new"))) {
      assertEquals(1, files.count());
    }
    ReadyFile.clear(file);
    assertFalse(Files.exists(file));
  }

  @Test
  void aTakenPortNamesTheFlagThatMovesIt() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String refusal = Ports.check("the API", taken.getLocalPort(), "--http-port").orElseThrow();
      assertTrue(refusal.contains("--http-port"), refusal);
      assertTrue(refusal.contains("" + taken.getLocalPort()), refusal);
    }
  }

  @Test
  void aFreePortAndAnyPortAreFine() throws Exception {
    int port;
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
    }
    assertTrue(Ports.check("the API", port, "--http-port").isEmpty());
    assertTrue(Ports.check("the API", 0, "--http-port").isEmpty());
    assertTrue(Ports.check("the API", 70_000, "--http-port").isPresent());
  }

  @Test
  void askedToItEndsWithItsInput() throws Exception {
    var ended = new AtomicInteger();
    var parentEnds = new CountDownLatch(1);
    ExitOnEof.watch(
        Map.of("VGW_EXIT_ON_EOF", "true"), endingWith(parentEnds), ended::incrementAndGet);
    assertEquals(0, ended.get());
    parentEnds.countDown();
    eventually("the action has run", () -> ended.get() == 1);
  }

  private static InputStream endingWith(CountDownLatch parentEnds) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return read(new byte[1], 0, 1);
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          parentEnds.await();
          return -1;
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    };
  }

  @Test
  void notAskedToItLeavesTheInputAlone() throws Exception {
    try (var input = new java.io.ByteArrayInputStream(new byte[3])) {
      ExitOnEof.watch(Map.of(), input, () -> {});
      assertEquals(3, input.available());
    }
  }
}
