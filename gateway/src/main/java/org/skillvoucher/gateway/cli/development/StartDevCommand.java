package org.skillvoucher.gateway.cli.development;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.gateway.Configuration;
import org.skillvoucher.gateway.Node;
import org.skillvoucher.gateway.ResourceStack;
import org.skillvoucher.gateway.RulePackFolder;
import org.skillvoucher.gateway.Settings;
import org.skillvoucher.gateway.Version;
import org.skillvoucher.gateway.api.MovableClock;
import org.skillvoucher.gateway.cli.CommandFailures;
import org.skillvoucher.gateway.cli.DevelopmentCommand;
import org.skillvoucher.gateway.cli.SettingsOptions;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.development.AcceptAllCardPlatform;
import org.skillvoucher.gateway.development.Banner;
import org.skillvoucher.gateway.development.DevelopmentClock;
import org.skillvoucher.gateway.development.EmbeddedDatabase;
import org.skillvoucher.gateway.development.EmbeddedDatabaseSettings;
import org.skillvoucher.gateway.development.ExitOnEof;
import org.skillvoucher.gateway.development.Ports;
import org.skillvoucher.gateway.development.ReadyFile;
import org.skillvoucher.gateway.development.StubsProcess;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.Gm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vgw start-dev}: everything embedded, nothing to install, not for production. */
@Command(
    name = "start-dev",
    description = "Starts everything embedded for trying out: PostgreSQL, stubs, demo tokens.",
    mixinStandardHelpOptions = true)
public final class StartDevCommand implements DevelopmentCommand {
  @Mixin private SettingsOptions options = new SettingsOptions();

  @Option(names = "--ephemeral", description = "Discards all data at the end.")
  private boolean ephemeral;

