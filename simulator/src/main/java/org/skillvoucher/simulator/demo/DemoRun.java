package org.skillvoucher.simulator.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skillvoucher.simulator.downstream.DownstreamSettings;
import org.skillvoucher.simulator.downstream.DownstreamStub;
import org.skillvoucher.simulator.gateway.CannotConnect;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Secrets;
import org.skillvoucher.simulator.gateway.TemporaryFolder;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.platform.CardsFile;
import org.skillvoucher.simulator.platform.PlatformSettings;
import org.skillvoucher.simulator.platform.PlatformStub;
import org.skillvoucher.simulator.screen.Expectations;
import org.skillvoucher.simulator.screen.Progress;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.screen.Table;
import org.skillvoucher.simulator.wire.PortTaken;

/** One run of the demo: stubs in this process, a gateway in its own, the story, the end. */
final class DemoRun {
  private static final int PLATFORM_PORT = 8090;
  private static final int DOWNSTREAM_PORT = 8091;

  private final DemoOptions options;
  private final Screen screen;
  private volatile boolean staysUp;

  DemoRun(DemoOptions options, Screen screen) {
    this.options = options;
    this.screen = screen;
  }

  /** Returns the exit code. */
  int run() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("vgw-demo-");
    int exitCode = runIn(folder);
    if (exitCode == 0) {
      TemporaryFolder.remove(folder);
    } else {
      System.err.println("the gateway's log: " + folder.resolve("gateway.log"));
    }
    return exitCode;
  }

  /** As {@link #run}, with the gateway's log and ready file in that folder. */
  int runIn(Path folder) throws IOException, InterruptedException {
    Secrets secrets = Secrets.fresh();
    Path cards = options.config().resolve("sample").resolve("cards.csv");
    try (PlatformStub platform =
            PlatformStub.start(
                new PlatformSettings(
                    options.keep() ? PLATFORM_PORT : 0,
                    secrets.platformAccessKey(),
                    secrets.platformSecret(),
                    secrets.envelopeKey()),
                InstantSource.system(),
                CardsFile.read(cards));
        DownstreamStub downstream =
            DownstreamStub.start(
                new DownstreamSettings(
                    options.keep() ? DOWNSTREAM_PORT : 0, secrets.downstreamSecret()),
                InstantSource.system())) {
      Map<String, String> environment = new HashMap<>(secrets.environment());
      environment.put("VGW_PLATFORM_URL", platform.url());
      environment.put("VGW_DOWNSTREAM_URL", downstream.url());
      return withGateway(environment, folder, platform, downstream);
    } catch (PortTaken e) {
      System.err.println(e.getMessage() + "; without --keep the demo takes free ports");
      return 2;
    } catch (GatewayProcess.Ended e) {
      System.err.println(e.getMessage());
      return e.exitCode() == 2 ? 2 : 1;
    } catch (CannotConnect e) {
      System.err.println(e.getMessage());
      return 3;
    } catch (UnexpectedAnswer e) {
      screen.failed(
          "the story ends here", "an answer to go on with", String.valueOf(e.getMessage()));
      return 1;
    }
  }

  private int withGateway(
      Map<String, String> environment,
      Path folder,
      PlatformStub platform,
      DownstreamStub downstream)
      throws IOException, InterruptedException, GatewayProcess.Ended {
    screen.title("One class, from filing to forwarded evidence  一个班期：从备案到补贴申请材料");
    GatewayProcess gateway =
        GatewayProcess.start(
            new GatewayProcess.Start(
                options.gatewayCommand(),
                options.keep() ? new GatewayProcess.Data.Usual() : new GatewayProcess.Data.Fresh()),
            environment,
            folder);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> onSignal(gateway, folder), "on-signal"));
    try (gateway;
        RetryingHttpClient http = new RetryingHttpClient(Thread::sleep)) {
      long started = System.nanoTime();
      ReadyFile ready = awaitReady(gateway);
      screen.line(String.format("the gateway is ready after %.1f s", seconds(started)));
      Expectations expect = new Expectations(screen);
      DevClock clock = new DevClock(http, ready.management());
      DemoEnvironment demoEnvironment =
          new DemoEnvironment(
              new GatewayClient(http, ready, "demo-" + Secrets.hex(new SecureRandom(), 6)),
              new StubControl(http, platform.url(), downstream.url()),
              clock,
              Sample.read(options.config(), today(clock.now())),
              expect,
              screen);
      DemoSummary summary = new Demo(demoEnvironment).play(options.receipts(), System.nanoTime());
      if (options.json().isPresent()) {
        summary.write(options.json().get());
      }
      int exitCode = conclude(summary, expect, ready);
      if (!options.once() && exitCode == 0) {
        stayUp(gateway);
      }
      return exitCode;
    }
  }

  /** Leaves no gateway behind, and no folder either unless its log may be wanted. */
  private void onSignal(GatewayProcess gateway, Path folder) {
    gateway.close();
    if (staysUp) {
      TemporaryFolder.remove(folder);
    }
  }

  private ReadyFile awaitReady(GatewayProcess gateway)
      throws IOException, InterruptedException, GatewayProcess.Ended {
    try (Progress progress = Progress.start("starting the gateway")) {
      return gateway.awaitReady(progress::tick);
    }
  }

  /** The business date (业务日期). */
  private static LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, TimetableFile.ZONE);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private int conclude(DemoSummary summary, Expectations expect, ReadyFile ready) {
    screen.chapter("What happened 小结");
    Table table = new Table("what", "number");
    table.row("vouchers issued 发券", summary.vouchersIssued());
    table.row("scans accepted, each with a receipt 回执", summary.scansAccepted());
    table.row("scans answered with an earlier receipt 重复扫码", summary.scansReplayed());
    table.row("scans sent again after 503", summary.scansUnanswered());
    summary.scansRefused().forEach((code, count) -> table.row("scans refused: " + code, count));
    table.row("receipts verified offline 离线核验", summary.receiptsVerified());
    table.row("evidence delivered 上报", summary.evidenceDelivered());
    table.row("evidence acknowledged 受理", summary.evidenceAcknowledged());
    screen.lines(table.lines());
    List<String> broken = expect.broken();
    screen.line("");
    screen.line(
        String.format(
            "%d numbers checked, %d not as they must be; the story took %.1f s",
            expect.checked(), broken.size(), summary.seconds()));
    broken.forEach(what -> screen.line("✗ " + what));
    showAddresses(ready);
    return broken.isEmpty() ? 0 : 1;
  }

  private void showAddresses(ReadyFile ready) {
    screen.chapter(options.once() ? "Where it was to be seen" : "Where to look");
    Table table = new Table("page", "address");
    table.row("API documentation", ready.api() + "/docs");
    table.row("certificates 证书", ready.api() + "/v1/keys");
    table.row("evidence 补贴申请材料 (with a token)", ready.api() + "/v1/evidence");
    table.row("health", ready.management() + "/health/ready");
    table.row("metrics", ready.management() + "/metrics");
    screen.lines(table.lines());
  }

  /** Until Ctrl-C, the end of standard input where that was asked for, or the gateway's own end. */
  private void stayUp(GatewayProcess gateway) throws InterruptedException {
    staysUp = true;
    screen.line("");
    screen.line("Everything stays up until Ctrl-C.");
    if ("true".equals(System.getenv("VGW_EXIT_ON_EOF"))) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  System.in.transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                  screen.line("standard input broke: " + e.getMessage());
                }
                gateway.close();
              });
    }
    gateway.awaitEnd();
  }
}
