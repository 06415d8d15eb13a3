package org.skillvoucher.gateway;

import com.typesafe.config.Config;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
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
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.server.Route;
import org.skillvoucher.domain.policy.RulePacks;
import org.skillvoucher.gateway.api.Api;
import org.skillvoucher.gateway.api.ManagementRoutes;
import org.skillvoucher.gateway.api.MovableClock;
import org.skillvoucher.gateway.audit.JournalAudit;
import org.skillvoucher.gateway.audit.PeriodicAudit;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.cardplatform.gm.GmCardPlatform;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.device.DerivedCredentials;
import org.skillvoucher.gateway.device.DeviceNames;
import org.skillvoucher.gateway.device.DeviceSignatures;
import org.skillvoucher.gateway.device.RoomCodes;
import org.skillvoucher.gateway.device.TimeBeacons;
import org.skillvoucher.gateway.entity.EntityFailures;
import org.skillvoucher.gateway.entity.ShardedClasses;
import org.skillvoucher.gateway.entity.ShardedInstitutions;
import org.skillvoucher.gateway.entity.ShardedVouchers;
import org.skillvoucher.gateway.evidence.CompletedVouchers;
import org.skillvoucher.gateway.evidence.EvidenceFollower;
import org.skillvoucher.gateway.flag.Flags;
import org.skillvoucher.gateway.forward.Forwarder;
import org.skillvoucher.gateway.forward.ParkedMessages;
import org.skillvoucher.gateway.http.HttpServer;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.journal.event.EventNames;
import org.skillvoucher.gateway.journal.event.EventReader;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedLag;
import org.skillvoucher.gateway.journal.writer.JournalWriter;
import org.skillvoucher.gateway.person.Vault;
import org.skillvoucher.gateway.process.VoucherClassProcess;
import org.skillvoucher.gateway.process.VoucherCompletion;
import org.skillvoucher.gateway.projection.JdbcViews;
import org.skillvoucher.gateway.projection.ReadModels;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.receipt.Sm2Sealer;
import org.skillvoucher.gateway.receipt.Sm3;
import org.skillvoucher.gateway.scan.DeviceTrust;
import org.skillvoucher.gateway.scan.Identification;
import org.skillvoucher.gateway.scan.OfflineBatches;
import org.skillvoucher.gateway.scan.OnlineScans;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.DeploymentKeyedHash;
import org.skillvoucher.gateway.security.IdempotencyKeys;
import org.skillvoucher.gateway.security.Tokens;

/**
 * One running gateway: everything is made and joined here, along the data's way, and ends in
 * reverse. Whatever can be wrong is found before the port opens.
 */
