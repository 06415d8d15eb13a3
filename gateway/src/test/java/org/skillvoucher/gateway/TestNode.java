package org.skillvoucher.gateway;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.cardplatform.StubPlatform;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.DeploymentKey;
import org.skillvoucher.gateway.security.Role;

/** A whole gateway on a given database, with the settings of this checkout and free ports. */
final class TestNode implements AutoCloseable {
  private static final CreditCode SCHOOL = new CreditCode(ClassOverHttp.SCHOOL);

  private final Node node;

  private TestNode(Node node) {
    this.node = node;
  }

  static TestNode start(String databaseUrl, StubPlatform platform, Path keys, InstantSource clock)
      throws IOException {
    return start(databaseUrl, platform, keys, clock, Map.of());
  }

  /** With additional settings, for example {@code entity.batch-chunk}. */
  static TestNode start(
      String databaseUrl,
      StubPlatform platform,
      Path keys,
      InstantSource clock,
      Map<String, String> more)
      throws IOException {
    return start(
        databaseUrl, platform, keys, clock, more, TestPostgres.configFolder().resolve("rules"));
  }

  /** With the rule packs of another folder. */
  static TestNode start(
      String databaseUrl,
      StubPlatform platform,
      Path keys,
      InstantSource clock,
      Map<String, String> more,
      Path rules)
      throws IOException {
    Map<String, String> flags = new LinkedHashMap<>(more);
    flags.put("http.port", "0");
    flags.put("management.port", "0");
    flags.put("database.url", databaseUrl);
    flags.put("keys.folder", keys.toString());
    flags.put("platform.url", platform.url().toString());
    flags.put("platform.access-key", "ak-demo-0001");
    flags.put("platform.secret", StubPlatform.SECRET);
    flags.put("platform.envelope-key", StubPlatform.KEY);
    flags.put("downstream.secret", "unused");
    Config config = Configuration.load(TestPostgres.configFolder(), Map.of(), flags);
    Settings settings = Settings.read(config);
    Database.migrate(settings.database(), TestPostgres.configFolder().resolve("migrations"));
    return new TestNode(
        Node.start(
            config,
            settings,
            new Node.Dependencies(
                clock,
                Optional.empty(),
                Optional.empty(),
                ReceiptKeys.create(keys, "test", true, clock),
                DeploymentKey.loadOrCreate(keys),
                RulePackFolder.load(rules))));
  }

  ClassOverHttp client(ClassOverHttp.Credentials tokens, Instant lesson) {
    return new ClassOverHttp(node.apiAddress(), tokens, lesson);
  }

  String apiAddress() {
    return node.apiAddress();
  }

  String managementAddress() {
    return node.managementAddress();
  }

  ClassOverHttp.Credentials credentials() {
    return new ClassOverHttp.Credentials(
        token(Role.ISSUING_AUTHORITY, new Caller.Scope.InRegion(new RegionCode("990000"))),
        token(Role.INSTITUTION, new Caller.Scope.OfInstitution(SCHOOL)),
        token(Role.CARD_PLATFORM, new Caller.Scope.Everywhere()));
  }

  String token(Role role, Caller.Scope scope) {
    return node.tokens()
        .issue(role, scope, Duration.ofDays(1))
        .toCompletableFuture()
        .join()
        .token();
  }

  @Override
  public void close() {
    node.close();
  }
}
