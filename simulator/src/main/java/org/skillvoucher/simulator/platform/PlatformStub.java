package org.skillvoucher.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.skillvoucher.simulator.keys.Envelope;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.OrderedFaults;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;

/**
 * The card platform as a real HTTP server. It knows registered cards only; a card it vouched for
 * under one idempotency key gets the same answer under that key again, a refusal is decided again.
 */
public final class PlatformStub implements AutoCloseable {
  private static final String VERIFY_PATH = "/gm/v1/identity/verifyCard";
  private static final String RESOLVE_PATH = "/gm/v1/identity/resolveQr";
  private static final String VERIFY = "verifyCard";
  private static final String RESOLVE = "resolveQr";
  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final int ANSWERS_MAX = 200_000;
  private static final Duration HANG = Duration.ofSeconds(30);

  private final CardRegister cards = new CardRegister();
  private final CodeRegister codes = new CodeRegister();
  private final InstantSource clock;
  private final OrderedFaults faults = new OrderedFaults();
  private final AtomicLong references = new AtomicLong();
  private final Map<String, Vouched> vouched = new LinkedHashMap<>();
  private final SignatureGate gate;
  private final Envelope envelope;
  private final StubServer server;

  /** What was vouched for under one idempotency key. */
  private record Vouched(Card reading, String reference) {}

  /** An answer in the clear. */
  private record Answer(CardOutcome outcome, String reference) {}

  private PlatformStub(PlatformSettings settings, InstantSource clock) {
    this.clock = clock;
    gate = new SignatureGate(settings, clock);
    envelope = new Envelope(settings.envelopeKeyHex());
    server =
        StubServer.start(
            settings.port(),
            BODY_BYTES_MAX,
            new StubServer.Route("POST", VERIFY_PATH, this::verifyCard),
            new StubServer.Route("POST", RESOLVE_PATH, this::resolveQr),
            new StubServer.Route("POST", "/control/cards", this::registerCards),
            new StubServer.Route("POST", "/control/codes", this::makeCode),
            faults.route(VERIFY, RESOLVE));
  }

  /** Starts the stub with some cards it knows. */
  public static PlatformStub start(
      PlatformSettings settings, InstantSource clock, List<Card> known) {
    PlatformStub stub = new PlatformStub(settings, clock);
    known.forEach(stub.cards::put);
    stub.warmUp();
    return stub;
  }

  /** Loads the ciphers before the first caller waits for them. */
  private void warmUp() {
    envelope.open(envelope.seal(new byte[1], ""), "");
    Sm3.hmacHex("warm", "up");
  }

  public String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }

  private StubReply verifyCard(StubRequest request) {
    return answer(
        request,
        VERIFY,
        (plain, key) -> json(decide(Card.read(plain, Card.CardStatus.ACTIVE), key)));
  }

  private StubReply resolveQr(StubRequest request) {
    return answer(
        request,
        RESOLVE,
        (plain, key) -> json(codes.resolve(Json.text(plain, "code"), key, clock.instant())));
  }

  /** Checks signature and envelope and does the work, unless a fault was ordered. */
  private StubReply answer(
      StubRequest request, String operation, BiFunction<JsonNode, String, ObjectNode> work) {
    gate.check(request);
    long delayMillis = faults.delayMillis(operation);
    if (delayMillis > 0) {
      server.hang(delayMillis);
    }
    OrderedFaults.Mode fault = faults.next(operation).orElse(null);
    if (fault == OrderedFaults.Mode.UNAVAILABLE) {
      return StubReply.tryAgain(503, "RETRY_LATER");
    }
    String nonce = request.required("X-Nonce");
    if (fault == OrderedFaults.Mode.THROTTLE) {
      return sealed(json(new Answer(CardOutcome.THROTTLED, "")), nonce);
    }
    ObjectNode answer = work.apply(opened(request, nonce), request.required("Idempotency-Key"));
    if (fault == OrderedFaults.Mode.TIMEOUT) {
      server.hang(HANG.toMillis());
    }
    return sealed(answer, nonce);
  }

  private JsonNode opened(StubRequest request, String nonce) {
    return Json.read(
        envelope
            .open(Json.text(Json.read(request.body()), "envelope"), nonce)
            .orElseThrow(() -> new BadRequest(400, "BAD_REQUEST", "the envelope does not open")));
  }

  private static ObjectNode json(Answer answer) {
    return Json.object()
        .put("outcome", answer.outcome().name())
        .put("reference", answer.reference());
  }

  private static ObjectNode json(CodeRegister.Resolution resolution) {
    ObjectNode answer = Json.object().put("outcome", resolution.outcome().name());
    if (resolution.outcome() == CardOutcome.ALREADY_USED) {
      answer.put("usedBy", resolution.usedBy());
    }
    resolution
        .card()
        .ifPresent(
            card ->
                answer
                    .put("reference", resolution.reference())
                    .put("idType", "citizen_id")
                    .put("number", card.personNumber())
                    .put("name", card.name()));
    return answer;
  }

  private synchronized Answer decide(Card reading, String key) {
    Vouched before = vouched.get(key);
    if (before != null) {
      return before.reading().equals(reading)
          ? new Answer(CardOutcome.OK, before.reference())
          : new Answer(CardOutcome.CONFLICT, "");
    }
    String reference = String.format(Locale.ROOT, "P%09d", references.incrementAndGet());
    CardOutcome outcome = cards.verify(reading);
    if (outcome == CardOutcome.OK) {
      if (vouched.size() >= ANSWERS_MAX) {
        vouched.remove(vouched.keySet().iterator().next());
      }
      vouched.put(key, new Vouched(cards.known(reading), reference));
    }
    return new Answer(outcome, reference);
  }

  private StubReply sealed(ObjectNode answer, String nonce) {
    return StubReply.json(
        200, Json.object().put("envelope", envelope.seal(Json.write(answer), nonce)));
  }

  /** The code that a person's app shows, {@code ageSeconds} old if that is given. */
  private StubReply makeCode(StubRequest request) {
    JsonNode body = Json.read(request.body());
    Card card = cards.ofPerson(Json.text(body, "number")).orElseThrow(CodeRegister::unknownPerson);
    Instant madeAt = clock.instant().minusSeconds(body.path("ageSeconds").asLong(0));
    return StubReply.json(
        200,
        Json.object()
            .put("code", codes.make(card, madeAt))
            .put("expiresAt", madeAt.plus(CodeRegister.LIFE).toString()));
  }

  private StubReply registerCards(StubRequest request) {
    JsonNode body = Json.read(request.body());
    if (!body.isArray()) {
      throw new BadRequest(400, "malformed", "an array of cards");
    }
    List<Card> sent =
        body.valueStream()
            .map(card -> Card.read(card, Card.CardStatus.of(Json.text(card, "status"))))
            .toList();
    sent.forEach(cards::put);
    return StubReply.json(
        200, Json.object().put("registered", sent.size()).put("known", cards.size()));
  }
}
