package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.gateway.cardplatform.StubPlatform;

/** The sample's device of shell, curl and OpenSSL, on a whole gateway: none of our code signs. */
class DeviceScriptTest {
  private static final Path SCRIPT =
      TestPostgres.configFolder().resolve("sample").resolve("device.sh").toAbsolutePath();
  private static final Instant FILED = Instant.parse("2026-03-01T01:00:00Z");
  private static final Instant LESSON = Instant.parse("2026-03-02T01:00:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicReference<Instant> now = new AtomicReference<>(FILED);
  private final Path folder;

  DeviceScriptTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private record Run(int exitCode, String output) {}

  private Run script(Instant tappedAt, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
    command.add(folder.resolve("device").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TAPPED_AT", Long.toString(tappedAt.toEpochMilli()));
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it has not ended: " + output);
    return new Run(process.exitValue(), output);
  }

  @Test
  void itEnrolsAndItsChainHoldsAlsoAfterARefusal() throws Exception {
    try (var platform =
            new StubPlatform(StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1")));
        TestNode node =
            TestNode.start(
                TestPostgres.freshDatabase(), platform, folder.resolve("keys"), now::get)) {
      ClassOverHttp client = node.client(node.credentials(), LESSON);
      String classId = client.untilOpen(2, 1);
      JsonNode invited = client.invite("shell");
      String device = invited.get("device").asText();
      String api = node.apiAddress();
      Run enrolled = script(FILED, "enrol", api, device, invited.get("enrolmentCode").asText());
      assertEquals(new Run(0, "enrolled " + device + "\n"), enrolled);

      now.set(LESSON);
      List<Trainee> people = Trainee.first(2);
      Run first = script(LESSON, "scan", api, classId, "L1", "in", people.getFirst().card());
      Run tooEarly =
          script(
              LESSON.plusSeconds(1), "scan", api, classId, "L1", "out", people.getFirst().card());
      Run second =
          script(LESSON.plusSeconds(2), "scan", api, classId, "L1", "in", people.getLast().card());

      assertEquals(device + " 1", whose(first));
      assertTrue(tooEarly.exitCode() != 0, tooEarly.output());
      assertTrue(tooEarly.output().contains("\"outside_window\""), tooEarly.output());
      assertEquals(device + " 2", whose(second));
    }
  }

  private static String whose(Run run) throws Exception {
    assertEquals(0, run.exitCode(), run.output());
    JsonNode payload = JSON.readTree(run.output()).get("payload");
    return payload.get("dev").asText() + " " + payload.get("dsq").asLong();
  }
}
