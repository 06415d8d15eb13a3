package org.skillvoucher.gateway.http;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.gateway.security.IdempotentCalls.Kept;
import org.skillvoucher.gateway.security.Role;

/**
 * One method of one path, with all that {@link RequestPipeline} needs to admit a request.
 *
 * @param template the path, with its variables in braces, as in openapi.yaml
 * @param roles who may call; empty for everybody, without a token
 * @param claimsKey whether the pipeline records the use of the idempotency key; a scan's key is
 *     recorded by its class
 * @param keyKept how long the pipeline's record of a key is kept
 * @param produces media types on offer, the preferred first
 * @param parameters names of the query's parameters
 */
public record Endpoint(
    String method,
    String template,
    Set<Role> roles,
    Body body,
    boolean claimsKey,
    Kept keyKept,
    List<String> produces,
    Set<String> parameters,
    AsyncHandler handler) {

  /** The body an endpoint accepts. */
  public enum Body {
    /** A GET's, which is discarded. */
    IGNORED,
    /** None or an empty JSON object. */
    NOTHING,
    JSON,
    /** JSON of many items, with a size limit and a timeout of its own. */
    BATCH,
    /** CSV or a spreadsheet. */
    ROSTER
  }

  /** Reads a request without side effects, so that an invalid one uses up no idempotency key. */
  @FunctionalInterface
  public interface Handler {
    Work read(Call call);
  }

  /** The same, for bodies that are read on other threads. */
  @FunctionalInterface
  public interface AsyncHandler {
    CompletionStage<Work> read(Call call);
  }

  /** Carries a request out. */
  @FunctionalInterface
  public interface Work {
    CompletionStage<Reply> run();
  }

  public static Endpoint get(
      String template, Set<Role> roles, Handler handler, String... parameters) {
    return new Endpoint(
        "GET",
        template,
        roles,
        Body.IGNORED,
        false,
        Kept.SHORTLY,
        List.of(Reply.JSON),
        Set.of(parameters),
        call -> CompletableFuture.completedStage(handler.read(call)));
  }

  public static Endpoint post(String template, Set<Role> roles, Body body, Handler handler) {
    return postAsync(
        template, roles, body, call -> CompletableFuture.completedStage(handler.read(call)));
  }

  /** A file, which is read on other threads. */
  public static Endpoint postFile(String template, Set<Role> roles, AsyncHandler handler) {
    return postAsync(template, roles, Body.ROSTER, handler);
  }

  private static Endpoint postAsync(
      String template, Set<Role> roles, Body body, AsyncHandler handler) {
    return new Endpoint(
        "POST", template, roles, body, true, Kept.SHORTLY, List.of(Reply.JSON), Set.of(), handler);
  }

  public Endpoint producing(String... mediaTypes) {
    return new Endpoint(
        method,
        template,
        roles,
        body,
        claimsKey,
        keyKept,
        List.of(mediaTypes),
        parameters,
        handler);
  }

  public Endpoint leavingTheKeyToTheClass() {
    return new Endpoint(
        method, template, roles, body, false, keyKept, produces, parameters, handler);
  }

  /** With its recorded keys kept as long as those of a class. */
  public Endpoint keepingTheKeyWithTheClass() {
    return new Endpoint(
        method, template, roles, body, claimsKey, Kept.WITH_CLASS, produces, parameters, handler);
  }

  /**
   * Every unsafe call needs a key; those of the management port, which asks for no token, do not.
   */
  boolean needsKey() {
    return body != Body.IGNORED && !isOpen();
  }

  boolean isOpen() {
    return roles.isEmpty();
  }
}
