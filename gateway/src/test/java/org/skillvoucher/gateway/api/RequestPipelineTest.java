package org.skillvoucher.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.http.HttpSettings;
import org.skillvoucher.gateway.scan.ScanOutcome;
import org.skillvoucher.gateway.security.Role;

class RequestPipelineTest {
  private final World world = new World();

  private static Ask scan() {
    return Ask.post("/v1/classes/C1/scans").by(Role.DEVICE).json(Samples.scan("C1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer a, Bearer b",
        "Basic YTpi",
        "Bearer nobody"
      })
  void withoutAKnownTokenNobodyIsLetIn(String authorization) {
    Ask ask = Ask.get("/v1/audit");
    if (!authorization.isEmpty()) {
      ask.header("Authorization", authorization);
    }
    Answer refused = ask.to(world).isProblem(401, "unauthenticated");
    assertTrue(refused.header("www-authenticate").orElseThrow().startsWith("Bearer"));
  }

  @Test
  void twoTokensAreNone() {
    Ask.get("/v1/audit")
        .header("Authorization", "Bearer operator")
        .header("Authorization", "Bearer auditor")
        .to(world)
        .isProblem(401, "unauthenticated");
  }

  @Test
  void theSchemesNameIsReadInAnyCase() {
    Ask.get("/v1/audit").header("Authorization", "bearer operator").to(world).is(200);
  }

  @Test
  void noFaultOfABodyIsReportedBeforeAuthentication() {
    Ask.post("/v1/vouchers").json("{").to(world).isProblem(401, "unauthenticated");
    Ask.post("/v1/vouchers").by(Role.DEVICE).json("{").to(world).isProblem(403, "forbidden");
  }

  @Test
  void whenTokensCannotBeLookedUpNobodyIsTurnedAway() {
    world.authenticator =
        token -> CompletableFuture.failedStage(new IllegalStateException("database"));
    Ask.get("/v1/audit").by(Role.OPERATOR).to(world).isProblem(503, "try_again");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1",
        "/v1/",
        "/v1/nothing",
        "/v1/vouchers/",
        "/v1//vouchers",
        "/v1/classes/C1/scans/",
        "/v1/classes/C1%2Fscans",
        "/health/live",
        "/metrics",
        "/dev/clock",
        "/docs/../openapi.yaml/x",
        "/docs/swagger-ui-bundle.js.map"
      })
  void anAddressThatIsNotThereIsNotFound(String path) {
    Ask.get(path).by(Role.OPERATOR).to(world).isProblem(404, "not_found");
  }

  @Test
  void anAddressIsReadInItsOwnCaseOnly() {
    Ask.get("/V1/audit").by(Role.OPERATOR).toUndescribed(world.route()).isProblem(404, "not_found");
  }

  @Test
  void aRefusedMethodListsTheAllowedOnes() {
    Answer refused =
        Ask.with("DELETE", "/v1/classes")
            .by(Role.OPERATOR)
            .to(world)
            .isProblem(405, "method_not_allowed");
    assertEquals("GET, HEAD, POST", refused.header("allow").orElseThrow());
    for (String method : List.of("PUT", "PATCH", "OPTIONS")) {
      Answer other = Ask.with(method, "/v1/audit").to(world).is(405);
      assertEquals("GET, HEAD", other.header("allow").orElseThrow());
    }
  }

  @Test
  void aBodyOfAnotherTypeIsNotTaken() {
    byte[] body = Samples.scan("C1").getBytes(World.UTF_8);
    for (String type :
        List.of("text/plain", "text/csv", "application/xml", "application/problem+json")) {
      scan().body(type, body).to(world).isProblem(415, "unsupported_media_type");
    }
    scan().header("Content-Encoding", "gzip").to(world).isProblem(415, "unsupported_media_type");
    scan().header("Content-Encoding", "identity").to(world).is(201);
  }

  @Test
  void onlyJsonIsOnOffer() {
    for (String accept : List.of("text/html", "application/json;q=0", "text/*, */*;q=0")) {
      scan().accept(accept).to(world).isProblem(406, "not_acceptable");
    }
    for (String accept : List.of("*/*", "application/*", "text/html, application/json;q=0.1")) {
      scan().accept(accept).to(world).is(201);
    }
    assertEquals(3, world.scans.seen.size());
  }

