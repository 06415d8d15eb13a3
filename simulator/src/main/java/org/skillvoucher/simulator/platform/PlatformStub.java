package org.skillvoucher.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.skillvoucher.simulator.keys.Envelope;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.Faults;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.Reply;
import org.skillvoucher.simulator.wire.Request;
import org.skillvoucher.simulator.wire.StubServer;

/**
 * The card platform as a real HTTP server. It knows registered cards only; a card it vouched for
 * under one idempotency key gets the same answer under that key again, a refusal is looked at
 * afresh.
 */
public final class PlatformStub implements AutoCloseable {
  private static final String VERIFY_PATH = "/gm/v1/identity/verifyCard";
  private static final int BODY_BYTES_MAX = 1 << 20;
  private static final int ANSWERS_MAX = 200_000;
  private static final Duration HANG = Duration.ofSeconds(30);

  private final CardRegister cards = new CardRegister();
  private final Faults faults = new Faults();
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
    gate = new SignatureGate(settings, clock);
    envelope = new Envelope(settings.envelopeKeyHex());
    server =
        StubServer.start(
            settings.port(),
            BODY_BYTES_MAX,
            new StubServer.Route("POST", VERIFY_PATH, this::verifyCard),
            new StubServer.Route("POST", "/control/cards", this::registerCards),
            faults.route("verifyCard"));
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

  private Reply verifyCard(Request request) {
    gate.check(request);
    Faults.Mode fault = faults.next("verifyCard").orElse(null);
    if (fault == Faults.Mode.UNAVAILABLE) {
      return Reply.tryAgain(503, "RETRY_LATER");
    }
    String nonce = request.required("X-Nonce");
    if (fault == Faults.Mode.THROTTLE) {
      return sealed(new Answer(CardOutcome.THROTTLED, ""), nonce);
    }
    Answer answer = decide(reading(request, nonce), request.required("Idempotency-Key"));
    if (fault == Faults.Mode.TIMEOUT) {
      server.hang(HANG.toMillis());
    }
    return sealed(answer, nonce);
  }

  private Card reading(Request request, String nonce) {
    byte[] plain =
        envelope
            .open(Json.text(Json.read(request.body()), "envelope"), nonce)
            .orElseThrow(() -> new BadRequest(400, "BAD_REQUEST", "the envelope does not open"));
    return Card.read(Json.read(plain), Card.CardStatus.ACTIVE);
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
      vouched.put(key, new Vouched(reading, reference));
    }
    return new Answer(outcome, reference);
  }

  private Reply sealed(Answer answer, String nonce) {
    byte[] plain =
        Json.write(
            Json.object()
                .put("outcome", answer.outcome().name())
                .put("reference", answer.reference()));
    return Reply.json(200, Json.object().put("envelope", envelope.seal(plain, nonce)));
  }

  private Reply registerCards(Request request) {
    JsonNode body = Json.read(request.body());
    if (!body.isArray()) {
      throw new BadRequest(400, "malformed", "an array of cards");
    }
    List<Card> sent =
        body.valueStream()
            .map(card -> Card.read(card, Card.CardStatus.of(Json.text(card, "status"))))
            .toList();
    sent.forEach(cards::put);
    return Reply.json(200, Json.object().put("registered", sent.size()).put("known", cards.size()));
  }
}
