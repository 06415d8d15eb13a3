package org.skillvoucher.gateway.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.http.scaladsl.model.ParsingException;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.projection.InvalidCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps failures to problems. A failure of the environment is a 503, because the outcome is unknown
 * and the same request may be sent again; a bug is a 500. No exception message is sent or logged:
 * it may quote a name or a number.
 */
final class FailureProblems {
  private static final Logger LOG = LoggerFactory.getLogger(FailureProblems.class);
  private static final int FRAMES_MAX = 5;

  private final Duration retryAfter;

  FailureProblems(Duration retryAfter) {
    this.retryAfter = retryAfter;
  }

  Reply reply(Throwable failure, Language language) {
    return Reply.problem(problem(unwrapped(failure)), language);
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable inner = failure;
    while ((inner instanceof CompletionException || inner instanceof ExecutionException)
        && inner.getCause() != null) {
      inner = inner.getCause();
    }
    return inner;
  }

  private Problem problem(Throwable failure) {
    return switch (failure) {
      case ProblemException refused -> refused.problem();
      case EntityStreamSizeException tooLong -> BodyReader.tooLong(tooLong.limit());
      case EntityStreamException broken -> unreadable();
      case ParsingException broken -> unreadable();
      case IllegalUriException broken -> unreadable();
      case InvalidCursor bad ->
          Problem.invalid(
              Problem.Fault.ofParameter(
                  "cursor", new Text("is no nextCursor of this list", "不是此列表的 nextCursor")));
      case NullPointerException bug -> internal(bug);
      case ClassCastException bug -> internal(bug);
      case IndexOutOfBoundsException bug -> internal(bug);
      case ArithmeticException bug -> internal(bug);
      case IllegalArgumentException bug -> internal(bug);
      case UnsupportedOperationException bug -> internal(bug);
      case LinkageError bug -> internal(bug);
      case TimeoutException late -> Problem.tryAgain(retryAfter);
      case CardPlatform.Silent silent -> Problem.tryAgain(retryAfter);
      case Throwable environment -> unknown(environment);
    };
  }

  private static Problem unreadable() {
    return Problem.malformed(new Text("The request cannot be read.", "请求无法读取。"))
        .withHeader("Connection", "close");
  }

  private Problem unknown(Throwable environment) {
    LOG.warn("outcome unknown, answered 503: {}", where(environment));
    return Problem.tryAgain(retryAfter);
  }

  private static Problem internal(Throwable bug) {
    String correlationId = UUID.randomUUID().toString();
    LOG.error("bug, answered 500, correlation id {}: {}", correlationId, where(bug));
    return Problem.internal(correlationId);
  }

  /** The failure's class and our own frames of its stack trace. */
  private static String where(Throwable failure) {
    String frames =
        Arrays.stream(failure.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("org.skillvoucher."))
            .limit(FRAMES_MAX)
            .map(StackTraceElement::toString)
            .collect(Collectors.joining(" < "));
    return failure.getClass().getName() + " at " + frames;
  }
}
