package org.skillvoucher.simulator.downstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.List;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.canonical.NotCanonicalException;
import org.skillvoucher.simulator.keys.Sm3;
import org.skillvoucher.simulator.wire.BadRequest;
import org.skillvoucher.simulator.wire.Json;

/**
 * One CloudEvent with a class's evidence.
 *
 * @param contentHash base64url of SM3 over the content's canonical JSON, computed here and not
 *     believed
 */
record EvidenceEvent(String id, String contentHash) {
  private static final String TYPE = "org.skillvoucher.evidence.attendance.v1";

  /** Reads an event, or answers 400 or 422 saying which member is wrong. */
  static EvidenceEvent read(byte[] body) {
    JsonNode event = Json.read(body);
    for (String member : List.of("specversion", "type", "source", "id", "time")) {
      Json.text(event, member);
    }
    if (!event.path("specversion").textValue().equals("1.0")) {
      throw new BadRequest(422, "invalid_field", "specversion must be 1.0");
    }
    if (!event.path("type").textValue().equals(TYPE)) {
      throw new BadRequest(422, "invalid_field", "type must be " + TYPE);
    }
    if (!event.path("data").isObject()) {
      throw new BadRequest(422, "invalid_field", "data must be an object");
    }
    return new EvidenceEvent(event.path("id").textValue(), contentHash(event.path("data")));
  }

  static String contentHash(JsonNode content) {
    try {
      byte[] canonical =
          CanonicalJson.write(CanonicalJson.parse(Json.write(content))).getBytes(UTF_8);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Sm3.hash(canonical));
    } catch (NotCanonicalException e) {
      throw new BadRequest(422, "invalid_field", "data has no canonical form");
    }
  }
}
