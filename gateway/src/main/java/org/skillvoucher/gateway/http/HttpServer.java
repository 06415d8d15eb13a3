package org.skillvoucher.gateway.http;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.server.Directives;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.http.javadsl.settings.ServerSettings;
import org.apache.pekko.japi.function.Creator;
import org.apache.pekko.japi.function.Function;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.stream.TLSProtocol;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.TLSPlacebo;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;

/** A port that answers by a route. Each connection's bytes pass a {@link ConnectionGuard}. */
public final class HttpServer {
  /** Without a version, which would help an attacker. */
  static final String NAME = "skill-voucher-gateway";

  /** The address a request came from. */
  static final AttributeKey<InetAddress> PEER = AttributeKey.create("peer", InetAddress.class);

  /** Pekko's own has a fixed character set, and a declared one would be lost. */
  private static final MediaType.WithOpenCharset JSON =
      MediaTypes.customWithOpenCharset("application", "json", Map.of(), false);

  private static final AtomicBoolean IS_WARM = new AtomicBoolean();
  private static final int WARM_UP_CONNECTIONS = 2_000;
  private static final int WARM_UP_PARALLELISM = 2;
  private static final Duration WARM_UP_AFTER = Duration.ofSeconds(1);
  private static final ByteString HALF_A_HEAD = ByteString.fromString("GET / HTTP/1.1\r\n");

  private final Connections connections;
  private final Tcp.ServerBinding binding;
  private final Cancellable sweeping;

  private HttpServer(Connections connections, Tcp.ServerBinding binding, Cancellable sweeping) {
    this.connections = connections;
    this.binding = binding;
    this.sweeping = sweeping;
  }

  /**
   * Binds the port. Malformed HTTP is answered by a problem, too.
   *
   * @return the stage fails when the port is in use
   */
  public static CompletionStage<HttpServer> start(
      ClassicActorSystemProvider system,
      HttpSettings settings,
      Connections connections,
      Route route) {
    Materializer materializer = SystemMaterializer.get(system).materializer();
    ServerSettings server = serverSettings(system, settings);
    BidiFlow<HttpResponse, ByteString, ByteString, HttpRequest, NotUsed> http =
        Http.get(system)
            .serverLayer(server)
            .atop(
                BidiFlow.fromFlows(
                    Flow.of(TLSProtocol.SslTlsOutbound.class),
                    Flow.upcast(Flow.of(TLSProtocol.SessionBytes.class))))
            .atop(TLSPlacebo.getInstance());
    Function<HttpRequest, CompletionStage<HttpResponse>> answer =
        answering(settings, route).handler(system);
    return Tcp.get(system)
        .bind(
            settings.host(),
            settings.port(),
            // A full queue drops connections, which clients repeat after a second.
            settings.connections().connectionsMax(),
            server.getSocketOptions(),
            true,
            Optional.empty())
        .to(
            Sink.foreach(
                incoming -> {
                  InetAddress peer = incoming.remoteAddress().getAddress();
                  Creator<Flow<ByteString, ByteString, NotUsed>> layer =
                      () ->
                          Flow.<HttpRequest>create()
                              .map(request -> request.addAttribute(PEER, peer))
                              .mapAsync(1, answer)
                              .join(http);
                  incoming.handleWith(
                      connections
                          .open(peer)
                          .map(held -> guarded(layer, new ConnectionGuard(connections, held)))
                          .orElseGet(HttpServer::refusing),
                      materializer);
                }))
        .run(materializer)
        .thenApply(
            binding -> {
              warmUp(connections, materializer);
              return new HttpServer(connections, binding, connections.sweepEvery(system));
            });
  }

  /**
   * Runs connections in memory that end within their first head, once in a process, so that the
   * code which takes connections is compiled before a thousand clients come at once.
   */
  private static void warmUp(Connections connections, Materializer materializer) {
    if (!IS_WARM.compareAndSet(false, true)) {
      return;
    }
    InetAddress peer = InetAddress.getLoopbackAddress();
    var unused =
        Source.range(1, WARM_UP_CONNECTIONS)
            .initialDelay(WARM_UP_AFTER)
            .mapAsync(
                WARM_UP_PARALLELISM,
                number ->
                    Source.single(HALF_A_HEAD)
                        .via(
                            guarded(
                                HttpServer::refusing,
                                new ConnectionGuard(connections, new Connection(peer))))
                        .runWith(Sink.ignore(), materializer))
            .runWith(Sink.ignore(), materializer)
            .exceptionally(stopped -> Done.getInstance());
  }

  /** The HTTP layer is made when its first bytes come. */
  private static Flow<ByteString, ByteString, NotUsed> guarded(
      Creator<Flow<ByteString, ByteString, NotUsed>> layer, ConnectionGuard guard) {
    return Flow.lazyFlow(layer)
        .mapMaterializedValue(made -> NotUsed.getInstance())
        .join(BidiFlow.fromGraph(guard));
  }

  private static Flow<ByteString, ByteString, NotUsed> refusing() {
    return Flow.fromSinkAndSource(Sink.cancelled(), Source.single(RawAnswers.NO_ROOM));
  }

  private static Route answering(HttpSettings settings, Route route) {
    return Directives.withRequestTimeoutResponse(
        late ->
            HttpResponses.response(
                Reply.problem(Problem.tryAgain(settings.retryAfter()), Language.EN)),
        () -> route);
  }

  public InetSocketAddress localAddress() {
    return binding.localAddress();
  }

  /**
   * Takes no more connections, and closes each one once its requests in flight are answered.
   *
   * @param atMost after this the remaining ones are closed at once
   */
  public CompletionStage<Done> terminate(Duration atMost) {
    return binding
        .unbind()
        .thenCompose(
            unbound ->
                connections
                    .end()
                    .toCompletableFuture()
                    .copy()
                    .completeOnTimeout(
                        Done.getInstance(), atMost.toMillis(), TimeUnit.MILLISECONDS))
        .thenApply(
            ended -> {
              connections.abortAll();
              sweeping.cancel();
              return ended;
            });
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
                "pekko.http.server.server-header",
                NAME));
    ServerSettings server =
        ServerSettings.create(own.withFallback(system.classicSystem().settings().config()));
    return server.withParserSettings(server.getParserSettings().withCustomMediaTypes(JSON));
  }
}