  @Test
  void aBodyOverTheLimitIsTooLargeAndUpToItIsRead() {
    String scan = Samples.scan("C1");
    int bytes = scan.getBytes(World.UTF_8).length;
    Route route = world.route(settings -> limited(settings, bytes));
    scan().to(route).is(201);
    Answer refused = scan().json(scan + " ").to(route).isProblem(413, "too_large");
    assertEquals(bytes, refused.json().path("bytesMax").asInt());
    assertEquals("close", refused.header("connection").orElseThrow());
  }

  private static HttpSettings limited(HttpSettings settings, int bytes) {
    return new HttpSettings(
        settings.host(),
        settings.port(),
        bytes,
        settings.rosters(),
        settings.batchBodyBytesMax(),
        settings.batchItemsMax(),
        settings.batchTimeout(),
        settings.inFlightMax(),
        settings.askTimeout(),
        settings.retryAfter(),
        settings.connections(),
        settings.shares());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "with space", "schlüssel", "ключ"})
  void aKeyIsNeededOnEveryPost(String key) {
    Ask ask = key.isEmpty() ? scan().withoutKey() : scan().key(key);
    ask.to(world).isProblem(400, "idempotency_key_invalid");
    assertTrue(world.scans.seen.isEmpty());
  }

  @Test
  void aKeyHasUpToOneHundredAndTwentyEightCharacters() {
    scan().key("k".repeat(128)).to(world).is(201);
    scan().key("k".repeat(129)).to(world).isProblem(400, "idempotency_key_invalid");
    scan()
        .key("a")
        .header("Idempotency-Key", "b")
        .to(world)
        .isProblem(400, "idempotency_key_invalid");
  }

  @Test
  void aCallSentAgainGetsItsFirstAnswer() {
    Ask filing = Ask.post("/v1/classes").by(Role.INSTITUTION).key("k").json(Samples.FILING);
    Answer first = filing.to(world).is(201);
    Answer again = filing.to(world).is(201);
    assertEquals(first.text(), again.text());
    assertEquals(first.header("location"), again.header("location"));
    assertEquals("true", again.header("idempotent-replay").orElseThrow());
  }

  @Test
  void aKeyIsForOneRequestOnly() {
    Ask.post("/v1/classes").by(Role.INSTITUTION).key("k").json(Samples.FILING).to(world).is(201);
    Ask.post("/v1/classes")
        .by(Role.INSTITUTION)
        .key("k")
        .json(Samples.FILING.replace("\"traineesPlanned\":30", "\"traineesPlanned\":31"))
        .to(world)
        .isProblem(422, "idempotency_key_reused");
    Ask.post("/v1/classes/C1/opening")
        .by(Role.INSTITUTION)
        .key("k")
        .to(world)
        .isProblem(422, "idempotency_key_reused");
  }

  @Test
  void whatCannotBeReadUsesUpNoKey() {
    Ask ask = Ask.post("/v1/classes").by(Role.INSTITUTION).key("k");
    ask.json("{").to(world).isProblem(400, "malformed");
    ask.json("{}").to(world).isProblem(422, "invalid_field");
    ask.json(Samples.FILING).to(world).is(201);
  }

  @Test
  void whenKeysCannotBeClaimedNothingIsDone() {
    world.keys.failure = Optional.of(new IllegalStateException("database"));
    Ask.post("/v1/classes")
        .by(Role.INSTITUTION)
        .json(Samples.FILING)
        .to(world)
        .isProblem(503, "try_again");
    assertTrue(world.people.stored.isEmpty());
  }

  @Test
  void aRefusalIsDecidedAfreshUnderTheSameKey() {
    String id = Samples.filedClass(world);
    Ask opening = Ask.post("/v1/classes/" + id + "/opening").by(Role.INSTITUTION).key("k");
    world.classes.refusal = Optional.of(new ClassRefusal.NotApproved());
    opening.to(world).isProblem(409, "class_not_approved");
    world.classes.refusal = Optional.of(new ClassRefusal.WrongState("open"));
    opening.to(world).isProblem(409, "class_state");
  }

  @Test
  void unknownDoubledAndBadParametersAreRefused() {
    for (String query :
        List.of(
            "?limt=1",
            "?limit=1&limit=2",
            "?limit=0",
            "?limit=201",
            "?limit=x",
            "?cursor=",
            "?state=x")) {
      Answer refused =
          Ask.get("/v1/vouchers" + query)
              .by(Role.AUDITOR)
              .to(world)
              .isProblem(422, "invalid_field");
      assertFalse(refused.json().at("/errors/0/parameter").asText().isEmpty());
    }
  }

  @Test
  void moreRequestsThanTheLimitAreSentAwayAtOnce() {
    world.classes.silent = true;
    Route route = world.route();
    List<CompletionStage<HttpResponse>> waiting =
        IntStream.range(0, World.SETTINGS.inFlightMax())
            .mapToObj(i -> start(route, Ask.get("/v1/classes/C1").by(Role.AUDITOR)))
            .toList();
    Answer refused =
        Ask.get("/v1/classes/C1").by(Role.AUDITOR).to(route).isProblem(503, "try_again");
    assertEquals("2", refused.header("retry-after").orElseThrow());
    assertFalse(waiting.getFirst().toCompletableFuture().isDone());
    assertEquals(4.0, world.meters.get("vgw.http.requests.in.flight").gauge().value());
  }

  private static CompletionStage<HttpResponse> start(Route route, Ask ask) {
    try {
      return route.function(TestSystem.ONLY).apply(ask.request());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsUnknownAndFreesItsPlace() {
    world.classes.silent = true;
    Route route =
        world.route(
            settings ->
                new HttpSettings(
                    "127.0.0.1",
                    0,
                    9_999,
                    World.ROSTERS,
                    9_999,
                    9,
                    Duration.ofMillis(50),
                    1,
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    settings.connections(),
                    settings.shares()));
    for (int i = 0; i < 3; i++) {
      Ask.get("/v1/classes/C1").by(Role.AUDITOR).to(route).isProblem(503, "try_again");
    }
    world.classes.silent = false;
    Ask.get("/v1/classes/C1").by(Role.AUDITOR).to(route).isProblem(404, "not_found");
  }

  @Test
  void aBrokenProgramIsFiveHundredWithNothingButACorrelationId() {
    world.classes.failure = Optional.of(new NullPointerException("name 张三"));
    Answer first = Ask.get("/v1/classes/C1").by(Role.AUDITOR).to(world).isProblem(500, "internal");
    assertFalse(first.text().contains("张三"));
    world.scans.outcome = Optional.of(new ScanOutcome.CardRefused(new CardOutcome.Verified("r")));
    Answer second = scan().to(world).isProblem(500, "internal");
    assertNotEquals(first.json().path("correlationId"), second.json().path("correlationId"));
  }

  @Test
  void metersKnowRoutesAndNeverAddresses() {
    Route route = world.route();
    scan().to(route).is(201);
    Ask.get("/v1/classes/C77").by(Role.AUDITOR).to(route).is(404);
    Ask.get("/v1/990101199003150015").by(Role.AUDITOR).to(route).is(404);
    List<String> routes =
        world.meters.getMeters().stream()
            .map(Meter::getId)
            .filter(id -> id.getName().equals("vgw.http.requests"))
            .map(id -> id.getTag("route") + " " + id.getTag("method") + " " + id.getTag("status"))
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "/v1/classes/{classId} GET 404",
            "/v1/classes/{classId}/scans POST 201",
            "none GET 404"),
        routes);
    assertEquals(0.0, world.meters.get("vgw.http.requests.in.flight").gauge().value());
  }

  @Test
  void everyAnswerForbidsSniffingAndStoring() {
    Answer answer = Ask.get("/v1/audit").by(Role.AUDITOR).to(world).is(200);
    assertEquals("nosniff", answer.header("x-content-type-options").orElseThrow());
    assertEquals("no-store", answer.header("cache-control").orElseThrow());
  }

  @Test
  void anAnswerOutsideTheContractDoesNotPassUnnoticed() {
    Ask ask = Ask.get("/v1/audit").by(Role.AUDITOR);
    Answer good = ask.to(world).is(200);
    Answer undeclared = new Answer(418, good.contentType(), good.headers(), good.body());
    assertThrows(AssertionError.class, () -> Contract.check(ask, undeclared));
    Answer otherBody =
        new Answer(200, good.contentType(), good.headers(), ByteString.fromString("{\"at\":1}"));
    assertThrows(AssertionError.class, () -> Contract.check(ask, otherBody));
    Answer page = Ask.get("/v1/vouchers").by(Role.AUDITOR).to(world).is(200);
    Ask badlyAsked = Ask.get("/v1/vouchers?limit=0");
    assertThrows(AssertionError.class, () -> Contract.check(badlyAsked, page));
  }
}
