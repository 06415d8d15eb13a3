package org.skillvoucher.gateway.api;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.apache.pekko.http.javadsl.server.Route;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.RulePack;
import org.skillvoucher.domain.policy.VoucherRules;
import org.skillvoucher.gateway.audit.AuditReport;
import org.skillvoucher.gateway.device.DeviceNames;
import org.skillvoucher.gateway.device.RoomCodes;
import org.skillvoucher.gateway.device.TimeBeacons;
import org.skillvoucher.gateway.forward.ParkedMessages;
import org.skillvoucher.gateway.http.ConnectionSettings;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.http.RosterLimits;
import org.skillvoucher.gateway.http.ShareSettings;
import org.skillvoucher.gateway.receipt.ReceiptKeys;
import org.skillvoucher.gateway.security.Authenticator;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;

/** The fixture of API tests: stubs in memory, and the routes over them. */
public final class World {
  public static final Charset UTF_8 = StandardCharsets.UTF_8;
  static final String SCHOOL = "52990101MA00XY0180";
  static final String OTHER_SCHOOL = "91990101MA00XY018Y";
  static final String REGION = "990000";
  static final String PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

  private static final Instant BEGIN = Instant.parse("2026-03-02T00:45:00Z");

  public static final RosterLimits ROSTERS =
      new RosterLimits(
          2_097_152, 8_388_608, 16_777_216, 100, 5000, 64, 2, 64, Duration.ofSeconds(20), 5);

  static final HttpSettings SETTINGS =
      new HttpSettings(
          "127.0.0.1",
          0,
          65_536,
          ROSTERS,
          4_194_304,
          2000,
          Duration.ofSeconds(20),
          4,
          Duration.ofSeconds(5),
          Duration.ofSeconds(2),
          new ConnectionSettings(
              100,
              100,
              Duration.ofSeconds(5),
              Duration.ofSeconds(5),
              Duration.ofSeconds(10),
              Duration.ofSeconds(60)),
          new ShareSettings(4, 4, 4));

  static final DeviceNames NAMES = new DeviceNames(World::hash);
  static final TimeBeacons BEACONS = beacons();

  private static final String PACK = REGION + "/2025-01-01";
  private static final RulePack RULES =
      new RulePack(
          new RegionCode(REGION),
          LocalDate.of(2025, 1, 1),
          PACK,
          new ClassRules(PACK, 5, 10, new AttendanceRules(30, 10, 30, 10, 60, 45, 80, true)),
          new VoucherRules(PACK, 90),
          Map.of());

  final StubClasses classes = new StubClasses();
  final StubVouchers vouchers = new StubVouchers();
  final StubInstitutions institutions = new StubInstitutions();
  final StubCredentials credentials = new StubCredentials();
  final StubScans scans = new StubScans();
  final StubViews views = new StubViews();
  final Set<String> parked = new HashSet<>();
  final List<String> causes = new ArrayList<>();
  final List<AuditReport.Difference> differences = new ArrayList<>();
  public final StubPeople people = new StubPeople();
  Optional<Caller.Scope> audited = Optional.empty();
  final StubKeys keys = new StubKeys();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  Instant now = BEGIN;
  Authenticator authenticator = World::tokens;

  /** Routes with the usual settings. */
  Route route() {
    return route(UnaryOperator.identity());
  }

  Route route(UnaryOperator<HttpSettings> change) {
    return Api.route(TestSystem.ONLY, change.apply(SETTINGS), security(), backend(), context());
  }

  List<Endpoint> endpoints() {
    return Api.endpoints(TestSystem.ONLY, SETTINGS, security(), backend(), context());
  }

  private Api.Security security() {
    return new Api.Security(
        token -> authenticator.authenticate(token), keys, World::hash, people, credentials, NAMES);
  }

  private Api.Backend backend() {
    return new Api.Backend(classes, vouchers, institutions, scans, views, released(), this::audit);
  }

  private ParkedMessages released() {
    return new ParkedMessages() {
      @Override
      public CompletionStage<Boolean> release(String evidenceId) {
        return CompletableFuture.completedStage(parked.remove(evidenceId));
      }

      @Override
      public CompletionStage<Integer> releaseAll(String cause, String regionDigits) {
        causes.add(cause + " " + regionDigits);
        int count = parked.size();
        parked.clear();
        return CompletableFuture.completedStage(count);
      }
    };
  }

  private CompletionStage<AuditReport> audit(Caller.Scope scope) {
    audited = Optional.of(scope);
    return CompletableFuture.completedStage(new AuditReport(now, 12, 11, 3, differences));
  }

  private Api.Context context() {
    return new Api.Context(
        World::inForce, () -> now, PEM, BEACONS, new RoomCodes(World::hash), meters);
  }

  private static Optional<RulePack> inForce(RegionCode region, LocalDate day) {
    return region.value().startsWith("99") && !day.isBefore(RULES.effectiveFrom())
        ? Optional.of(RULES)
        : Optional.empty();
  }

  /** Tokens are the role's code, for the usual scope; with a suffix for another's. */
  private static CompletionStage<Optional<Caller>> tokens(String token) {
    String[] parts = token.split("-", 2);
    Optional<Role> role =
        Arrays.stream(Role.values()).filter(known -> known.code().equals(parts[0])).findFirst();
    boolean foreign = parts.length > 1 && parts[1].equals("foreign");
    return CompletableFuture.completedStage(
        role.map(known -> new Caller("T-" + token, known, scope(known, foreign))));
  }

  private static Caller.Scope scope(Role role, boolean foreign) {
    return switch (role) {
      case INSTITUTION, DEVICE, DEVICE_ENROLMENT ->
          new Caller.Scope.OfInstitution(new CreditCode(foreign ? OTHER_SCHOOL : SCHOOL));
      case ISSUING_AUTHORITY, CARD_PLATFORM, AUDITOR, OPERATOR ->
          foreign
              ? new Caller.Scope.InRegion(new RegionCode("370000"))
              : role == Role.ISSUING_AUTHORITY
                  ? new Caller.Scope.InRegion(new RegionCode(REGION))
                  : new Caller.Scope.Everywhere();
    };
  }

  static String token(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private static TimeBeacons beacons() {
    try {
      Path folder = Files.createTempDirectory("vgw-http-keys");
      folder.toFile().deleteOnExit();
      return new TimeBeacons(
          ReceiptKeys.create(folder, "test", true, InstantSource.fixed(BEGIN)), "test");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] hash(String purpose, byte[] input) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(purpose.getBytes(UTF_8));
      digest.update((byte) 0);
      return digest.digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
