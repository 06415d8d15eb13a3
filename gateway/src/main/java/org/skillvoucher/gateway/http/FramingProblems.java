package org.skillvoucher.gateway.http;

import java.util.UUID;
import org.apache.pekko.event.LoggingAdapter;
import org.apache.pekko.http.ParsingErrorHandler;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.ErrorInfo;
import org.apache.pekko.http.scaladsl.model.StatusCode;
import org.apache.pekko.http.scaladsl.settings.ServerSettings;

/**
 * Answers bytes that cannot be parsed as HTTP; Pekko then closes the connection. Pekko creates it
 * by the class name in its configuration.
 */
public final class FramingProblems extends ParsingErrorHandler {
  @Override
  public HttpResponse handle(
      StatusCode status, ErrorInfo error, LoggingAdapter log, ServerSettings settings) {
    return HttpResponses.response(Reply.problem(problem(status.intValue()), Language.EN));
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 413 -> Problem.of(Code.TOO_LARGE, "The body is longer than is taken.", "请求体过大。");
      case 414 -> Problem.of(Code.URI_TOO_LONG, "The address is longer than is taken.", "请求地址过长。");
      case 431 ->
          Problem.of(Code.HEADERS_TOO_LARGE, "The headers are longer than is taken.", "请求头过大。");
      default ->
          status >= 500 && status != 501 && status != 505
              ? Problem.internal(UUID.randomUUID().toString())
              : Problem.malformed(new Text("This is not HTTP/1.1 as it should be.", "HTTP 报文有误。"));
    };
  }
}
