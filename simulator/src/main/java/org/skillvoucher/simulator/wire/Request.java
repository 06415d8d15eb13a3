package org.skillvoucher.simulator.wire;

import com.sun.net.httpserver.Headers;
import java.util.Optional;

/**
 * One request, read whole.
 *
 * @param body at most as long as the server's bound
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Request(String method, String path, Headers headers, byte[] body) {
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name)).filter(value -> !value.isBlank());
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
