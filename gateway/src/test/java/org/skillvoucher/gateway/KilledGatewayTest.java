package org.skillvoucher.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/** A gateway process is killed (SIGKILL) and starts again at the first attempt. */
class KilledGatewayTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Statements in one batch, of as many people. */
  private static final int PIECE = 20;

  private final Path folder;
  private final Instant lesson =
      Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

  KilledGatewayTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void whatWasAcknowledgedBeforeTheKillIsReplayedByteForByte() throws Exception {
    try (var platform =
        new StubPlatform(StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1")))) {
      ClassOverHttp client;
      String classId;
      HttpResponse<String> first;
      Process gateway = start(platform);
      try {
        JsonNode ready = ready(gateway);
        client = client(ready);
        classId = client.untilOpen();
        moveClock(ready.get("management").asText(), lesson);
        first = client.scan(classId, "k1");
        assertEquals(201, first.statusCode(), first.body());
      } finally {
        gateway.destroyForcibly().waitFor();
      }
      Process again = start(platform);
      try {
        client = client.movedTo(ready(again).get("api").asText());
        HttpResponse<String> replayed = client.scan(classId, "k1");
        assertEquals(200, replayed.statusCode(), replayed.body());
        assertEquals(first.body(), replayed.body());
        // Business time continues where it was, within the lesson.
        assertEquals(200, client.scan(classId, "k2").statusCode());
        assertEquals(1, client.trainingClass(classId).get("receipts").asInt());
      } finally {
        again.destroy();
        again.waitFor();
      }
      String printed = Files.readString(folder.resolve("out"));
      assertFalse(printed.contains("# stop"), printed);
    }
  }

  /** The kill comes while the platform verifies cards of the third chunk. */
  @Test
  void aKillInTheMiddleOfABatchLosesNothingAcknowledged() throws Exception {
    AtomicReference<Runnable> kill = new AtomicReference<>(() -> {});
    AtomicInteger untilKill = new AtomicInteger(PIECE * 5 / 2);
    StubPlatform.Behaviour ok = StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1"));
    try (var platform =
        new StubPlatform(
            (exchange, asked) -> {
              if (untilKill.decrementAndGet() == 0) {
                kill.get().run();
              }
              ok.answer(exchange, asked);
            })) {
      Process gateway = start(platform);
      kill.set(gateway::destroyForcibly);
      Map<String, String> acknowledged = new HashMap<>();
      ClassOverHttp client;
      String classId;
      List<TestDevice.Tap> taps;
      try {
        JsonNode ready = ready(gateway);
        client = client(ready);
        classId = client.untilOpen(PIECE, 2);
        client.beacon(client.door());
        taps = OfflineStatements.day(client, List.of(client.door()), classId, PIECE, 2);
        moveClock(ready.get("management").asText(), lesson.plus(Duration.ofHours(20)));
        assertThrows(IOException.class, () -> sendInPieces(client, taps, acknowledged));
      } finally {
        gateway.destroyForcibly().waitFor();
      }
      assertEquals(2 * PIECE, acknowledged.size());
      Process again = start(platform);
      try {
        ClassOverHttp anew = client.movedTo(ready(again).get("api").asText());
        Map<String, String> receipts = new HashMap<>();
        sendInPieces(anew, taps, receipts);
        assertEquals(taps.size(), Set.copyOf(receipts.values()).size());
        acknowledged.forEach((tap, receipt) -> assertEquals(receipt, receipts.get(tap)));
        assertEquals(taps.size(), anew.trainingClass(classId).get("receipts").asInt());
      } finally {
        again.destroy();
        again.waitFor();
      }
    }
  }

  /** Receipts by their statement's hash, as they come. */
  private static void sendInPieces(
      ClassOverHttp client, List<TestDevice.Tap> taps, Map<String, String> receipts)
      throws Exception {
    for (int from = 0; from < taps.size(); from += PIECE) {
      List<TestDevice.Tap> piece = taps.subList(from, from + PIECE);
      List<String> answered = OfflineStatements.each(client.batch(client.door(), piece), "receipt");
      for (int i = 0; i < piece.size(); i++) {
        receipts.put(piece.get(i).hash(), answered.get(i));
      }
    }
  }

  private Process start(StubPlatform platform) throws Exception {
    Files.deleteIfExists(readyFile());
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dvgw.config=" + TestPostgres.configFolder().toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.skillvoucher.gateway.Gateway",
                "start-dev",
                "--data",
                folder.resolve("data").toString(),
                "--ready-file",
                readyFile().toString())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().remove("VGW_COMPANION");
    builder
        .environment()
        .putAll(
            Map.of(
                "VGW_HTTP_PORT",
                "0",
                "VGW_MANAGEMENT_PORT",
                "0",
                "VGW_PLATFORM_URL",
                platform.url().toString(),
                "VGW_PLATFORM_ACCESS_KEY",
                "ak-demo-0001",
                "VGW_PLATFORM_SECRET",
                StubPlatform.SECRET,
                "VGW_PLATFORM_ENVELOPE_KEY",
                StubPlatform.KEY,
                // So that the kill leaves a chunk partly recorded.
                "VGW_ENTITY_BATCH_CHUNK",
                "4",
                "VGW_ENTITY_BATCH_AT_ONCE",
                "4"));
    return builder.start();
  }

  private Path readyFile() {
    return folder.resolve("ready.json");
  }

  private JsonNode ready(Process gateway) throws Exception {
    ClassOverHttp.await(
        () -> {
          if (!gateway.isAlive()) {
            throw new AssertionError(Files.readString(folder.resolve("err")));
          }
          return Files.exists(readyFile());
        });
    return JSON.readTree(Files.readString(readyFile()));
  }

  private ClassOverHttp client(JsonNode ready) {
    JsonNode tokens = ready.get("tokens");
    return new ClassOverHttp(
        ready.get("api").asText(),
        new ClassOverHttp.Credentials(
            tokens.get("issuing_authority").asText(),
            tokens.get("institution").asText(),
            tokens.get("card_platform").asText()),
        lesson);
  }

  private static void moveClock(String management, Instant to) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(management + "/dev/clock"))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "clock")
            .POST(HttpRequest.BodyPublishers.ofString("{\"advanceTo\":\"%s\"}".formatted(to)))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertEquals(200, http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }
  }
}
