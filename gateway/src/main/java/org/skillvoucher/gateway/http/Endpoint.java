package org.skillvoucher.gateway.http;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.gateway.security.Role;

/**
 * One method of one address, with everything {@link RequestPipeline} must know before it lets a
 * request in.
 *
 * @param template the address, with its variables in braces, as in openapi.yaml
 * @param roles who may call; empty for everybody, without a token
 * @param claimsKey whether Guard itself remembers what the idempotency key was used for; a scan's
 *     key is remembered by its class
 * @param produces media types on offer, the preferred first
 * @param parameters names of the query's parameters
 */
public record Endpoint(
    String method,
    String template,
    Set<Role> roles,
    Body body,
    boolean claimsKey,
    List<String> produces,
    Set<String> parameters,
    Handler handler) {

  /** What a request may bring along. */
  public enum Body {
    /** A GET's, which is passed over. */
    IGNORED,
    /** None or an empty JSON object. */
    NOTHING,
    JSON,
    /** JSON of many items, which may be long and take long. */
    BATCH,
    /** CSV or a spreadsheet. */
    ROSTER
  }

  /** Reads a request, without touching anything; what is unreadable uses up no idempotency key. */
  @FunctionalInterface
  public interface Handler {
    Work read(Call call);
  }

  /** What a request that was read asks for. */
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
        List.of(Reply.JSON),
        Set.of(parameters),
        handler);
  }

  public static Endpoint post(String template, Set<Role> roles, Body body, Handler handler) {
    return new Endpoint(
        "POST", template, roles, body, true, List.of(Reply.JSON), Set.of(), handler);
  }

  public Endpoint producing(String... mediaTypes) {
    return new Endpoint(
        method, template, roles, body, claimsKey, List.of(mediaTypes), parameters, handler);
  }

  public Endpoint leavingTheKeyToTheClass() {
    return new Endpoint(method, template, roles, body, false, produces, parameters, handler);
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
