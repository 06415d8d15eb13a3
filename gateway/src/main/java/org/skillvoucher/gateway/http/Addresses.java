package org.skillvoucher.gateway.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The endpoints by the length of their address, so that a request is held against few of them. */
final class Addresses {
  private final Map<Integer, List<Place>> byLength = new HashMap<>();

  /** An endpoint with its template in parts. */
  private record Place(Endpoint endpoint, List<String> parts) {
    /** The values of the template's variables, if the address fits it. */
    Optional<Map<String, String>> match(List<String> segments) {
      Map<String, String> variables = new HashMap<>();
      for (int i = 0; i < parts.size(); i++) {
        String part = parts.get(i);
        String segment = segments.get(i);
        if (part.startsWith("{")) {
          variables.put(part.substring(1, part.length() - 1), segment);
        } else if (!part.equals(segment)) {
          return Optional.empty();
        }
      }
      return Optional.of(variables);
    }
  }

  /**
   * An endpoint whose address a request has.
   *
   * @param variables the values of its template's variables
   */
  record Match(Endpoint endpoint, Map<String, String> variables) {}

  Addresses(List<Endpoint> endpoints) {
    for (Endpoint endpoint : endpoints) {
      List<String> parts = List.of(endpoint.template().substring(1).split("/", -1));
      byLength
          .computeIfAbsent(parts.size(), length -> new ArrayList<>())
          .add(new Place(endpoint, parts));
    }
  }

  /** Those at an address, whatever their methods. */
  List<Match> at(List<String> segments) {
    List<Match> matches = new ArrayList<>();
    for (Place place : byLength.getOrDefault(segments.size(), List.of())) {
      place
          .match(segments)
          .ifPresent(variables -> matches.add(new Match(place.endpoint(), variables)));
    }
    return matches;
  }
}
