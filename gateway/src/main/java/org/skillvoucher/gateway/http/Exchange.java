package org.skillvoucher.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.japi.Pair;

/** One request in {@link RequestPipeline}, with the results of the stages it has passed. */
final class Exchange {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private final HttpRequest request;
  private final Language language;
  private final List<String> segments;
  private Optional<Endpoint> endpoint = Optional.empty();
  private Map<String, String> variables = Map.of();
  private volatile boolean bodyTaken;
  private Optional<Admission.Place> place = Optional.empty();

  Exchange(HttpRequest request) {
    this.request = request;
    this.language = Language.of(header("Accept-Language").orElse(""));
    String path = request.getUri().asScala().path().toString();
    this.segments = path.startsWith("/") ? List.of(path.substring(1).split("/", -1)) : List.of();
  }

  HttpRequest request() {
    return request;
  }

  Language language() {
    return language;
  }

  String method() {
    return request.method().value();
  }

  String methodForMetrics() {
    return METHODS.contains(method()) ? method() : "other";
  }

  /** The path's segments, still encoded: an encoded slash does not separate. */
  List<String> segments() {
    return segments;
  }

  void admitted(Admission.Place admitted) {
    place = Optional.of(admitted);
  }

  Admission.Place place() {
    return place.orElseThrow();
  }

  void leave() {
    place.ifPresent(Admission.Place::close);
  }

  void matched(Endpoint found, Map<String, String> values) {
    endpoint = Optional.of(found);
    variables = values;
  }

  Endpoint endpoint() {
    return endpoint.orElseThrow();
  }

  String route() {
    return endpoint.map(Endpoint::template).orElse(RequestMetrics.NO_ROUTE);
  }

  Map<String, String> variables() {
    return variables;
  }

  Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  List<String> headers(String name) {
    List<String> values = new ArrayList<>(1);
    for (HttpHeader header : request.getHeaders()) {
      if (header.lowercaseName().equalsIgnoreCase(name)) {
        values.add(header.value());
      }
    }
    return values;
  }

  /** The query's parameters; one unknown to the route or given twice is a fault. */
  Map<String, String> query() {
    Map<String, String> values = new HashMap<>();
    for (Pair<String, String> parameter : request.getUri().query().toList()) {
      if (!endpoint().parameters().contains(parameter.first())) {
        throw Call.badParameter(parameter.first(), new Text("is not known here", "未知参数"));
      }
      if (values.put(parameter.first(), parameter.second()) != null) {
        throw Call.badParameter(parameter.first(), new Text("is given twice", "参数重复"));
      }
    }
    return values;
  }

  void takeBody() {
    bodyTaken = true;
  }

  /** Frees the connection for its next request. */
  void discardUnreadBody(ClassicActorSystemProvider system) {
    if (!bodyTaken) {
      request.discardEntityBytes(system);
    }
  }

  /** Method, path and body: two requests under one idempotency key are compared by these. */
  byte[] identity(byte[] body) {
    byte[] head =
        (method() + " " + String.join("/", segments()) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }
}
