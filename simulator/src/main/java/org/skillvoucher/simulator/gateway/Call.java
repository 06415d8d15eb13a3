package org.skillvoucher.simulator.gateway;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.skillvoucher.simulator.wire.Json;

/** One request, which can be sent again byte for byte. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Call(String method, URI address, Map<String, String> headers, byte[] body) {
  public static Call get(String address) {
    return new Call("GET", URI.create(address), Map.of(), new byte[0]);
  }

  public static Call post(String address, com.fasterxml.jackson.databind.JsonNode body) {
    return new Call(
        "POST",
        URI.create(address),
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Json.write(body));
  }

  public Call with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(method, address, more, body);
  }

  @Override
  public String toString() {
    return method + " " + address.getPath();
  }
}
