package org.skillvoucher.gateway.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethod;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.server.Route;
import org.apache.pekko.util.ByteString;
import org.skillvoucher.gateway.security.Role;

/**
 * A request, to the routes or over a real port. Every answer is validated against the contract
 * before a test sees it.
 */
public final class Ask {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String method;
  private final String path;
  private final List<HttpHeader> headers = new ArrayList<>();
  private String contentType = "";
  private byte[] body = {};

  private Ask(String method, String path) {
    this.method = method;
    this.path = path;
  }

  public static Ask get(String path) {
    return new Ask("GET", path);
  }

  /** With a new idempotency key. */
  public static Ask post(String path) {
    return new Ask("POST", path).key(UUID.randomUUID().toString());
  }

  static Ask with(String method, String path) {
    return new Ask(method, path);
  }

  public Ask by(Role role) {
    return token(World.token(role));
  }

  /** Of the same role for another institution or region. */
  Ask byForeign(Role role) {
    return token(World.token(role) + "-foreign");
  }

  public Ask token(String token) {
    headers.removeIf(header -> header.lowercaseName().equals("authorization"));
    return header("Authorization", "Bearer " + token);
  }

  public Ask key(String key) {
    headers.removeIf(header -> header.lowercaseName().equals("idempotency-key"));
    return header("Idempotency-Key", key);
  }

  Ask withoutKey() {
    headers.removeIf(header -> header.lowercaseName().equals("idempotency-key"));
    return this;
  }

  public Ask in(String language) {
    return header("Accept-Language", language);
  }

  Ask accept(String types) {
    return header("Accept", types);
  }

  Ask header(String name, String value) {
    headers.add(HttpHeader.parse(name, value));
    return this;
  }

  public Ask json(String json) {
    return body("application/json", json.getBytes(World.UTF_8));
  }

  /** JSON with single quotes for double ones. */
  public Ask jsonOf(String json) {
    return json(json.replace('\'', '"'));
  }

  public Ask body(String type, byte[] bytes) {
    contentType = type;
    body = bytes.clone();
    return this;
  }

  HttpRequest request() {
    HttpRequest request = HttpRequest.create(path).withMethod(methodOf(method)).addHeaders(headers);
    return contentType.isEmpty()
        ? request
        : request.withEntity(
            HttpEntities.create(ContentTypes.parse(contentType), ByteString.fromArray(body)));
  }

  private static HttpMethod methodOf(String name) {
    return HttpMethods.lookup(name.toUpperCase(Locale.ROOT)).orElseThrow();
  }

  public Answer to(World world) {
    return to(world.route());
  }

  Answer to(Route route) {
    Answer answer = Answer.of(send(route));
    Contract.check(this, answer);
    return answer;
  }

  /** Without waiting for the answer. */
  CompletionStage<Answer> start(Route route) {
    return started(route).thenApply(Answer::of);
  }

  /** For answers of ports that openapi.yaml does not describe. */
  Answer toUndescribed(Route route) {
    return Answer.of(send(route));
  }

  /** By a real client, to the gateway at this address. */
  public Answer over(String api) {
    var request =
        java.net.http.HttpRequest.newBuilder(URI.create(api + path))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.ofByteArray(body));
    headers.forEach(header -> request.header(header.name(), header.value()));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    try {
      Answer answer = Answer.of(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
      Contract.check(this, answer);
      return answer;
    } catch (IOException e) {
      throw new AssertionError("no answer to " + method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("no answer to " + method + " " + path, e);
    }
  }

  private HttpResponse send(Route route) {
    try {
      return started(route).toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("no answer to " + method + " " + path, e);
    }
  }

  private CompletionStage<HttpResponse> started(Route route) {
    try {
      return route.function(TestSystem.ONLY).apply(request());
    } catch (Exception e) {
      throw new AssertionError("no answer to " + method + " " + path, e);
    }
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  List<HttpHeader> headers() {
    return headers;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body.clone();
  }
}
