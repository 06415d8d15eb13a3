package org.skillvoucher.gateway.cli.development;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skillvoucher.gateway.Configuration;
import org.skillvoucher.gateway.ResourceStack;
import org.skillvoucher.gateway.Settings;
import org.skillvoucher.gateway.bench.JournalBench;
import org.skillvoucher.gateway.cli.DevelopmentCommand;
import org.skillvoucher.gateway.cli.SettingsOptions;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.development.EmbeddedDatabase;
import org.skillvoucher.gateway.development.EmbeddedDatabaseSettings;
import org.skillvoucher.gateway.development.ExitOnEof;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.receipt.Sm2Sealer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code vgw bench-journal}: the part of {@code vgw bench} that runs in the gateway's own process.
 * It prints a line for each measurement.
 */
@Command(
    name = "bench-journal",
    description = "Measures journal and activation in process; use ./vgw bench.",
    mixinStandardHelpOptions = true)
public final class BenchJournalCommand implements DevelopmentCommand {
  private static final Duration PASSIVATED_AFTER = Duration.ofSeconds(4);

  @Mixin private SettingsOptions options = new SettingsOptions();

  @Option(names = "--json", required = true, description = "Takes the measurements.")
  private Path json = Path.of("bench.json");

  @Option(names = "--repetitions", description = "Rounds (default: ${DEFAULT-VALUE}).")
  private int repetitions = 5;

  @Option(names = "--millis", description = "Of one measurement (default: ${DEFAULT-VALUE}).")
  private long millis = 3_000;

  @Option(
      names = "--classes",
      description = "Activated in one measurement (default: ${DEFAULT-VALUE}).")
  private int classes = 600;

  @Override
  public Integer call() throws Exception {
    try (var running = new ResourceStack()) {
      running.closeAtExit();
      ExitOnEof.watch(System.getenv(), System.in, () -> System.exit(1));
      EmbeddedDatabase database =
          running.add(EmbeddedDatabase.start(EmbeddedDatabaseSettings.ephemeral()));
      var fixture = fixture(database.url(), running.temporaryFolder());
      var amount =
          new JournalBench.Amount(
              repetitions, Duration.ofMillis(millis), classes, PASSIVATED_AFTER);
      var bench = running.add(new JournalBench(fixture, amount, System.out::println));
      Map<String, List<Double>> samples = bench.measure();
      new ObjectMapper().writeValue(json.toFile(), samples);
    }
    return 0;
  }

  private JournalBench.Fixture fixture(String url, Path folder) throws IOException {
    Map<String, String> own = new LinkedHashMap<>(Map.of("database.url", url));
    StartDevCommand.secrets(options.load(own), own);
    Config config = options.load(own);
    Settings settings = Settings.read(config);
    Database.migrate(settings.database(), Configuration.folder().resolve("migrations"));
    InstantSource clock = InstantSource.system();
    var keys = ReceiptKeys.create(folder, settings.issuer(), true, clock);
    return new JournalBench.Fixture(
        config,
        url,
        settings.database(),
        settings.feed(),
        settings.entity(),
        new Sm2Sealer(keys, settings.issuer()),
        clock.instant().plus(1, ChronoUnit.DAYS));
  }
}
