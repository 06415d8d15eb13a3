package org.skillvoucher.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.security.Caller;

/**
 * A request that {@link RequestPipeline} admitted, as its route gets it.
 *
 * @param authenticated empty on open routes only
 * @param key the Idempotency-Key; empty on GET only
 * @param path values of the path's variables, by name
 * @param query the query's parameters, each of them known to the route
 * @param mediaType the route's media type the caller prefers
 * @param bodyType the declared type of the body
 */
public record Call(
    Optional<Caller> authenticated,
    String key,
    Map<String, String> path,
    Map<String, String> query,
    Language language,
    String mediaType,
    BodyReader.Type bodyType,
    ByteString body) {
  private static final int LIMIT_DEFAULT = 50;
  private static final int LIMIT_MAX = 200;

  @Override
  public String toString() {
    return "Call";
  }

  public Caller caller() {
    return authenticated.orElseThrow();
  }

  /** The person who calls, as events record it. */
  public Actor actor() {
    return caller().actor();
  }

  public ObjectNode json() {
    return Json.read(body.toArray());
  }

  /** For requests whose body is empty, or an empty object. */
  public void nothing() {
    if (body.nonEmpty()) {
      Fields.of(json()).refuseIfFaulty();
    }
  }

  public ClassId classId() {
    return id("classId", ClassId::parse);
  }

  public LessonId lessonId() {
    return id("lessonId", LessonId::parse);
  }

  public CreditCode creditCode() {
    return id("creditCode", CreditCode::parseIssued);
  }

  public PersonPseudonym person() {
    return id("person", PersonPseudonym::parse);
  }

  public VoucherId voucherId() {
    return id("voucherId", VoucherId::parse);
  }

  /** A malformed id is answered like an unknown one. */
  private <T> T id(String name, Function<String, Parsed<T>> parse) {
    return parse
        .apply(variable(name))
        .toOptional()
        .orElseThrow(() -> new ProblemException(Problem.notFound()));
  }

  public String variable(String name) {
    return Optional.ofNullable(path.get(name)).orElseThrow();
  }

  /** Whether the caller's scope covers a class's institution and region. */
  public boolean sees(CreditCode institution, RegionCode region) {
    return caller().scope().covers(institution, region);
  }

  /** Whether the caller's scope covers what belongs to a region but to no institution. */
  public boolean sees(RegionCode region) {
    return switch (caller().scope()) {
      case Caller.Scope.Everywhere everywhere -> true;
      case Caller.Scope.InRegion within -> within.covers(region);
      case Caller.Scope.OfInstitution institution -> false;
    };
  }

  /** The requested page: its cursor and its limit. */
  public Views.Paging paging() {
    return paging(LIMIT_MAX);
  }

  /** For routes with another upper bound of the limit. */
  public Views.Paging paging(int limitMax) {
    Optional<String> cursor = Optional.ofNullable(query.get("cursor"));
    if (cursor.isPresent() && !cursor.get().matches("[!-~]{1,512}")) {
      throw badParameter("cursor", new Text("is no nextCursor of ours", "不是有效的 nextCursor"));
    }
    return new Views.Paging(cursor, limit(limitMax));
  }

  private int limit(int limitMax) {
    String text = query.getOrDefault("limit", Integer.toString(LIMIT_DEFAULT));
    int limit = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > limitMax) {
      throw badParameter(
          "limit", new Text("must be from 1 to " + limitMax, "应在 1 至 " + limitMax + " 之间"));
    }
    return limit;
  }

  /** An optional parameter with a closed set of values. */
  public Optional<String> word(String name, Set<String> words) {
    Optional<String> word = Optional.ofNullable(query.get(name));
    if (word.isPresent() && !words.contains(word.get())) {
      String known = String.join(", ", words.stream().sorted().toList());
      throw badParameter(name, new Text("must be one of " + known, "取值应为 " + known + " 之一"));
    }
    return word;
  }

  public Optional<ClassId> classIdParameter() {
    return Optional.ofNullable(query.get("classId"))
        .map(
            text ->
                ClassId.parse(text)
                    .toOptional()
                    .orElseThrow(
                        () -> badParameter("classId", new Text("is no class id", "不是班级编号"))));
  }

  public static ProblemException badParameter(String name, Text detail) {
    return new ProblemException(Problem.invalid(Problem.Fault.ofParameter(name, detail)));
  }
}