  @Option(
      names = "--data",
      defaultValue = ".vgw",
      description = "Where data is kept (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of(".vgw");

  @Option(
      names = "--ready-file",
      description = "Written once everything answers: addresses and demo tokens, as JSON.")
  private @Nullable Path readyFile;

  @Option(
      names = "--platform-port",
      defaultValue = "8090",
      description = "Port of the card platform stub (default: ${DEFAULT-VALUE}).")
  private int platformPort;

  @Option(
      names = "--downstream-port",
      defaultValue = "8091",
      description = "Port of the downstream stub (default: ${DEFAULT-VALUE}).")
  private int downstreamPort;

  @Option(
      names = "--durability",
      defaultValue = "on",
      paramLabel = "on|off",
      description =
          "off: the embedded PostgreSQL answers before it has written, so that a crash must lose"
              + " acknowledged scans and a test of durability must fail.")
  private Durability durability = Durability.ON;

  @Option(
      names = "--cards",
      defaultValue = "asked",
      paramLabel = "asked|unasked",
      description =
          "unasked: every card is taken as genuine and no card platform is asked, to measure the"
              + " gateway alone.")
  private Cards cards = Cards.ASKED;

  private enum Cards {
    ASKED,
    UNASKED
  }

  private enum Durability {
    ON,
    OFF
  }

  @Override
  public Integer call() throws IOException {
    Config plain = options.load();
    List<String> stubsCommand =
        StubsProcess.commandLine(Optional.ofNullable(System.getenv("VGW_COMPANION")).orElse(""));
    checkPorts(plain, !stubsCommand.isEmpty());
    if (readyFile != null) {
      ReadyFile.clear(readyFile);
    }
    try (var running = new ResourceStack()) {
      ExitOnEof.watch(System.getenv(), System.in, () -> System.exit(0));
      running.closeAtExit();
      start(plain, stubsCommand, running);
      running.awaitExit();
    }
    return 0;
  }

  private void start(Config plain, List<String> stubsCommand, ResourceStack running)
      throws IOException {
    Map<String, String> own = new LinkedHashMap<>();
    Path folder = database(plain, running, own);
    secrets(plain, own);
    if (!stubsCommand.isEmpty()) {
      stubs(stubsCommand, running, own);
    }
    own.put("keys.folder", folder.resolve("keys").toString());
    own.keySet().removeIf(key -> Configuration.isOverridden(plain, key));
    Config config = options.load(own);
    Settings settings = Settings.read(config);
    Database.migrate(settings.database(), Configuration.folder().resolve("migrations"));
    DevelopmentClock clock = DevelopmentClock.keptIn(folder.resolve("clock"));
    Node node = running.add(Node.start(config, settings, dependencies(settings, clock)));
    Map<String, String> tokens = new DevelopmentTokens(folder, node.tokens()).all();
    announce(settings, node, folder, tokens);
  }

  private void checkPorts(Config config, boolean withStubs) {
    List<Optional<String>> faults =
        List.of(
            Ports.check("the API", config.getInt("vgw.http.port"), "--port"),
            Ports.check("management", config.getInt("vgw.management.port"), "--management-port"),
            withStubs
                ? Ports.check("the card platform stub", platformPort, "--platform-port")
                : Optional.empty(),
            withStubs
                ? Ports.check("the downstream stub", downstreamPort, "--downstream-port")
                : Optional.empty());
    List<String> taken = faults.stream().flatMap(Optional::stream).toList();
    if (!taken.isEmpty()) {
      throw new CommandFailures.Refused(String.join(System.lineSeparator(), taken));
    }
  }

  /** The user's PostgreSQL, or an embedded one; returns the folder of all other data. */
  private Path database(Config plain, ResourceStack running, Map<String, String> own)
      throws IOException {
    Path kept = Configuration.home().resolve(data).toAbsolutePath().normalize();
    if (!plain.getString("vgw.database.url").isBlank()) {
      if (durability == Durability.OFF) {
        throw new CommandFailures.Refused(
            "--durability off is for the embedded PostgreSQL only, and database.url is set");
      }
      return ephemeral ? running.temporaryFolder() : kept;
    }
    EmbeddedDatabaseSettings settings =
        ephemeral
            ? EmbeddedDatabaseSettings.ephemeral()
            : EmbeddedDatabaseSettings.keptIn(kept.resolve("postgres"));
    EmbeddedDatabase database =
        running.add(
            EmbeddedDatabase.start(durability == Durability.ON ? settings : settings.forgetful()));
    own.put("database.url", database.url());
    return ephemeral ? running.temporaryFolder() : kept;
  }

  /** Secrets shared with the stubs are generated at each start, unless they are set. */
  static void secrets(Config plain, Map<String, String> own) {
    Map.of(
            "platform.access-key",
            HexFormat.of().formatHex(Gm.random(8)),
            "platform.secret",
            HexFormat.of().formatHex(Gm.random(24)),
            "platform.envelope-key",
            HexFormat.of().formatHex(Gm.random(16)),
            "downstream.secret",
            "whsec_" + Base64.getEncoder().encodeToString(Gm.random(32)))
        .forEach(
            (key, generated) -> {
              String set = plain.getString("vgw." + key);
              own.put(key, set.isBlank() ? generated : set);
            });
  }

  private void stubs(List<String> command, ResourceStack running, Map<String, String> own) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("VGW_STUBS_PLATFORM_PORT", Integer.toString(platformPort));
    environment.put("VGW_STUBS_DOWNSTREAM_PORT", Integer.toString(downstreamPort));
    for (String key :
        List.of(
            "platform.access-key",
            "platform.secret",
            "platform.envelope-key",
            "downstream.secret")) {
      environment.put(Configuration.variable(key), own.getOrDefault(key, ""));
    }
    StubsProcess stubs =
        running.add(StubsProcess.start(command, environment, StubsProcess.PATIENCE));
    own.put("platform.url", stubs.platform());
    own.put("downstream.url", stubs.downstream());
  }

  private Node.Dependencies dependencies(Settings settings, DevelopmentClock clock)
      throws IOException {
    Path folder = settings.keys().folder();
    ReceiptKeys keys = ReceiptKeys.create(folder, settings.issuer(), true, clock);
    return new Node.Dependencies(
        clock,
        Optional.of(movable(clock)),
        cards == Cards.UNASKED ? Optional.of(new AcceptAllCardPlatform()) : Optional.empty(),
        keys,
        DeploymentKey.loadOrCreate(folder),
        RulePackFolder.load(Configuration.folder().resolve("rules")));
  }

  private static MovableClock movable(DevelopmentClock clock) {
    return new MovableClock() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public boolean advanceTo(Instant to) {
        return clock.advanceTo(to);
      }
    };
  }

  private void announce(Settings settings, Node node, Path folder, Map<String, String> tokens)
      throws IOException {
    String platform = settings.platform().url().toString();
    String downstream = settings.downstream().url().toString();
    var banner =
        new Banner(
            Version.text(),
            node.apiAddress(),
            node.managementAddress(),
            cards == Cards.UNASKED
                ? "not asked: every card is taken as genuine 未核验，仅供测试"
                : platform,
            downstream,
            folder,
            !ephemeral,
            ZoneId.systemDefault());
    System.out.print(banner.text());
    System.out.flush();
    if (readyFile != null) {
      new ReadyFile(
              node.apiAddress(),
              node.managementAddress(),
              platform,
              downstream,
              folder.toString(),
              tokens,
              DevelopmentTokens.INSTITUTION.value(),
              DevelopmentTokens.REGION.value())
          .write(readyFile);
    }
  }
}
