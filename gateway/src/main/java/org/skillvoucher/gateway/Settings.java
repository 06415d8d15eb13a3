package org.skillvoucher.gateway;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.gateway.cardplatform.PlatformSettings;
import org.skillvoucher.gateway.database.DatabaseSettings;
import org.skillvoucher.gateway.entity.EntitySettings;
import org.skillvoucher.gateway.forward.ForwardSchedule;
import org.skillvoucher.gateway.forward.ForwardSettings;
import org.skillvoucher.gateway.http.ConnectionSettings;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.http.RosterLimits;
import org.skillvoucher.gateway.http.ShareSettings;
import org.skillvoucher.gateway.journal.feed.FeedSettings;
import org.skillvoucher.gateway.journal.writer.JournalSettings;
import org.skillvoucher.gateway.person.VaultSettings;
import org.skillvoucher.gateway.projection.ReadModelSettings;
import org.skillvoucher.gateway.security.KeySettings;
import org.skillvoucher.gateway.security.TokenSettings;

/**
 * Everything under {@code vgw} in {@code config/gateway.conf}, read once and checked before any
 * port opens. Each group is its package's own record, made on first use of the group.
 *
 * @param effective every key with its value in force, secrets hidden
 */
public record Settings(
    String issuer,
    HttpSettings http,
    Management management,
    DatabaseSettings database,
    Keys keys,
    EntitySettings entity,
    PlatformSettings platform,
    ForwardSettings downstream,
    FeedSettings feed,
    ReadModelSettings readModels,
    AuditTimes audit,
    TokenSettings tokens,
    KeySettings idempotency,
    Devices devices,
    VaultSettings vault,
    Map<String, String> effective) {

  /** Address of health, metrics and the development clock. */
  record Management(String host, int port) {}

  /**
   * The folder of the keys.
   *
   * @param allowDevelopment whether {@code start} may use keys made by {@code start-dev}
   */
  public record Keys(Path folder, boolean allowDevelopment) {}

  /**
   * Lifetimes of devices' credentials.
   *
   * @param enrolmentCodeLife how long a one-time code may be used
   * @param tokenLife how long a device's token is valid after its enrolment
   * @param keysCachedMax parsed public keys held in memory for verification
   */
  record Devices(Duration enrolmentCodeLife, Duration tokenLife, int keysCachedMax) {}

  /**
   * Interval and grace period of the audit.
   *
   * @param settle how long an event may take to be applied before it counts as missing
   */
  record AuditTimes(Duration interval, Duration settle) {}

  /**
   * Reads the settings.
   *
   * @throws SettingsReader.SettingsException naming every key that is missing, malformed or unknown
   */
  public static Settings read(Config config) {
    var in = new SettingsReader(config.getConfig("vgw"));
    String issuer = in.text("issuer");
    Optional<HttpSettings> http = in.group("http", () -> http(in));
    var management = new Management(in.text("management.host"), in.number("management.port"));
    Optional<DatabaseSettings> database = in.group("database", () -> database(in));
    // The journal, which Pekko instantiates, reads them itself; here they are checked with the
    // others.
    var unusedJournal = in.group("journal", () -> journal(in));
    var keys = new Keys(keysFolder(in), in.flag("keys.allow-development-keys"));
    Optional<EntitySettings> entity = in.group("entity", () -> entity(in));
    Optional<PlatformSettings> platform = in.group("platform", () -> platform(in));
    Optional<ForwardSettings> downstream = in.group("downstream", () -> downstream(in));
    Optional<FeedSettings> feed = in.group("feed", () -> feed(in));
    Optional<ReadModelSettings> readModels = in.group("feed", () -> readModels(in));
    var audit = new AuditTimes(in.duration("audit.interval"), in.duration("audit.settle"));
    Optional<TokenSettings> tokens = in.group("tokens", () -> tokens(in));
    Optional<KeySettings> idempotency = in.group("idempotency", () -> idempotency(in));
    var devices =
        new Devices(
            in.duration("devices.enrolment-code-life"),
            in.duration("devices.token-life"),
            in.number("devices.keys-cached-max"));
    Optional<VaultSettings> vault = in.group("vault", () -> vault(in));
    readByPekko(in);
    in.finish();
    return new Settings(
        issuer,
        http.orElseThrow(),
        management,
        database.orElseThrow(),
        keys,
        entity.orElseThrow(),
        platform.orElseThrow(),
        downstream.orElseThrow(),
        feed.orElseThrow(),
        readModels.orElseThrow(),
        audit,
        tokens.orElseThrow(),
        idempotency.orElseThrow(),
        devices,
        vault.orElseThrow(),
        in.effective());
  }

  /**
   * Only the database's settings, for commands that need nothing else.
   *
   * @throws SettingsReader.SettingsException when that is missing or malformed
   */
  public static DatabaseSettings readDatabase(Config config) {
    var in = new SettingsReader(config.getConfig("vgw"));
    Optional<DatabaseSettings> database = in.group("database", () -> database(in));
    in.finishGroup();
    return database.orElseThrow();
  }

  /** Only the settings of tokens. */
  static TokenSettings readTokens(Config config) {
    var in = new SettingsReader(config.getConfig("vgw"));
    Optional<TokenSettings> tokens = in.group("tokens", () -> tokens(in));
    in.finishGroup();
    return tokens.orElseThrow();
  }

  private static HttpSettings http(SettingsReader in) {
    return new HttpSettings(
        in.text("http.host"),
        in.number("http.port"),
        in.number("http.request-body-bytes-max"),
        rosters(in),
        in.number("http.batch-body-bytes-max"),
        in.number("http.batch-items-max"),
        in.duration("http.batch-timeout"),
        in.number("http.in-flight-max"),
        in.duration("http.answer-timeout"),
        in.duration("http.retry-after"),
        connections(in),
        new ShareSettings(
            in.number("http.peer-in-flight-max"),
            in.number("http.token-in-flight-max"),
            in.number("http.token-bodies-max")));
  }

  private static ConnectionSettings connections(SettingsReader in) {
    return new ConnectionSettings(
        in.number("http.connections-max"),
        in.number("http.peer-connections-max"),
        in.duration("http.head-timeout"),
        in.duration("http.body-stall-timeout"),
        in.duration("http.answer-stall-timeout"),
        in.duration("http.idle-timeout"));
  }

  private static RosterLimits rosters(SettingsReader in) {
    return new RosterLimits(
        in.number("http.roster-body-bytes-max"),
        in.number("http.roster-file-bytes-max"),
        in.number("http.roster-bytes-in-flight-max"),
        in.number("http.roster-rows-max"),
        in.number("http.roster-lines-max"),
        in.number("http.roster-columns-max"),
        in.number("http.roster-threads"),
        in.number("http.roster-queue-max"),
        in.duration("http.roster-read-timeout"),
        in.number("http.roster-lost-digits-percent-max"));
  }

  private static DatabaseSettings database(SettingsReader in) {
    return new DatabaseSettings(
        in.secret("database.url"),
        in.text("database.user"),
        in.secret("database.password"),
        in.number("database.read-connections-max"));
  }

  private static JournalSettings journal(SettingsReader in) {
    return new JournalSettings(
        in.number("journal.writers"),
        in.number("journal.batch-rows-max"),
        in.number("journal.queue-max"),
        in.duration("journal.queued-for-max"),
        in.duration("journal.transaction-timeout"));
  }

  private static Path keysFolder(SettingsReader in) {
    return Configuration.home().resolve(in.text("keys.folder"));
  }

  private static EntitySettings entity(SettingsReader in) {
    return new EntitySettings(
        in.duration("entity.ask-timeout"),
        in.number("entity.snapshot-every"),
        in.duration("entity.restart-min"),
        in.duration("entity.restart-max"),
        in.duration("entity.failures-counted-for"),
        in.number("entity.failures-before-error"),
        in.number("entity.batch-chunk"),
        in.number("entity.batch-at-once"),
        in.number("entity.batch-classes-at-once"));
  }

  private static PlatformSettings platform(SettingsReader in) {
    return new PlatformSettings(
        in.address("platform.url"),
        in.text("platform.access-key"),
        in.secret("platform.secret"),
        in.secret("platform.envelope-key"),
        in.duration("platform.timeout"),
        in.number("platform.in-flight-max"));
  }

  private static ForwardSettings downstream(SettingsReader in) {
    return new ForwardSettings(
        in.address("downstream.url"),
        in.secret("downstream.secret"),
        in.secret("downstream.secret-previous"),
        in.duration("downstream.timeout"),
        new ForwardSchedule(
            in.duration("downstream.backoff-min"),
            in.duration("downstream.backoff-max"),
            in.number("downstream.attempts-max"),
            in.duration("downstream.retry-after-max"),
            in.duration("downstream.throttle-max")),
        in.duration("downstream.poll-interval"),
        in.number("downstream.batch-max"));
  }

  private static FeedSettings feed(SettingsReader in) {
    return new FeedSettings(
        in.duration("feed.poll-interval"),
        in.number("feed.batch-rows-max"),
        in.number("feed.slices"));
  }

  private static ReadModelSettings readModels(SettingsReader in) {
    return new ReadModelSettings(
        in.number("feed.transaction-events-max"),
        in.duration("feed.transaction-events-within"),
        in.number("feed.taps-kept-max"));
  }

  private static TokenSettings tokens(SettingsReader in) {
    return new TokenSettings(
        in.number("tokens.cached-max"),
        in.duration("tokens.cached-for"),
        in.duration("tokens.refused-for"),
        in.number("tokens.lookups-in-flight-max"),
        in.duration("tokens.life-max"));
  }

  private static KeySettings idempotency(SettingsReader in) {
    return new KeySettings(
        in.duration("idempotency.of-classes-kept-for"),
        in.duration("idempotency.others-kept-for"),
        in.duration("idempotency.purge-interval"),
        in.number("idempotency.purge-batch-rows"),
        in.number("idempotency.purge-rows-max"));
  }

  private static VaultSettings vault(SettingsReader in) {
    return new VaultSettings(
        in.number("vault.keys-cached-max"),
        in.duration("vault.keys-cached-for"),
        in.number("vault.people-max"));
  }

  /** Keys that config/pekko.conf reads by substitution. */
  private static void readByPekko(SettingsReader in) {
    var unusedConnections = in.number("database.journal-connections-max");
    var unusedThreads = in.number("feed.threads-max");
    var unusedHost = in.text("cluster.host");
    var unusedPort = in.number("cluster.port");
  }
}
