package org.skillvoucher.gateway.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.settings.ServerSettings;

/** Binds a port to a route. */
public final class HttpServer {
  private HttpServer() {}

  /**
   * Binds the port. Malformed HTTP is answered by a problem, too.
   *
   * @return the binding, which has the address and is ended by {@code terminate}; the stage fails
   *     when the port is in use
   */
  public static CompletionStage<ServerBinding> start(
      ClassicActorSystemProvider system, HttpSettings settings, Route route) {
    return Http.get(system)
        .newServerAt(settings.host(), settings.port())
        .withSettings(serverSettings(system, settings))
        .bind(
            Directives.withRequestTimeoutResponse(
                late ->
                    HttpResponses.response(
                        Reply.problem(Problem.tryAgain(settings.retryAfter()), Language.EN)),
                () -> route));
  }

  private static ServerSettings serverSettings(
      ClassicActorSystemProvider system, HttpSettings settings) {
    int bodyBytesMax = Math.max(settings.requestBodyBytesMax(), settings.rosters().fileBytesMax());
    Config own =
        ConfigFactory.parseMap(
            Map.of(
                "pekko.http.server.parsing.error-handler",
                FramingProblems.class.getName(),
                // The pipeline's limits are lower; this one is for bodies that no route reads.
                "pekko.http.server.parsing.max-content-length",
                bodyBytesMax,
                // The pipeline times out first; this is for requests that never reach it.
                "pekko.http.server.request-timeout",
                settings.askTimeout().multipliedBy(2).toMillis() + "ms",
                // Without a version, which would help an attacker.
                "pekko.http.server.server-header",
                "skill-voucher-gateway"));
    return ServerSettings.create(own.withFallback(system.classicSystem().settings().config()));
  }
}
