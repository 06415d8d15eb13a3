package org.skillvoucher.gateway.forward;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.RawValue;

/**
 * Evidence as a CloudEvent 1.0 in structured JSON. The content is included unchanged, and every
 * attempt sends the same bytes.
 *
 * @param source who issues the evidence
 */
record CloudEvent(String source) {
  static final String TYPE = "org.skillvoucher.evidence.attendance.v1";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  byte[] of(OutboxMessage evidence) {
    var event =
        JSON.createObjectNode()
            .put("specversion", "1.0")
            .put("type", TYPE)
            .put("source", source)
            .put("id", evidence.evidenceId())
            .put("time", evidence.closedAt())
            .put("datacontenttype", "application/json")
            .putRawValue("data", new RawValue(evidence.content()));
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
