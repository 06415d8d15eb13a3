package org.skillvoucher.gateway;

import com.typesafe.config.Config;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.server.Route;
import org.skillvoucher.domain.policy.RulePacks;
import org.skillvoucher.gateway.api.Api;
import org.skillvoucher.gateway.api.ManagementRoutes;
import org.skillvoucher.gateway.api.MovableClock;
import org.skillvoucher.gateway.audit.JournalAudit;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.device.RoomCodes;
import org.skillvoucher.gateway.entity.EntityFailures;
import org.skillvoucher.gateway.forward.ForwardMeters;
import org.skillvoucher.gateway.forward.ParkedMessages;
import org.skillvoucher.gateway.http.Connections;
import org.skillvoucher.gateway.http.HttpServer;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.journal.event.EventNames;
import org.skillvoucher.gateway.journal.event.EventReader;
import org.skillvoucher.gateway.journal.writer.JournalWriter;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.scan.ScanService;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.KeyPurge;
import org.skillvoucher.gateway.security.Tokens;

/**
 * One running gateway: security, actor system, write side, read side and HTTP are started in this
 * order, and stopped in reverse. Every fault of configuration is found before the API's port opens.
 */
public final class Node implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(30);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  private final ResourceStack running;
  private final Tokens tokens;
  private final HttpServer api;
  private final HttpServer management;

  private Node(ResourceStack running, Tokens tokens, HttpServer api, HttpServer management) {
    this.running = running;
    this.tokens = tokens;
    this.api = api;
    this.management = management;
  }

  /**
   * What differs between production and development.
   *
   * @param clock business time
   * @param movableClock the same clock where it may be moved; empty in production
   * @param platform overrides the card platform of the settings; empty in production
   */
  public record Dependencies(
      InstantSource clock,
      Optional<MovableClock> movableClock,
      Optional<CardPlatform> platform,
      ReceiptKeys receiptKeys,
      DeploymentKey deploymentKey,
      RulePacks rulePacks) {}

  public static Node start(Config config, Settings settings, Dependencies dependencies) {
    var running = new ResourceStack();
    try {
      return start(config, settings, dependencies, running);
    } catch (RuntimeException e) {
      running.close();
      throw e;
    }
  }

  private static Node start(
      Config config, Settings settings, Dependencies dependencies, ResourceStack running) {
    EventNames.check();
    InstantSource clock = dependencies.clock();
    ExecutorService blocking =
        running.add(Executors.newVirtualThreadPerTaskExecutor()); // bounded by the pool below
    Database database = running.add(Database.open(settings.database()));
    var security = SecurityServices.start(settings, dependencies, database, blocking);

    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "vgw", config);
    running.add(() -> stop(system));
    var self = Cluster.get(system);
    self.manager().tell(Join.create(self.selfMember().address()));
    running.add(() -> await(Http.get(system).shutdownAllConnectionPools()));

    var events = new EventReader(database, blocking);
    var entities =
        EntityServices.start(system, settings, dependencies, security.deviceNames(), events);
    var scans = entities.scans(system, settings, dependencies, security.vault());
    var readSide = ReadSide.start(system, settings, database, blocking, entities, clock);
    running.add(readSide.audit());
    KeyPurge purge =
        running.add(
            KeyPurge.start(database.pool(), settings.idempotency(), InstantSource.system()));

    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    JournalWriter.of(system).meters().bindTo(meters);
    EntityFailures.of(system).bindTo(meters);
    ForwardMeters.of(system).bindTo(meters);
    purge.bindTo(meters);
    var connections = new Connections("vgw.http", settings.http().connections(), meters);
    var health =
        running.add(
            new HealthMonitor(
                system,
                new HealthMonitor.Probes(database, connections::hasRoom, readSide.audit()),
                readSide.lags(),
                meters));
    Route management =
        ManagementRoutes.route(
            system,
            managementSettings(settings),
            health::health,
            meters,
            dependencies.movableClock());
    Route api =
        Api.route(
            system,
            settings.http(),
            security(security),
            backend(entities, scans, readSide, clock),
            context(dependencies, security, entities, meters));
    HttpSettings managementSettings = managementSettings(settings);
    HttpServer managementPort =
        await(
            HttpServer.start(
                system,
                managementSettings,
                new Connections("vgw.management", managementSettings.connections(), meters),
                management));
    HttpServer apiPort = await(HttpServer.start(system, settings.http(), connections, api));
    health.started();
    return new Node(running, security.tokens(), apiPort, managementPort);
  }

  private static Api.Security security(SecurityServices services) {
    return new Api.Security(
        services.tokens(),
        services.idempotencyKeys(),
        services.keyedHash(),
        services.vault(),
        services.credentials(),
        services.deviceNames());
  }

  private static Api.Backend backend(
      EntityServices entities, ScanService scans, ReadSide readSide, InstantSource clock) {
    return new Api.Backend(
        entities.classes(),
        entities.vouchers(),
        entities.institutions(),
        scans,
        readSide.views(),
        ParkedMessages.of(readSide.transactions()),
        JournalAudit.of(readSide.transactions(), clock));
  }

  private static Api.Context context(
      Dependencies dependencies,
      SecurityServices security,
      EntityServices entities,
      PrometheusMeterRegistry meters) {
    return new Api.Context(
        dependencies.rulePacks()::inForce,
        dependencies.clock(),
        dependencies.receiptKeys().certificatesPem(),
        entities.beacons(),
        new RoomCodes(security.keyedHash()),
        meters);
  }

  /** Small limits: the management port answers short requests from memory. */
  private static HttpSettings managementSettings(Settings settings) {
    HttpSettings http = settings.http();
    return new HttpSettings(
        settings.management().host(),
        settings.management().port(),
        4096,
        http.rosters(),
        4096,
        1,
        http.askTimeout(),
        64,
        http.askTimeout(),
        http.retryAfter(),
        http.connections(),
        http.shares());
  }

  public Tokens tokens() {
    return tokens;
  }

  /** The API's base address, for example {@code http://127.0.0.1:8080}. */
  public String apiAddress() {
    return address(api);
  }

  public String managementAddress() {
    return address(management);
  }

  private static String address(HttpServer binding) {
    var bound = binding.localAddress();
    return "http://" + bound.getHostString() + ":" + bound.getPort();
  }

  /** Answers the requests in flight, then closes the port and everything else. */
  @Override
  public void close() {
    await(api.terminate(Duration.ofSeconds(5)));
    await(management.terminate(Duration.ofSeconds(1)));
    running.close();
  }

  private static void stop(ActorSystem<?> system) {
    var unused =
        CoordinatedShutdown.get(system)
            .runAll(CoordinatedShutdown.jvmExitReason())
            .toCompletableFuture()
            .completeOnTimeout(
                org.apache.pekko.Done.getInstance(), STOP_MAX.toSeconds(), TimeUnit.SECONDS)
            .join();
  }

  static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(START_MAX.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("not ready within " + START_MAX.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
