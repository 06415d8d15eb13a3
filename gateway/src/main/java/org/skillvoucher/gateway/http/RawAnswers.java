package org.skillvoucher.gateway.http;

import java.time.Duration;
import org.apache.pekko.util.ByteString;

/** Answers written without the HTTP layer, as bytes; after each the connection closes. */
final class RawAnswers {
  static final ByteString MALFORMED =
      bytes(
          Problem.malformed(new Text("This is not HTTP/1.1 as it should be.", "HTTP 报文有误。")),
          "Bad Request");
  static final ByteString TOO_SLOW = bytes(Problem.tooSlow(), "Request Timeout");
  static final ByteString NO_ROOM =
      bytes(Problem.tryAgain(Duration.ofSeconds(1)), "Service Unavailable");

  private RawAnswers() {}

  private static ByteString bytes(Problem problem, String phrase) {
    Reply reply = Reply.problem(problem, Language.EN);
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(reply.status()).append(' ').append(phrase).append("\r\n");
    head.append("Server: ").append(HttpServer.NAME).append("\r\n");
    HttpResponses.response(reply)
        .getHeaders()
        .forEach(
            header ->
                head.append(header.name()).append(": ").append(header.value()).append("\r\n"));
    head.append("Connection: close\r\nContent-Type: ").append(reply.mediaType());
    head.append("\r\nContent-Length: ").append(reply.body().size()).append("\r\n\r\n");
    return ByteString.fromString(head.toString()).concat(reply.body());
  }
}
