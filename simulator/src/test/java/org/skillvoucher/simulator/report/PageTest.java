package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PageTest {
  private static final Map<String, Measured> RUNS =
      Map.of(
          "good", MadeUp.goodDay(),
          "missed", MadeUp.morningPeak(),
          "broken", MadeUp.lossy(),
          "ramp", MadeUp.ramp());

  @Test
  void thePagesCanBeLookedAt() throws Exception {
    Path folder = Files.createDirectories(Path.of("target/pages"));
    for (var run : RUNS.entrySet()) {
      Path file = folder.resolve(run.getKey() + ".html");
      Page.write(run.getValue(), file);
      MeasuredFile.write(run.getValue(), folder.resolve(run.getKey() + ".json"));
      assertTrue(Files.size(file) > 10_000);
    }
  }
}
