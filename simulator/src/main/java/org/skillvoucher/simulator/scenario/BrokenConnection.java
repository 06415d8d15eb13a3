package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import org.skillvoucher.simulator.gateway.HttpCall;

/** A connection that breaks while a request goes out, or before its answer comes in (断网). */
final class BrokenConnection {
  private BrokenConnection() {}

  /**
   * Sends that many bytes of a request's body and breaks the connection without waiting. The other
   * side may have everything, or only part.
   */
  static void send(HttpCall call, int bodyBytes) {
    StringBuilder head = new StringBuilder();
    head.append(call.method()).append(' ').append(call.address().getPath()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(call.address().getAuthority()).append("\r\n");
    for (Map.Entry<String, String> header : call.headers().entrySet()) {
      head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    head.append("Content-Length: ").append(call.body().length).append("\r\n\r\n");
    try (Socket socket = new Socket(call.address().getHost(), call.address().getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.toString().getBytes(US_ASCII));
      out.write(call.body(), 0, Math.min(bodyBytes, call.body().length));
      out.flush();
    } catch (IOException e) {
      // Broken earlier than planned: the answer is lost all the same.
      return;
    }
  }
}
