package org.skillvoucher.simulator.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.load.LoadOptions;
import org.skillvoucher.simulator.load.LoadRun;
import org.skillvoucher.simulator.load.LoadShare;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.yaml.ScenarioText;

class UnderLoadTest {
  @Test
  void theScenarioHasEnoughClassesForItsArrivals() throws Exception {
    String text =
        UnderLoad.scenario(
            "paced",
            List.of(new UnderLoad.SteadyPhase(10, 500), new UnderLoad.SteadyPhase(20, 9_000)));
    assertTrue(text.contains("- {for: 20s, rate: 9000}"), text);
    assertTrue(text.contains("count: 185"), text);
    var options =
        new LoadOptions(
            new LoadOptions.OwnGateway(List.of("gateway"), true),
            Path.of("config"),
            LoadShare.WHOLE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    var unused =
        LoadRun.of(
            ScenarioText.read("paced", text), Optional.empty(), options, Screen.plain(System.out));
  }
}
