package org.skillvoucher.gateway.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The endpoints by the number of path segments, so that a request is matched with few. */
final class RouteTable {
  private final Map<Integer, List<CompiledRoute>> byLength = new HashMap<>();

  /** An endpoint with its template split into segments. */
  private record CompiledRoute(Endpoint endpoint, List<String> parts) {
    /** The values of the template's variables; empty when the path does not match. */
    Optional<Map<String, String>> match(List<String> segments) {
      for (int i = 0; i < parts.size(); i++) {
        if (!isVariable(i) && !parts.get(i).equals(segments.get(i))) {
          return Optional.empty();
        }
      }
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        if (isVariable(i)) {
          variables.put(parts.get(i).substring(1, parts.get(i).length() - 1), segments.get(i));
        }
      }
      return Optional.of(variables);
    }

    private boolean isVariable(int i) {
      return parts.get(i).startsWith("{");
    }
  }

  /**
   * An endpoint whose path matches a request's.
   *
   * @param variables the values of its template's variables
   */
  record Match(Endpoint endpoint, Map<String, String> variables) {}

  RouteTable(List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      List<String> parts = List.of(endpoint.template().substring(1).split("/", -1));
      byLength
          .computeIfAbsent(parts.size(), length -> new ArrayList<>())
          .add(new CompiledRoute(endpoint, parts));
    }
  }

  /** The endpoints of a path, of all methods. */
  List<Match> at(List<String> segments) {
    List<Match> matches = new ArrayList<>();
    for (CompiledRoute route : byLength.getOrDefault(segments.size(), List.of())) {
      route
          .match(segments)
          .ifPresent(variables -> matches.add(new Match(route.endpoint(), variables)));
    }
    return matches;
  }
}
