package org.skillvoucher.simulator.gateway;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.skillvoucher.simulator.wire.Json;

/** One request, which can be sent again byte for byte. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HttpCall(String method, URI address, Map<String, String> headers, byte[] body) {
  public static HttpCall get(String address) {
    return new HttpCall("GET", URI.create(address), Map.of(), new byte[0]);
  }

  public static HttpCall post(String address, com.fasterxml.jackson.databind.JsonNode body) {
    return new HttpCall(
        "POST",
        URI.create(address),
        Map.of("Content-Type", "application/json; charset=utf-8"),
        Json.write(body));
  }

  public HttpCall with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new HttpCall(method, address, more, body);
  }

  @Override
  public String toString() {
    return method + " " + address.getPath();
  }
}
