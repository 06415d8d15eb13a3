package org.skillvoucher.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class SimulateCommandTest {
  private final Path folder;

  SimulateCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int simulate(String... arguments) {
    return new CommandLine(new SimulateCommand()).execute(arguments);
  }

  @Test
  void aScenarioThatCannotBePlayedIsWrongUsage() throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, "name: bad\nclasses: {people: 0}\n");
    assertEquals(2, simulate(file.toString()));
  }

  @Test
  void aFileThatIsNotThereIsWrongUsage() {
    assertEquals(2, simulate(folder.resolve("none.yaml").toString()));
  }
}
