package org.skillvoucher.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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

  private record Run(int exitCode, String output, String faults) {}

  private Process begin(Instant tappedAt, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString()));
    command.add(folder.resolve("device").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TAPPED_AT", Long.toString(tappedAt.toEpochMilli()));
    builder.environment().put("ATTEMPTS", "2");
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private static Run end(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    String faults = new String(process.getErrorStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it has not ended: " + output + faults);
    return new Run(process.exitValue(), output, faults);
  }

  private Run script(Instant tappedAt, String... arguments) throws Exception {
    return end(begin(tappedAt, arguments));
  }

  /** A device of the script at an open class of this many people, behind a proxy. */
  private final class Door implements AutoCloseable {
    private final StubPlatform platform =
        new StubPlatform(StubPlatform.fields(Map.of("outcome", "OK", "reference", "R1")));
    private final TestNode node;
    private final CuttingProxy proxy;
    private final String classId;
    private final String device;
    private final List<Trainee> people;
    private final ClassOverHttp client;

    Door(int people) throws Exception {
      node =
          TestNode.start(TestPostgres.freshDatabase(), platform, folder.resolve("keys"), now::get);
      proxy = new CuttingProxy(node.apiAddress());
      client = node.client(node.credentials(), LESSON);
      classId = client.untilOpen(people, 1);
      this.people = Trainee.first(people);
      JsonNode invited = client.invite("shell");
      device = invited.get("device").asText();
      Run enrolled =
          script(FILED, "enrol", proxy.address(), device, invited.get("enrolmentCode").asText());
      assertEquals(new Run(0, "enrolled " + device + "\n", ""), enrolled);
      now.set(LESSON);
    }

    String[] scan(int person, String act) {
      return new String[] {"scan", proxy.address(), classId, "L1", act, people.get(person).card()};
    }

    /** A scan of a person, some seconds into the lesson. */
    Run tap(int person, int second) throws Exception {
      return script(LESSON.plusSeconds(second), scan(person, "in"));
    }

    String deviceState() throws Exception {
      return client
          .read("/v1/institutions/" + ClassOverHttp.SCHOOL + "/devices")
          .findParents("device")
          .stream()
          .filter(shown -> shown.path("device").asText().equals(device))
          .findFirst()
          .orElseThrow()
          .path("status")
          .asText();
    }

    @Override
    public void close() throws IOException {
      proxy.close();
      node.close();
      platform.close();
    }
  }

  @Test
  void itEnrolsAndItsChainHoldsAlsoAfterARefusal() throws Exception {
    try (var door = new Door(2)) {
      Run first = door.tap(0, 0);
      Run tooEarly = script(LESSON.plusSeconds(1), door.scan(0, "out"));
      Run second = door.tap(1, 2);

      assertEquals(door.device + " 1", whose(first));
      assertEquals(1, tooEarly.exitCode(), tooEarly.toString());
      assertEquals("outside_window", JSON.readTree(tooEarly.output()).get("code").asText());
      assertEquals(door.device + " 2", whose(second));
    }
  }

  @Test
  void aDoubleTapDoesNotUseACounter() throws Exception {
    try (var door = new Door(2)) {
      Run first = door.tap(0, 0);
      Run again = door.tap(0, 2);
      Run other = door.tap(1, 4);

      assertTrue(JSON.readTree(first.output()).get("counterUsed").asBoolean());
      assertFalse(JSON.readTree(again.output()).get("counterUsed").asBoolean());
      assertEquals(whose(first), whose(again));
      assertEquals(door.device + " 2", whose(other));
    }
  }

  @Test
  void tapsAtTheSameMomentWaitForEachOther() throws Exception {
    try (var door = new Door(4)) {
      List<Process> running = new ArrayList<>();
      for (int person : List.of(0, 0, 1, 2)) {
        running.add(begin(LESSON.plusSeconds(2L * running.size()), door.scan(person, "in")));
      }
      List<String> receipts = new ArrayList<>();
      for (Process process : running) {
        Run run = end(process);
        // In another order than they were begun, one may have come too fast after another.
        receipts.add(run.exitCode() == 0 ? whose(run) : run.output());
      }
      assertEquals(receipts.get(0), receipts.get(1));
      assertEquals(
          Set.of(door.device + " 1", door.device + " 2", door.device + " 3"), Set.copyOf(receipts));
      assertEquals(door.device + " 4", whose(door.tap(3, 20)));
    }
  }

  @ParameterizedTest(name = "after {0} octets")
  @ValueSource(ints = {0, 20, 150, 700})
  void anAnswerThatWasCutOffIsAskedForAgainWithTheSameStatement(int octets) throws Exception {
    try (var door = new Door(2)) {
      door.proxy.cut(1, octets);
      int before = door.proxy.requests();
      Run first = door.tap(0, 0);
      assertEquals(door.device + " 1", whose(first));
      assertEquals(2, door.proxy.requests() - before);
      assertEquals(door.device + " 2", whose(door.tap(1, 2)));
      assertEquals("enrolled", door.deviceState());
    }
  }

  @Test
  void aStatementWithoutAnAnswerIsSentFirstTheNextTime() throws Exception {
    try (var door = new Door(2)) {
      door.proxy.cut(2, 30);
      Run lost = door.tap(0, 0);
      assertEquals(75, lost.exitCode(), lost.toString());
      assertEquals("", lost.output());
      Run next = door.tap(1, 2);
      assertEquals(door.device + " 2", whose(next));
      assertTrue(next.faults().contains("has its receipt"), next.faults());

      door.proxy.cut(2, 30);
      assertEquals(75, script(LESSON.plusSeconds(4), door.scan(1, "in")).exitCode());
      Run sent = script(LESSON, "send", door.proxy.address(), door.classId);
      assertEquals(door.device + " 2", whose(sent));
      assertEquals(0, script(LESSON, "send", door.proxy.address(), door.classId).exitCode());
      assertEquals("enrolled", door.deviceState());
    }
  }

  @Test
  void anAnswerOf202IsNotCountedAndTheStatementIsKept() throws Exception {
    try (var door = new Door(2)) {
      Path state = folder.resolve("device").resolve(door.classId);
      Files.writeString(state, "3 " + "A".repeat(43) + "\n");
      Run gap = door.tap(0, 0);
      assertEquals(75, gap.exitCode(), gap.toString());
      assertTrue(gap.faults().contains("device_counter_gap"), gap.faults());
      assertEquals("3 " + "A".repeat(43) + "\n", Files.readString(state));
      assertTrue(Files.exists(state.resolveSibling(door.classId + ".pending")));
    }
  }

  @Test
  void aLockOfAProcessThatWasKilledDoesNotStopTheDevice() throws Exception {
    try (var door = new Door(1)) {
      Process killed = new ProcessBuilder("sh", "-c", "exit 0").start();
      killed.waitFor();
      Files.writeString(
          folder.resolve("device").resolve(door.classId + ".lock"), killed.pid() + "\n");
      assertEquals(door.device + " 1", whose(door.tap(0, 0)));
    }
  }

  @Test
  void aRefusedEnrolmentEndsWithOneAndTheProblem() throws Exception {
    try (var door = new Door(1)) {
      Run refused =
          script(FILED, "enrol", door.proxy.address(), door.device, "AAAA-BBBB-CCCC-DDDD");
      assertEquals(1, refused.exitCode(), refused.toString());
      assertTrue(refused.output().contains("\"code\""), refused.output());
      assertEquals(door.device + " 1", whose(door.tap(0, 0)));
    }
  }

  private static String whose(Run run) throws Exception {
    assertEquals(0, run.exitCode(), run.toString());
    JsonNode payload = JSON.readTree(run.output()).get("payload");
    return payload.get("dev").asText() + " " + payload.get("dsq").asLong();
  }
}
