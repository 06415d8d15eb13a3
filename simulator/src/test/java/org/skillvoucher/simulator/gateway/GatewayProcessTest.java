package org.skillvoucher.simulator.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell instead of a gateway, which prints its arguments. */
final class GatewayProcessTest {
  private static final String TOKENS =
      Arrays.stream(Role.values())
          .map(role -> "\"" + role.code() + "\":\"t\"")
          .collect(Collectors.joining(","));

  /** Given port 0 it takes 4711 and 4712; its ready file comes last of the arguments. */
  private static final String SCRIPT =
      """
      echo "started with $*"
      for ready; do :; done
      [ "$VGW_HTTP_PORT" = 0 ] && VGW_HTTP_PORT=4711 VGW_MANAGEMENT_PORT=4712
      printf '{"api":"http://127.0.0.1:%%s","management":"http://127.0.0.1:%%s","data":"d",' \
        "$VGW_HTTP_PORT" "$VGW_MANAGEMENT_PORT" > "$ready.part"
      printf '"tokens":{%s}}' >> "$ready.part"
      mv "$ready.part" "$ready"
      read -r nothing
      """
          .formatted(TOKENS);

  private final Path folder;

  GatewayProcessTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private GatewayProcess.Start shell(GatewayProcess.Data data) {
    return new GatewayProcess.Start(List.of("sh", "-c", SCRIPT, "gateway"), data);
  }

  @Test
  void killedItIsStartedAgainOnTheSameDataAndPortsAndGoesOnInTheSameLog() throws Exception {
    Path data = folder.resolve("data");
    var how = shell(new GatewayProcess.Data.InFolder(data)).forgetful();
    try (GatewayProcess gateway = GatewayProcess.start(how, Map.of(), folder)) {
      ReadyFile first = gateway.awaitReady(() -> {});
      assertEquals("http://127.0.0.1:4711", first.api());
      gateway.kill();
      assertFalse(gateway.isAlive());
      assertThrows(GatewayProcess.Ended.class, () -> awaitAnotherReadyFile(gateway));
      Files.writeString(folder.resolve("ready.json"), Files.readString(folder.resolve("before")));
      gateway.startAgain();
      ReadyFile second = gateway.awaitReady(() -> {});
      assertTrue(gateway.isAlive());
      assertEquals(first.api(), second.api());
      assertEquals(first.management(), second.management());
      String start =
          "started with --data=%s --durability=off --ready-file %s"
              .formatted(data, folder.resolve("ready.json"));
      assertEquals(List.of(start, start), Files.readAllLines(gateway.log()));
    }
  }

  /** A dead gateway is distinguished from one that is not ready yet. */
  private void awaitAnotherReadyFile(GatewayProcess gateway) throws Exception {
    Files.move(folder.resolve("ready.json"), folder.resolve("before"));
    gateway.awaitReady(() -> {});
  }

  @Test
  void freshDataIsGoneAtTheEndAndTheUsualDataStaysWhereItIs() throws Exception {
    assertEquals("--ephemeral", argumentsOf(new GatewayProcess.Data.Fresh()));
    assertEquals("", argumentsOf(new GatewayProcess.Data.Usual()));
  }

  /** Those before the ready file. */
  private String argumentsOf(GatewayProcess.Data data) throws Exception {
    Files.deleteIfExists(folder.resolve("ready.json"));
    try (GatewayProcess gateway =
        GatewayProcess.start(shell(data), Map.of("VGW_HTTP_PORT", "0"), folder)) {
      gateway.awaitReady(() -> {});
      String line = Files.readAllLines(gateway.log()).getFirst();
      return line.substring("started with ".length(), line.indexOf("--ready-file")).strip();
    }
  }
}
