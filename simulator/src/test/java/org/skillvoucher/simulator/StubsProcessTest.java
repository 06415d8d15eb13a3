package org.skillvoucher.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The stubs as the launcher starts them. */
final class StubsProcessTest {
  private static final Pattern READY = Pattern.compile("ready platform=(\\S+) downstream=(\\S+)");
  private static final Map<String, String> SECRETS =
      Map.of(
          "VGW_PLATFORM_ACCESS_KEY", "ak",
          "VGW_PLATFORM_SECRET", "sk",
          "VGW_PLATFORM_ENVELOPE_KEY", "00".repeat(16),
          "VGW_DOWNSTREAM_SECRET", "ds",
          "VGW_STUBS_DOWNSTREAM_PORT", "0",
          "VGW_EXIT_ON_EOF", "true");

  private static Process start(Map<String, String> environment, String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dvgw.config=" + System.getProperty("vgw.config", "../config"),
            "-cp",
            System.getProperty("java.class.path"),
            "org.skillvoucher.simulator.Simulator");
    builder.command().addAll(List.of(arguments));
    SECRETS.keySet().forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Test
  void theyTellWhereTheyListenKnowTheSamplesCardsAndEndWithTheirInput() throws Exception {
    Process process = start(SECRETS, "stubs", "--platform-port", "0");
    try (var output = process.inputReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      Matcher ready = READY.matcher(String.valueOf(output.readLine()));
      assertTrue(ready.matches());
      HttpRequest nobody =
          HttpRequest.newBuilder(URI.create(ready.group(1) + "/control/cards"))
              .POST(HttpRequest.BodyPublishers.ofString("[]"))
              .build();
      assertEquals(
          "{\"registered\":0,\"known\":51}",
          client.send(nobody, HttpResponse.BodyHandlers.ofString()).body());
      HttpRequest received =
          HttpRequest.newBuilder(URI.create(ready.group(2) + "/control/received")).build();
      assertEquals(
          "{\"items\":[]}", client.send(received, HttpResponse.BodyHandlers.ofString()).body());
      process.getOutputStream().close();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void withoutSecretsTheyDoNotStart() throws Exception {
    Process process = start(Map.of(), "stubs");
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(2, process.exitValue());
  }

  @Test
  void anUnknownVerbIsWrongUsage() throws Exception {
    Process process = start(Map.of(), "dance");
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(2, process.exitValue());
  }
}
