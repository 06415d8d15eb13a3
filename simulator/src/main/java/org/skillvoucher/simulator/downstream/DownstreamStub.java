package org.skillvoucher.simulator.downstream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.Json;
import org.skillvoucher.simulator.wire.OrderedFaults;
import org.skillvoucher.simulator.wire.StubReply;
import org.skillvoucher.simulator.wire.StubRequest;
import org.skillvoucher.simulator.wire.StubServer;

/**
 * A downstream system as a real HTTP server: takes each evidence once and acknowledges every
 * delivery of it with the same acknowledgement.
 */
public final class DownstreamStub implements AutoCloseable {
  private static final int BODY_BYTES_MAX = 16 << 20;
  private static final int EVIDENCE_MAX = 10_000;
  private static final Duration HANG = Duration.ofSeconds(30);

  private final OrderedFaults faults = new OrderedFaults();
  private final Map<String, Evidence> received = new LinkedHashMap<>();
  private final WebhookSignature signature;
  private final InstantSource clock;
  private final StubServer server;

  /** What became of one evidence id. */
  private static final class Evidence {
    private int attempts;
    private int deliveries;
    private Optional<Acknowledgement> acknowledgement = Optional.empty();
  }

  private record Acknowledgement(
      String acknowledgementId, String evidenceId, Instant receivedAt, String contentHash) {
    ObjectNode json() {
      return Json.object()
          .put("acknowledgementId", acknowledgementId)
          .put("evidenceId", evidenceId)
          .put("receivedAt", receivedAt.toString())
          .put("contentHash", contentHash);
    }
  }

  private DownstreamStub(DownstreamSettings settings, InstantSource clock) {
    this.clock = clock;
    signature = new WebhookSignature(settings.secret(), clock);
    server =
        StubServer.start(
            settings.port(),
            BODY_BYTES_MAX,
            new StubServer.Route("POST", "/evidence", this::take),
            new StubServer.Route("GET", "/control/received", request -> list()),
            faults.route("evidence"));
  }

  public static DownstreamStub start(DownstreamSettings settings, InstantSource clock) {
    return new DownstreamStub(settings, clock);
  }

  public String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }

  private StubReply take(StubRequest request) {
    signature.check(request);
    String key = request.required("Idempotency-Key");
    if (!key.equals(request.required("webhook-id"))) {
      throw new BadRequest(400, "malformed", "Idempotency-Key and webhook-id differ");
    }
    if (!request.required("Content-Type").startsWith("application/cloudevents+json")) {
      throw new BadRequest(415, "unsupported_media_type", "send application/cloudevents+json");
    }
    countAttempt(key);
    OrderedFaults.Mode fault = faults.next("evidence").orElse(null);
    if (fault == OrderedFaults.Mode.UNAVAILABLE) {
      return StubReply.tryAgain(503, "unavailable");
    }
    if (fault == OrderedFaults.Mode.THROTTLE) {
      return StubReply.tryAgain(429, "throttled");
    }
    EvidenceEvent event = EvidenceEvent.read(request.body());
    if (!event.id().equals(key)) {
      throw new BadRequest(422, "invalid_field", "id and Idempotency-Key differ");
    }
    StubReply reply = StubReply.json(200, acknowledge(event).json());
    if (fault == OrderedFaults.Mode.TIMEOUT) {
      server.hang(HANG.toMillis());
    }
    return reply;
  }

  private synchronized void countAttempt(String key) {
    if (received.size() >= EVIDENCE_MAX && !received.containsKey(key)) {
      throw new BadRequest(422, "too_much", "at most " + EVIDENCE_MAX + " pieces of evidence");
    }
    received.computeIfAbsent(key, id -> new Evidence()).attempts++;
  }

  private synchronized Acknowledgement acknowledge(EvidenceEvent event) {
    Evidence evidence = received.computeIfAbsent(event.id(), id -> new Evidence());
    Acknowledgement acknowledgement =
        evidence.acknowledgement.orElseGet(
            () ->
                new Acknowledgement(
                    String.format(Locale.ROOT, "D%09d", acknowledged() + 1),
                    event.id(),
                    clock.instant(),
                    event.contentHash()));
    if (!acknowledgement.contentHash().equals(event.contentHash())) {
      throw new BadRequest(409, "CONFLICT", "this id was taken with other content");
    }
    evidence.acknowledgement = Optional.of(acknowledgement);
    evidence.deliveries++;
    return acknowledgement;
  }

  private long acknowledged() {
    return received.values().stream().filter(one -> one.acknowledgement.isPresent()).count();
  }

  private synchronized StubReply list() {
    ArrayNode items = Json.array();
    received.forEach(
        (id, evidence) ->
            items.add(
                evidence
                    .acknowledgement
                    .map(Acknowledgement::json)
                    .orElseGet(() -> Json.object().put("evidenceId", id))
                    .put("attempts", evidence.attempts)
                    .put("deliveries", evidence.deliveries)
                    .put("accepted", evidence.acknowledgement.isPresent())));
    return StubReply.json(200, Json.object().set("items", items));
  }
}
