package org.skillvoucher.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

final class SimulateRunTest {
  private static final Path CONFIG = Path.of(System.getProperty("vgw.config", "../config"));

  private final Path folder;

  SimulateRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static SimulateRun simulateRun(Scenario scenario, String... command) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new SimulateRun(
        scenario, List.of(command), CONFIG, Optional.empty(), Screen.plain(nowhere));
  }

  private int run(String... command) throws Exception {
    Scenario small = ScenarioFileTest.small();
    return simulateRun(small, command).runIn(folder, PlanMakerTest.plan(small));
  }

  @Test
  void aGatewayThatFailsAtItsStartFailsTheRun() throws Exception {
    assertEquals(1, run("/bin/sh", "-c", "echo broken; exit 1"));
  }

  @Test
  void aGatewayThatLacksSomethingPassesOnItsExitCode() throws Exception {
    assertEquals(2, run("/bin/sh", "-c", "exit 2"));
  }

  @Test
  void aRegionWithoutRulePackIsRefusedBeforeAnythingStarts() throws Exception {
    Scenario elsewhere =
        ScenarioFile.read(
            ScenarioText.read("small.yaml", "region: \"991234\"\n" + ScenarioFileTest.SMALL));
    assertEquals(
        List.of("region 991234 has no rule pack"),
        assertThrows(ScenarioInvalid.class, () -> simulateRun(elsewhere, "/bin/false").run())
            .faults());
  }

  @Test
  void theReportListsEachDifference() throws Exception {
    Scenario small = ScenarioFileTest.small();
    PerfectGateway gateway = new PerfectGateway(PlanMakerTest.plan(small));
    gateway.receipts.getFirst().removeLast();
    ScenarioReport report = new ScenarioReport(small, gateway.compared(), 10, 20, 2, 1, 3.21);
    assertEquals(false, report.json().path("equal").asBoolean());
    assertEquals(7, report.json().path("seed").asLong());
    assertTrue(report.json().path("differences").size() > 0);
    assertTrue(report.json().path("rows").path(0).path("holds").asBoolean());
    java.io.ByteArrayOutputStream shown = new java.io.ByteArrayOutputStream();
    report.show(
        Screen.plain(new PrintStream(shown, true, java.nio.charset.StandardCharsets.UTF_8)));
    assertTrue(
        shown
            .toString(java.nio.charset.StandardCharsets.UTF_8)
            .contains("differs from the expected outcome"));
  }
}
