package org.skillvoucher.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admission control: how many requests are in flight, in all, of one address and of one token. A
 * request whose body has not arrived yet does no work and is not in flight; those of one token have
 * a limit of their own.
 */
final class Admission {
  private final HttpSettings settings;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger bodiesAwaited = new AtomicInteger();
  private final Map<Object, Integer> peers = new ConcurrentHashMap<>();
  private final Map<Object, Integer> tokens = new ConcurrentHashMap<>();
  private final Map<Object, Integer> tokenBodies = new ConcurrentHashMap<>();
  private final Counter peerRefused;
  private final Counter tokenRefused;
  private final Counter bodiesRefused;

  Admission(String port, HttpSettings settings, MeterRegistry meters) {
    this.settings = settings;
    Gauge.builder(port + ".bodies.awaited", bodiesAwaited, AtomicInteger::get)
        .description("Requests whose body has not arrived yet")
        .register(meters);
    this.peerRefused = refused(port, "peer", meters);
    this.tokenRefused = refused(port, "token", meters);
    this.bodiesRefused = refused(port, "token_bodies", meters);
  }

  private static Counter refused(String port, String limit, MeterRegistry meters) {
    return Counter.builder(port + ".requests.refused")
        .description("Requests answered 429, by the limit that was reached")
        .tag("limit", limit)
        .register(meters);
  }

  /**
   * Admits a request.
   *
   * @param peer empty where the address is not known
   * @throws ProblemException when a limit is reached
   */
  Place enter(Optional<InetAddress> peer) {
    Place place = new Place(peer);
    place.enter();
    return place;
  }

  private static boolean take(Map<Object, Integer> shares, Object client, int max) {
    return shares.merge(client, 1, Integer::sum) <= max || release(shares, client);
  }

  /** Always false. */
  private static boolean release(Map<Object, Integer> shares, Object client) {
    shares.computeIfPresent(client, (same, held) -> held == 1 ? null : held - 1);
    return false;
  }

  private ProblemException tooMany(Counter refused, String limit, int max) {
    refused.increment();
    return new ProblemException(
        Problem.of(
                Code.TOO_MANY_REQUESTS,
                "Wait for the answers to the requests under way, then send this one again.",
                "请等待正在处理的请求得到答复后，再重新发送本请求。")
            .with("limit", limit)
            .with("max", max)
            .withHeader(
                "Retry-After", Long.toString(Math.max(1, settings.retryAfter().toSeconds()))));
  }

  /** What one request has of the limits. */
  final class Place {
    private final Optional<InetAddress> peer;
    private Optional<String> token = Optional.empty();
    private boolean isInFlight;
    private boolean isBodyAwaited;
    private boolean isClosed;

    private Place(Optional<InetAddress> peer) {
      this.peer = peer;
    }

    private synchronized void enter() {
      if (isClosed || isInFlight) {
        return;
      }
      ShareSettings shares = settings.shares();
      if (inFlight.incrementAndGet() > settings.inFlightMax()) {
        inFlight.decrementAndGet();
        throw new ProblemException(Problem.tryAgain(settings.retryAfter()));
      }
      if (peer.isPresent() && !take(peers, peer.get(), shares.peerInFlightMax())) {
        inFlight.decrementAndGet();
        throw tooMany(peerRefused, "peer_in_flight", shares.peerInFlightMax());
      }
      if (token.isPresent() && !take(tokens, token.get(), shares.tokenInFlightMax())) {
        inFlight.decrementAndGet();
        peer.ifPresent(address -> release(peers, address));
        throw tooMany(tokenRefused, "token_in_flight", shares.tokenInFlightMax());
      }
      isInFlight = true;
    }

    private void leave() {
      if (isInFlight) {
        inFlight.decrementAndGet();
        peer.ifPresent(address -> release(peers, address));
        token.ifPresent(id -> release(tokens, id));
        isInFlight = false;
      }
    }

    /** The request is of this token from now on. */
    synchronized void authenticated(String tokenId) {
      leave();
      token = Optional.of(tokenId);
      enter();
    }

    /** The body is still to come: the request is not in flight until then. */
    synchronized void awaitsBody() {
      if (isClosed) {
        return;
      }
      int max = settings.shares().tokenBodiesMax();
      if (token.isPresent() && !take(tokenBodies, token.get(), max)) {
        throw tooMany(bodiesRefused, "token_bodies", max);
      }
      leave();
      bodiesAwaited.incrementAndGet();
      isBodyAwaited = true;
    }

    synchronized void bodyArrived() {
      bodyEnds();
      enter();
    }

    private void bodyEnds() {
      if (isBodyAwaited) {
        bodiesAwaited.decrementAndGet();
        token.ifPresent(id -> release(tokenBodies, id));
        isBodyAwaited = false;
      }
    }

    synchronized void close() {
      bodyEnds();
      leave();
      isClosed = true;
    }
  }
}
