package org.skillvoucher.simulator.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.screen.Screen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vgw demo}. */
@Command(
    name = "demo",
    description = {
      "Runs one class over HTTP, from filing to forwarded evidence, and checks every number.",
      "Ends with 0 when all is as it must be, 1 when it is not, 2 for wrong usage, 3 when the"
          + " gateway cannot be reached."
    },
    mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
  @Option(
      names = "--once",
      description = "End after the last check, instead of leaving all running.")
  private boolean once;

  @Option(names = "--keep", description = "Run on the persistent data in .vgw and the usual ports.")
  private boolean keep;

  @Option(
      names = "--receipts",
      paramLabel = "DIR",
      description = "Write each receipt as <id>.vtr, and the certificates below DIR/keys.")
  private @Nullable Path receipts;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers as JSON.")
  private @Nullable Path json;

  @Override
  public Integer call() throws Exception {
    List<String> command =
        GatewayProcess.Start.commandOf(Optional.ofNullable(System.getenv("VGW_GATEWAY_COMMAND")));
    if (command.isEmpty()) {
      System.err.println(
          "VGW_GATEWAY_COMMAND, the command that starts a gateway, is not set; use ./vgw demo");
      return 2;
    }
    Path config = Path.of(System.getProperty("vgw.config", "config"));
    if (!Files.isRegularFile(config.resolve("sample").resolve("roster.csv"))) {
      System.err.println("no sample files below " + config.toAbsolutePath());
      return 2;
    }
    return new DemoRun(
            new DemoOptions(
                once,
                keep,
                Optional.ofNullable(receipts),
                Optional.ofNullable(json),
                command,
                config),
            Screen.of(System.out))
        .run();
  }
}