public final class Node implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(30);
  private static final Duration STOP_MAX = Duration.ofSeconds(20);

  private final ResourceStack running;
  private final Tokens tokens;
  private final ServerBinding api;
  private final ServerBinding management;

  private Node(ResourceStack running, Tokens tokens, ServerBinding api, ServerBinding management) {
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
   * @param platform instead of the one of the settings; empty in production
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

    // security
    var keyedHash = new DeploymentKeyedHash(dependencies.deploymentKey());
    var tokens = new Tokens(database.pool(), blocking, settings.tokens());
    var vault =
        new Vault(dependencies.deploymentKey(), database.pool(), blocking, settings.vault());
    await(vault.checkKey());
    var idempotencyKeys = new IdempotencyKeys(keyedHash, database.pool(), blocking);

    // entity, platform, receipt, journal
    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "vgw", config);
    running.add(() -> stop(system));
    var self = Cluster.get(system);
    self.manager().tell(Join.create(self.selfMember().address()));
    var events = new EventReader(database, blocking);
    var sealer = new Sm2Sealer(dependencies.receiptKeys(), settings.issuer());
    var vouchers = ShardedVouchers.start(system, settings.entity());
    var classes = ShardedClasses.start(system, sealer, events, settings.entity());
    CardPlatform platform =
        dependencies.platform().orElseGet(() -> new GmCardPlatform(system, settings.platform()));
    running.add(() -> await(Http.get(system).shutdownAllConnectionPools()));
    var deviceNames = new DeviceNames(keyedHash);
    var institutions = ShardedInstitutions.start(system, deviceNames, settings.entity());
    var devices =
        new DeviceTrust(institutions, new DeviceSignatures(settings.devices().keysCachedMax()));
    var beacons = new TimeBeacons(dependencies.receiptKeys(), settings.issuer());
    var identification = new Identification(platform, vault, clock);
    var offline =
        new OfflineBatches(
            system, classes, devices, identification, beacons, settings.entity(), clock);
    var scans = new OnlineScans(classes, devices, identification, offline, clock);

    // projection, forward
    var feed = new Feed(database, blocking, settings.feed());
    var lag = new FeedLag(database, blocking, settings.feed());
    lag.checkSlices(ReadModels.NAME);
    lag.checkSlices(VoucherClassProcess.NAME);
    lag.checkSlices(EvidenceFollower.NAME);
    lag.checkSlices(VoucherCompletion.NAME);
    var transactions = new Transactions(database.pool(), blocking);
    ReadModels.init(system, feed, database, settings.readModels());
    EvidenceFollower.init(
        system, feed, database::session, new EvidenceFollower(system, transactions, Sm3::of));
    Flags.init(system, feed.inOneSlice(), database, Sm3::of, settings.readModels());
    VoucherClassProcess.init(
        system,
        feed,
        database::session,
        new VoucherClassProcess(vouchers, classes, institutions, clock),
        settings.entity());
    VoucherCompletion.init(
        system,
        feed,
        database::session,
        new VoucherCompletion(CompletedVouchers.in(system, transactions), vouchers, clock),
        settings.entity());
    Forwarder.init(system, database.pool(), settings.downstream(), settings.issuer());
    var views = new JdbcViews(transactions);
    PeriodicAudit audit =
        running.add(
            PeriodicAudit.start(
                database.pool(), settings.audit().interval(), settings.audit().settle(), clock));

    // http
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    JournalWriter.of(system).meters().bindTo(meters);
    EntityFailures.of(system).bindTo(meters);
    var lagOfFlags = new FeedLag(database, blocking, settings.feed().inOneSlice());
    var health =
        running.add(
            new HealthMonitor(
                system,
                database,
                audit,
                Map.of(ReadModels.NAME, lag, EvidenceFollower.NAME, lag, Flags.NAME, lagOfFlags),
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
            new Api.Security(
                tokens,
                idempotencyKeys,
                keyedHash,
                vault,
                credentials(settings, tokens, keyedHash, clock),
                deviceNames),
            new Api.Backend(
                classes,
                vouchers,
                institutions,
                scans,
                views,
                ParkedMessages.of(transactions),
                JournalAudit.of(transactions, clock)),
            new Api.Context(
                dependencies.rulePacks()::inForce,
                clock,
                dependencies.receiptKeys().certificatesPem(),
                beacons,
                new RoomCodes(keyedHash),
                meters));
    ServerBinding managementPort =
        await(HttpServer.start(system, managementSettings(settings), management));
    ServerBinding apiPort = await(HttpServer.start(system, settings.http(), api));
    health.started();
    return new Node(running, tokens, apiPort, managementPort);
  }

  private static DerivedCredentials credentials(
      Settings settings, Tokens tokens, DeploymentKeyedHash keyedHash, InstantSource clock) {
    return new DerivedCredentials(
        tokens,
        keyedHash,
        settings.devices().enrolmentCodeLife(),
        settings.devices().tokenLife(),
        clock);
  }

  /** The management port takes little and answers at once. */
  private static HttpSettings managementSettings(Settings settings) {
    HttpSettings http = settings.http();
    return new HttpSettings(
        settings.management().host(),
        settings.management().port(),
        4096,
        4096,
        1,
        4096,
        1,
        http.askTimeout(),
        64,
        http.askTimeout(),
        http.retryAfter());
  }

  public Tokens tokens() {
    return tokens;
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  public String apiAddress() {
    return address(api);
  }

  public String managementAddress() {
    return address(management);
  }

  private static String address(ServerBinding binding) {
    var bound = binding.localAddress();
    return "http://" + bound.getHostString() + ":" + bound.getPort();
  }

  /** Requests in flight are answered before the port goes away. */
  @Override
  public void close() {
    await(api.terminate(Duration.ofSeconds(5)));
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

  private static <T> T await(CompletionStage<T> stage) {
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
