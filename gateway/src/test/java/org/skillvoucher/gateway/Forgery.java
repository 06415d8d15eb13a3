package org.skillvoucher.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.gateway.device.DeviceKey;

/** Taps that were tampered with. */
final class Forgery {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Forgery() {}

  /** Another statement, signed by the same key. */
  static TestDevice.Tap resigned(TestDevice.Tap tap, DeviceKey key, Map<String, ?> changes) {
    ObjectNode body = read(tap);
    ObjectNode statement = (ObjectNode) body.get("statement");
    changes.forEach((name, value) -> statement.set(name, JSON.valueToTree(value)));
    body.put("signature", key.sign(canonical(statement)));
    return with(tap, body);
  }

  /** The same statement with another signature. */
  static TestDevice.Tap signed(TestDevice.Tap tap, String signature) {
    return with(tap, read(tap).put("signature", signature));
  }

  /** The same statement with another card presented. */
  static TestDevice.Tap showing(TestDevice.Tap tap, String presented, String instead) {
    return new TestDevice.Tap(
        tap.classId(), tap.counter(), tap.hash(), tap.body().replace(presented, instead));
  }

  static String signature(TestDevice.Tap tap) {
    return read(tap).get("signature").asText();
  }

  /** The bytes that are signed. */
  static byte[] statement(TestDevice.Tap tap) {
    return canonical((ObjectNode) read(tap).get("statement"));
  }

  private static ObjectNode read(TestDevice.Tap tap) {
    try {
      return (ObjectNode) JSON.readTree(tap.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestDevice.Tap with(TestDevice.Tap tap, ObjectNode body) {
    return new TestDevice.Tap(tap.classId(), tap.counter(), tap.hash(), body.toString());
  }

  private static byte[] canonical(ObjectNode statement) {
    Map<String, Object> members = new LinkedHashMap<>();
    statement
        .propertyStream()
        .forEach(
            member ->
                members.put(
                    member.getKey(),
                    member.getValue().isTextual()
                        ? member.getValue().textValue()
                        : (Object) member.getValue().longValue()));
    return CanonicalJson.bytes(members);
  }
}
