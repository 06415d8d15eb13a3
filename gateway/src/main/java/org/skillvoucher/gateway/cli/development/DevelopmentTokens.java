package org.skillvoucher.gateway.cli.development;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.gateway.security.Caller;
import org.skillvoucher.gateway.security.Role;
import org.skillvoucher.gateway.security.Tokens;

/**
 * One token for each role in start-dev, each of another person, stored beside the data so that they
 * survive a restart.
 */
public final class DevelopmentTokens {
  public static final CreditCode INSTITUTION = new CreditCode("52990101MA00XY0180");
  public static final RegionCode REGION = new RegionCode("990000");

  /**
   * All roles but the one whose tokens are made by an enrolment; DEVICE is included, bound to no
   * device.
   */
  private static final Set<Role> ROLES = EnumSet.complementOf(EnumSet.of(Role.DEVICE_ENROLMENT));

  private static final Duration LIFE = Duration.ofDays(90);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final Tokens tokens;

  public DevelopmentTokens(Path folder, Tokens tokens) {
    this.file = folder.resolve("tokens.json");
    this.tokens = tokens;
  }

  /** The tokens by role; those of the last run where they are still valid. */
  public Map<String, String> all() throws IOException {
    Map<String, String> known =
        Files.exists(file)
            ? JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {})
            : Map.of();
    Map<String, String> all = new LinkedHashMap<>();
    for (Role role : ROLES) {
      String old = known.getOrDefault(role.code(), "");
      boolean valid =
          !old.isEmpty() && tokens.authenticate(old).toCompletableFuture().join().isPresent();
      all.put(role.code(), valid ? old : issue(role));
    }
    if (!all.equals(known)) {
      keep(all);
    }
    return all;
  }

  private String issue(Role role) {
    var holder = new Caller.Holder("dev-" + role.code(), role.side());
    return tokens
        .issue(role, scope(role), Optional.of(holder), LIFE)
        .toCompletableFuture()
        .join()
        .token();
  }

  private static Caller.Scope scope(Role role) {
    return switch (role) {
      case ISSUING_AUTHORITY -> new Caller.Scope.InRegion(REGION);
      case INSTITUTION, DEVICE, DEVICE_ENROLMENT -> new Caller.Scope.OfInstitution(INSTITUTION);
      case CARD_PLATFORM, AUDITOR, OPERATOR -> new Caller.Scope.Everywhere();
    };
  }

  private void keep(Map<String, String> all) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
  }
}
