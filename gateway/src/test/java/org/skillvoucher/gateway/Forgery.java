package org.skillvoucher.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.gateway.device.DeviceKey;

/** Taps that somebody has put a hand to. */
final class Forgery {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Forgery() {}

  /** Another statement, signed by the key all the same. */
  static FieldDevice.Tap resigned(FieldDevice.Tap tap, DeviceKey key, Map<String, ?> changes) {
    ObjectNode body = read(tap);
    ObjectNode statement = (ObjectNode) body.get("statement");
    changes.forEach((name, value) -> statement.set(name, JSON.valueToTree(value)));
    body.put("signature", key.sign(canonical(statement)));
    return with(tap, body);
  }

  /** The same statement with another signature. */
  static FieldDevice.Tap signed(FieldDevice.Tap tap, String signature) {
    return with(tap, read(tap).put("signature", signature));
  }

  /** The same statement, though somebody else's card was shown. */
  static FieldDevice.Tap showing(FieldDevice.Tap tap, String presented, String instead) {
    return new FieldDevice.Tap(
        tap.classId(), tap.counter(), tap.hash(), tap.body().replace(presented, instead));
  }

  static String signature(FieldDevice.Tap tap) {
    return read(tap).get("signature").asText();
  }

  /** The bytes that are signed. */
  static byte[] statement(FieldDevice.Tap tap) {
    return canonical((ObjectNode) read(tap).get("statement"));
  }

  private static ObjectNode read(FieldDevice.Tap tap) {
    try {
      return (ObjectNode) JSON.readTree(tap.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static FieldDevice.Tap with(FieldDevice.Tap tap, ObjectNode body) {
    return new FieldDevice.Tap(tap.classId(), tap.counter(), tap.hash(), body.toString());
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
