package org.skillvoucher.simulator.load;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.downstream.DownstreamSettings;
import org.skillvoucher.simulator.downstream.DownstreamStub;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.EmbeddedPostgres;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.gateway.GatewayProcess;
import org.skillvoucher.simulator.gateway.ReadyFile;
import org.skillvoucher.simulator.gateway.RetryingHttpClient;
import org.skillvoucher.simulator.gateway.Secrets;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.platform.PlatformSettings;
import org.skillvoucher.simulator.platform.PlatformStub;
import org.skillvoucher.simulator.report.UsageSampler;

/** A gateway process with an empty database, started for the run; the stubs are in this process. */
final class LocalDeployment implements Deployment {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(90);

  private final PlatformStub platform;
  private final DownstreamStub downstream;
  private final GatewayProcess process;
  private final RetryingHttpClient http;
  private final ReadyFile ready;
  private final GatewayClient gateway;
  private final Path data;

  private LocalDeployment(
      PlatformStub platform,
      DownstreamStub downstream,
      GatewayProcess process,
      ReadyFile ready,
      Path data) {
    this.platform = platform;
    this.downstream = downstream;
    this.process = process;
    this.ready = ready;
    this.data = data;
    http = new RetryingHttpClient(Thread::sleep, ANSWER_MAX);
    gateway = new GatewayClient(http, ready, "load-" + Secrets.hex(new SecureRandom(), 6));
  }

  /**
   * Starts it.
   *
   * @param people whose cards are registered at the platform's stub
   * @param folder for its log and its data
   * @throws GatewayProcess.Ended when it ends before it is ready
   */
  static LocalDeployment start(LoadOptions.OwnGateway target, List<Card> people, Path folder)
      throws IOException, InterruptedException, GatewayProcess.Ended {
    Secrets secrets = Secrets.fresh();
    PlatformStub platform =
        PlatformStub.start(
            new PlatformSettings(
                0, secrets.platformAccessKey(), secrets.platformSecret(), secrets.envelopeKey()),
            InstantSource.system(),
            people);
    DownstreamStub downstream =
        DownstreamStub.start(
            new DownstreamSettings(0, secrets.downstreamSecret()), InstantSource.system());
    Map<String, String> environment = new HashMap<>(secrets.environment());
    environment.put("VGW_PLATFORM_URL", platform.url());
    environment.put("VGW_DOWNSTREAM_URL", downstream.url());
    // As in production, so that no call times out earlier than there.
    environment.put("VGW_PLATFORM_TIMEOUT", "3s");
    Path data = folder.resolve("data");
    GatewayProcess.Start start =
        new GatewayProcess.Start(target.command(), new GatewayProcess.Data.InFolder(data));
    try {
      GatewayProcess process =
          GatewayProcess.start(target.durable() ? start : start.forgetful(), environment, folder);
      Runtime.getRuntime().addShutdownHook(new Thread(process::close, "on-signal"));
      return new LocalDeployment(platform, downstream, process, ready(process), data);
    } catch (RuntimeException | IOException | GatewayProcess.Ended e) {
      platform.close();
      downstream.close();
      throw e;
    }
  }

  private static ReadyFile ready(GatewayProcess process)
      throws IOException, InterruptedException, GatewayProcess.Ended {
    try {
      return process.awaitReady(() -> {});
    } catch (RuntimeException | IOException | GatewayProcess.Ended e) {
      process.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return "a gateway of its own";
  }

  @Override
  public boolean hasEarlierEvents() {
    return false;
  }

  @Override
  public GatewayClient gateway() {
    return gateway;
  }

  @Override
  public Optional<DevClock> clock() {
    return Optional.of(new DevClock(http, ready.management()));
  }

  @Override
  public Optional<String> platform() {
    return Optional.of(platform.url());
  }

  @Override
  public Optional<String> downstream() {
    return Optional.of(downstream.url());
  }

  @Override
  public UsageSampler.Sources sources() {
    return new UsageSampler.Sources(
        () -> Optional.of(process.handle()),
        () -> EmbeddedPostgres.postmaster(data),
        () -> Optional.of(ready.management()));
  }

  @Override
  public FaultInjection faults(FaultPlan plan) {
    return FaultInjection.of(plan, process, data);
  }

  @Override
  public void close() {
    http.close();
    process.close();
    platform.close();
    downstream.close();
  }
}
