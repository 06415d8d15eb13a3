package org.skillvoucher.gateway.cli;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skillvoucher.gateway.Configuration;
import org.skillvoucher.gateway.Node;
import org.skillvoucher.gateway.ResourceStack;
import org.skillvoucher.gateway.RulePackFolder;
import org.skillvoucher.gateway.Settings;
import org.skillvoucher.gateway.Version;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.security.DeploymentKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vgw start}: production. No demo credentials, no clock but the system's. */
@Command(
    name = "start",
    description = "Starts the gateway on a PostgreSQL and keys of your own.",
    mixinStandardHelpOptions = true)
public final class StartCommand implements Callable<Integer> {
  @Mixin private SettingsOptions options = new SettingsOptions();

  @Option(
      names = "--allow-development-keys",
      description = "Starts on keys made by start-dev; receipts signed by them prove nothing.")
  private boolean allowDevelopmentKeys;

  @Override
  public Integer call() throws IOException {
    Config config = options.load();
    Settings settings = Settings.read(config);
    Node.Dependencies dependencies = dependencies(settings);
    checkSchema(settings);
    try (var running = new ResourceStack()) {
      running.closeAtExit();
      Node node = running.add(Node.start(config, settings, dependencies));
      System.out.println("Skill Voucher Gateway " + Version.text());
      System.out.println("  API         " + node.apiAddress() + "/v1");
      System.out.println("  management  " + node.managementAddress());
      running.awaitExit();
    }
    return 0;
  }

  private Node.Dependencies dependencies(Settings settings) throws IOException {
    Path folder = settings.keys().folder();
    ReceiptKeys keys = ReceiptKeys.load(folder);
    if (keys.isDevelopment() && !allowDevelopmentKeys && !settings.keys().allowDevelopment()) {
      throw new CommandFailures.Refused(
          "the keys in "
              + folder
              + " were made by start-dev; make others with ./vgw keys, or allow these with"
              + " --allow-development-keys");
    }
    return new Node.Dependencies(
        InstantSource.system(),
        Optional.empty(),
        Optional.empty(),
        keys,
        DeploymentKey.load(folder),
        RulePackFolder.load(Configuration.folder().resolve("rules")));
  }

  private static void checkSchema(Settings settings) {
    Path migrations = Configuration.folder().resolve("migrations");
    Database.schemaFault(settings.database(), migrations)
        .ifPresent(
            fault -> {
              throw new CommandFailures.Refused(
                  "the database's schema is not this version's; run ./vgw migrate. " + fault);
            });
  }
}
