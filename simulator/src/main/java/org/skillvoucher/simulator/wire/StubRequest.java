package org.skillvoucher.simulator.wire;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;

/**
 * One request, read whole.
 *
 * @param body at most as long as the server's bound
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record StubRequest(String method, String path, HttpHeaders headers, byte[] body) {
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
  }

  /**
   * A header that must be there.
   *
   * @throws BadRequest 400 when it is not
   */
  public String required(String name) {
    return header(name)
        .orElseThrow(() -> new BadRequest(400, "header_missing", name + " is missing"));
  }
}
