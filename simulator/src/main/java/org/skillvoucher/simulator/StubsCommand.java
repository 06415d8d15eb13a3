package org.skillvoucher.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.skillvoucher.simulator.downstream.DownstreamSettings;
import org.skillvoucher.simulator.downstream.DownstreamStub;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.platform.CardsFile;
import org.skillvoucher.simulator.platform.PlatformSettings;
import org.skillvoucher.simulator.platform.PlatformStub;
import org.skillvoucher.simulator.wire.PortTaken;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Card platform and downstream system as servers of their own, until the process is stopped. */
@Command(
    name = "stubs",
    description = "Starts the card platform stub and the downstream stub.",
    mixinStandardHelpOptions = true)
final class StubsCommand implements Callable<Integer> {
  @Option(
      names = "--platform-port",
      paramLabel = "PORT",
      defaultValue = "${env:VGW_STUBS_PLATFORM_PORT:-8090}",
      description = "Port of the card platform stub, 0 for a free one (${DEFAULT-VALUE}).")
  private int platformPort;

  @Option(
      names = "--downstream-port",
      paramLabel = "PORT",
      defaultValue = "${env:VGW_STUBS_DOWNSTREAM_PORT:-8091}",
      description = "Port of the downstream stub, 0 for a free one (${DEFAULT-VALUE}).")
  private int downstreamPort;

  @Override
  public Integer call() throws IOException {
    PlatformSettings platformSettings;
    DownstreamSettings downstreamSettings;
    try {
      platformSettings =
          new PlatformSettings(
              platformPort,
              environment("VGW_PLATFORM_ACCESS_KEY"),
              environment("VGW_PLATFORM_SECRET"),
              environment("VGW_PLATFORM_ENVELOPE_KEY"));
      downstreamSettings =
          new DownstreamSettings(downstreamPort, environment("VGW_DOWNSTREAM_SECRET"));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    return run(platformSettings, downstreamSettings, System.in, System.out);
  }

  private static int run(
      PlatformSettings platformSettings,
      DownstreamSettings downstreamSettings,
      InputStream input,
      PrintStream output)
      throws IOException {
    try (PlatformStub platform =
            PlatformStub.start(platformSettings, InstantSource.system(), knownCards());
        DownstreamStub downstream =
            DownstreamStub.start(downstreamSettings, InstantSource.system())) {
      output.println("ready platform=" + platform.url() + " downstream=" + downstream.url());
      output.flush();
      if ("true".equals(System.getenv("VGW_EXIT_ON_EOF"))) {
        input.transferTo(java.io.OutputStream.nullOutputStream());
      } else {
        untilStopped();
      }
      return 0;
    } catch (PortTaken e) {
      System.err.println(e.getMessage());
      return 2;
    }
  }

  private static void untilStopped() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The sample's cards, so that a started pair of stubs has cards from the beginning. */
  private static List<Card> knownCards() throws IOException {
    Path cards = Path.of(System.getProperty("vgw.config", "config"), "sample", "cards.csv");
    return Files.exists(cards) ? CardsFile.read(cards) : List.of();
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("set " + name);
    }
    return value;
  }
}
