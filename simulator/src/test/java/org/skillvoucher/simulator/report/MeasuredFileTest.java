package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Step;
import org.skillvoucher.simulator.report.Measured.Usage;
import org.skillvoucher.simulator.report.Measured.Work;

final class MeasuredFileTest {
  private static final Measured WHOLE =
      new Measured(
          Runs.run(2.5),
          Runs.work(10, Runs.latencies(1, 2, 3, 4000)),
          Runs.work(3, Runs.latencies(12)),
          List.of(
              new Second(0, 5, 5, 3, 3, 0, 2, Runs.latencies(1, 2, 3), Map.of()),
              new Second(1, 5, 5, 1, 1, 0, 6, Runs.latencies(4000), Map.of("try_again", 3L))),
          List.of(new Usage(0.5, Map.of(Gauge.GATEWAY_CPU, 212.5, Gauge.FEED_LAG, 3.0))),
          List.of(new Fault("kill-gateway", 1.25, 0, 4321)),
          List.of(new Step(100, 99.5, 12.5, 0.001, true)),
          Runs.thresholds(Map.of("scan.delay", List.of("p(99) < 500 ms", "max < 5 s"))),
          List.of(new Check("C1", "every receipt is kept", 4, 0, List.of())));

  @Test
  void aResultIsReadAsItWasWritten(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("run.json");
    MeasuredFile.write(WHOLE, file);
    assertEquals(WHOLE, MeasuredFile.read(file));
  }

  @Test
  void theFileHasTheVerdictForOtherPrograms() {
    JsonNode json = MeasuredFile.json(WHOLE);
    assertEquals("missed", json.at("/verdict/outcome").asText());
    assertEquals(99, json.at("/verdict/exitCode").asInt());
    assertEquals("p(99) < 500 ms", json.at("/verdict/thresholds/0/expression").asText());
    assertEquals(false, json.at("/verdict/thresholds/0/met").asBoolean(true));
    assertEquals(2, json.at("/seconds/0/delays/p50Millis").asDouble(), 0.1);
    assertEquals("2026-11-21T00:30:00Z", json.at("/run/started").asText());
    assertEquals(212.5, json.at("/usage/0/values/gateway.cpu").asDouble());
  }

  /** Files of earlier versions have these names, so they must not change with the Java names. */
  @Test
  void namesInTheFileAreThoseOfEarlierVersions() {
    JsonNode json = MeasuredFile.json(WHOLE);
    assertTrue(json.at("/scans/delays/histogram").isTextual());
    assertTrue(json.at("/steps/0/good").asBoolean());
    assertEquals(4, json.at("/checks/0/looked").asInt());
  }

  @Test
  void theVerdictInTheFileIsIgnored(@TempDir Path folder) throws Exception {
    ObjectNode json = MeasuredFile.json(WHOLE);
    ((ObjectNode) json.path("verdict"))
        .put("outcome", "good")
        .putObject("comeAgain")
        .put("told", 3);
    Path file = Files.writeString(folder.resolve("earlier.json"), json.toString());
    assertEquals(WHOLE, MeasuredFile.read(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{}",
        "{\"format\":\"vgw-measured/2\"}",
        "{\"format\":\"vgw-measured/1\"}",
        "{\"format\":\"vgw-measured/1\",\"run\":null}"
      })
  void anyOtherFileIsUnreadable(String text, @TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), text);
    var unreadable = assertThrows(MeasuredFile.Unreadable.class, () -> MeasuredFile.read(file));
    assertTrue(unreadable.toString().contains("other.json is not the result of a run"));
  }

  @Test
  void aViolationOutranksLateArrivalsWhichOutrankAMissedThreshold() {
    Thresholds never = Runs.thresholds(Map.of("scan.accepted", List.of("count > 1000")));
    Work late = new Work(100, 100, 100, 100, 0, 0, 2, 0, Latencies.none(), Map.of());
    Work punctual = new Work(100, 100, 100, 100, 0, 0, 1, 0, Latencies.none(), Map.of());
    List<Check> red = List.of(new Check("C1", "", 100, 1, List.of("a receipt")));
    assertEquals(Outcome.GOOD, Runs.of(punctual).outcome());
    assertEquals(Outcome.MISSED, Runs.with(Runs.of(punctual), never).outcome());
    assertEquals(Outcome.INVALID, Runs.with(Runs.of(late), never).outcome());
    assertEquals(Outcome.BROKEN, Runs.with(Runs.with(Runs.of(late), never), red).outcome());
    assertEquals(Outcome.GOOD, withFault(Runs.of(late)).outcome());
    assertEquals(
        List.of(1, 4, 99, 0), List.of(Outcome.values()).stream().map(Outcome::exitCode).toList());
  }

  /** The same with a fault in it: then lateness is expected. */
  private static Measured withFault(Measured run) {
    return new Measured(
        run.run(),
        run.scans(),
        run.batches(),
        run.seconds(),
        run.usage(),
        List.of(new Fault("kill-gateway", 1, 0, 2_000)),
        run.steps(),
        run.thresholds(),
        run.checks());
  }
}
