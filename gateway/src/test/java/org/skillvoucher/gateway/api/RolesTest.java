package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.skillvoucher.gateway.security.Role.AUDITOR;
import static org.skillvoucher.gateway.security.Role.CARD_PLATFORM;
import static org.skillvoucher.gateway.security.Role.DEVICE;
import static org.skillvoucher.gateway.security.Role.DEVICE_ENROLMENT;
import static org.skillvoucher.gateway.security.Role.INSTITUTION;
import static org.skillvoucher.gateway.security.Role.ISSUING_AUTHORITY;
import static org.skillvoucher.gateway.security.Role.OPERATOR;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.gateway.http.Endpoint;
import org.skillvoucher.gateway.security.Role;

/** The roles of each route, written down a second time by hand. */
class RolesTest {
  private static final Set<Role> OPEN = Set.of();
  private static final Set<Role> READERS =
      Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR);

  private static final Map<String, Set<Role>> MATRIX =
      Map.ofEntries(
          Map.entry("POST /v1/vouchers", Set.of(ISSUING_AUTHORITY)),
          Map.entry(
              "GET /v1/vouchers", Set.of(ISSUING_AUTHORITY, CARD_PLATFORM, AUDITOR, OPERATOR)),
          Map.entry(
              "GET /v1/vouchers/{voucherId}",
              Set.of(ISSUING_AUTHORITY, CARD_PLATFORM, AUDITOR, OPERATOR)),
          Map.entry("POST /v1/vouchers/{voucherId}/claim", Set.of(CARD_PLATFORM)),
          Map.entry("POST /v1/vouchers/{voucherId}/binding", Set.of(CARD_PLATFORM)),
          Map.entry(
              "POST /v1/vouchers/{voucherId}/freeze", Set.of(ISSUING_AUTHORITY, CARD_PLATFORM)),
          Map.entry(
              "POST /v1/vouchers/{voucherId}/unfreeze", Set.of(ISSUING_AUTHORITY, CARD_PLATFORM)),
          Map.entry("POST /v1/vouchers/{voucherId}/cancellation", Set.of(ISSUING_AUTHORITY)),
          Map.entry("POST /v1/vouchers/{voucherId}/expiry", Set.of(ISSUING_AUTHORITY)),
          Map.entry("POST /v1/classes", Set.of(INSTITUTION)),
          Map.entry("GET /v1/classes", Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR)),
          Map.entry(
              "GET /v1/classes/{classId}",
              Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR)),
          Map.entry("POST /v1/classes/{classId}/approval", Set.of(ISSUING_AUTHORITY)),
          Map.entry("POST /v1/classes/{classId}/timetable", Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry("POST /v1/classes/{classId}/opening", Set.of(INSTITUTION)),
          Map.entry("POST /v1/classes/{classId}/closing", Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry("POST /v1/classes/{classId}/roster", Set.of(INSTITUTION)),
          Map.entry(
              "POST /v1/classes/{classId}/roster/{person}/name",
              Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry(
              "POST /v1/classes/{classId}/roster/{person}/removal",
              Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry("POST /v1/classes/{classId}/scans", Set.of(DEVICE)),
          Map.entry("POST /v1/statement-batches", Set.of(DEVICE)),
          Map.entry("GET /v1/beacons", Set.of(DEVICE)),
          Map.entry("GET /v1/classes/{classId}/lessons/{lessonId}/room-codes", Set.of(DEVICE)),
          Map.entry("POST /v1/classes/{classId}/sign-ins", Set.of(CARD_PLATFORM)),
          Map.entry(
              "POST /v1/classes/{classId}/corrections", Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry("GET /v1/classes/{classId}/corrections", READERS),
          Map.entry(
              "POST /v1/classes/{classId}/corrections/{correctionId}/decision",
              Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry("POST /v1/classes/{classId}/spot-checks", Set.of(ISSUING_AUTHORITY)),
          Map.entry("POST /v1/classes/{classId}/gap-waivers", Set.of(ISSUING_AUTHORITY)),
          Map.entry("GET /v1/flags", READERS),
          Map.entry("GET /v1/flags/{flagId}", READERS),
          Map.entry(
              "POST /v1/classes/{classId}/flags/{flagId}/decision", Set.of(ISSUING_AUTHORITY)),
          Map.entry("POST /v1/institutions", Set.of(ISSUING_AUTHORITY)),
          Map.entry("GET /v1/institutions", READERS),
          Map.entry("GET /v1/institutions/{creditCode}", READERS),
          Map.entry("POST /v1/institutions/{creditCode}/suspension", Set.of(ISSUING_AUTHORITY)),
          Map.entry("POST /v1/institutions/{creditCode}/reinstatement", Set.of(ISSUING_AUTHORITY)),
          Map.entry("POST /v1/institutions/{creditCode}/exit", Set.of(ISSUING_AUTHORITY)),
          Map.entry("POST /v1/institutions/{creditCode}/sites", Set.of(INSTITUTION)),
          Map.entry("POST /v1/institutions/{creditCode}/devices", Set.of(INSTITUTION)),
          Map.entry("GET /v1/institutions/{creditCode}/devices", READERS),
          Map.entry(
              "POST /v1/institutions/{creditCode}/devices/{deviceId}/invitation",
              Set.of(INSTITUTION)),
          Map.entry(
              "POST /v1/institutions/{creditCode}/devices/{deviceId}/suspension",
              Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry(
              "POST /v1/institutions/{creditCode}/devices/{deviceId}/reinstatement",
              Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry(
              "POST /v1/institutions/{creditCode}/devices/{deviceId}/revocation",
              Set.of(INSTITUTION, ISSUING_AUTHORITY)),
          Map.entry("POST /v1/enrolments", Set.of(DEVICE_ENROLMENT)),
          Map.entry(
              "GET /v1/classes/{classId}/receipts/{sequence}",
              Set.of(DEVICE, INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR)),
          Map.entry(
              "GET /v1/receipts/{receiptId}",
              Set.of(DEVICE, INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR)),
          Map.entry(
              "GET /v1/receipts",
              Set.of(DEVICE, INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR)),
          Map.entry(
              "GET /v1/classes/{classId}/sheet",
              Set.of(INSTITUTION, ISSUING_AUTHORITY, AUDITOR, OPERATOR)),
          Map.entry("GET /v1/evidence", Set.of(ISSUING_AUTHORITY, AUDITOR, OPERATOR)),
          Map.entry("GET /v1/evidence/{evidenceId}", Set.of(ISSUING_AUTHORITY, AUDITOR, OPERATOR)),
          Map.entry("POST /v1/evidence/retries", Set.of(OPERATOR)),
          Map.entry("POST /v1/evidence/{evidenceId}/retry", Set.of(OPERATOR)),
          Map.entry("GET /v1/audit", Set.of(OPERATOR, AUDITOR)),
          Map.entry("GET /v1/journal", Set.of(AUDITOR)),
          Map.entry("GET /v1/keys", OPEN),
          Map.entry("GET /openapi.yaml", OPEN),
          Map.entry("GET /docs", OPEN),
          Map.entry("GET /docs/start.js", OPEN),
          Map.entry("GET /docs/swagger-ui-bundle.js", OPEN),
          Map.entry("GET /docs/swagger-ui.css", OPEN));

  static Stream<Arguments> everyRouteAndRole() {
    return MATRIX.entrySet().stream()
        .flatMap(
            route ->
                Stream.of(Role.values())
                    .map(role -> Arguments.of(route.getKey(), role, route.getValue())));
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("everyRouteAndRole")
  void aRouteIsForItsRolesOnly(String route, Role role, Set<Role> allowed) {
    int status = ask(route).by(role).to(new World()).status();
    if (allowed.isEmpty() || allowed.contains(role)) {
      assertNotEquals(403, status);
      assertNotEquals(401, status);
    } else {
      assertEquals(403, status);
    }
  }

  static Stream<Arguments> everyRoute() {
    return MATRIX.entrySet().stream()
        .map(route -> Arguments.of(route.getKey(), route.getValue().isEmpty()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyRoute")
  void withoutATokenOnlyWhatIsOpenAnswers(String route, boolean open) {
    assertEquals(open ? 200 : 401, ask(route).to(new World()).status());
  }

  @Test
  void noRouteIsMissingHere() {
    Map<String, Set<Role>> declared = new TreeMap<>();
    for (Endpoint endpoint : new World().endpoints()) {
      declared.put(endpoint.method() + " " + endpoint.template(), endpoint.roles());
    }
    assertEquals(new TreeMap<>(MATRIX), declared);
  }

  private static Ask ask(String route) {
    String[] parts = route.split(" ", 2);
    String path =
        parts[1]
            .replaceAll("\\{sequence}", "1")
            .replaceAll("\\{person}", "A".repeat(43))
            .replaceAll("\\{[a-zA-Z]+}", "X1");
    return parts[0].equals("GET") ? Ask.get(path) : Ask.post(path).json("{}");
  }
}
