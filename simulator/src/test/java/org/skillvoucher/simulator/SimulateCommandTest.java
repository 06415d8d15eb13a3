package org.skillvoucher.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.simulator.wire.Json;
import picocli.CommandLine;

final class SimulateCommandTest {
  private static final Path SCENARIOS =
      Path.of(System.getProperty("vgw.config", "../config")).resolve("scenarios");

  private final Path folder;
  private String errors = "";

  SimulateCommandTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int simulate(String... arguments) {
    PrintStream before = System.err;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setErr(new PrintStream(captured, true, UTF_8));
    try {
      return new CommandLine(new SimulateCommand()).execute(arguments);
    } finally {
      System.setErr(before);
      errors = captured.toString(UTF_8);
    }
  }

  private static String scenario(String name) {
    return SCENARIOS.resolve(name + ".yaml").toString();
  }

  @Test
  void anInvalidScenarioIsWrongUsage() throws IOException {
    Path file = folder.resolve("bad.yaml");
    Files.writeString(file, "name: bad\nload: {speed: 0}\n");
    Path tokens = folder.resolve("tokens.json");
    Files.writeString(tokens, "{}");
    assertEquals(
        2, simulate(file.toString(), "--gateway", "http://127.0.0.1:1", "--tokens", tokens + ""));
    assertTrue(errors.contains("bad.yaml:2: load.speed must be"), errors);
  }

  @Test
  void aFileThatIsNotThereIsWrongUsage() {
    assertEquals(2, simulate(folder.resolve("none.yaml").toString()));
  }

  @ParameterizedTest
  @CsvSource({
    "door-burst,  --html=x.html,                a correctness scenario runs on a gateway of its own",
    "ramp,        --tokens=x.json,              need a --gateway",
    "ramp,        --gateway=http://127.0.0.1:1, --gateway needs --tokens",
    "ramp,        --part=2/1,                   --part is K/N",
    "ramp,        --part=1/2,                   --part is a share of the load on one --gateway",
    "ramp,        --chaos=kill-all,             --chaos knows no kill-all",
    "ramp,        --rounds=3,                   --rounds is the number of faults --chaos injects",
    "ramp,        --durability=maybe,           --durability is on or off",
  })
  void optionsThatDoNotGoTogetherAreWrongUsage(String name, String option, String expected) {
    assertEquals(2, simulate(scenario(name), option));
    assertTrue(errors.contains(expected), errors);
  }

  @Test
  void aGatewayThatCannotBeReachedHasAnExitCodeOfItsOwn() throws IOException {
    var tokens = Json.object();
    List<String> roles =
        List.of("issuing_authority", "institution", "card_platform", "auditor", "operator");
    roles.forEach(role -> tokens.put(role, "token"));
    Path file = folder.resolve("tokens.json");
    Files.write(file, Json.write(tokens));
    assertEquals(
        3,
        simulate(scenario("downstream-down"), "--gateway=http://127.0.0.1:1", "--tokens=" + file));
    assertTrue(errors.contains("was not answered"), errors);
  }
}
