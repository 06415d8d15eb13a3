package org.skillvoucher.gateway.projection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skillvoucher.gateway.security.Caller;

/** The conditions of one list, with their values. */
final class Filter {
  private final List<String> conditions = new ArrayList<>();
  private final List<Object> values = new ArrayList<>();

  /** The rows a caller may see, by the table's own institution and region. */
  static Filter of(Caller.Scope scope) {
    return of(scope, "institution = ?");
  }

  /**
   * The rows a caller may see.
   *
   * @param ofInstitution the condition for an institution's own rows, with one value
   */
  static Filter of(Caller.Scope scope, String ofInstitution) {
    Filter filter = new Filter();
    switch (scope) {
      case Caller.Scope.Everywhere everywhere -> {}
      case Caller.Scope.InRegion(var region) ->
          filter.with("left(region, " + region.prefix().length() + ") = ?", region.prefix());
      case Caller.Scope.OfInstitution(var institution) ->
          filter.with(ofInstitution, institution.value());
    }
    return filter;
  }

  static Filter where(String condition, Object value) {
    return new Filter().with(condition, value);
  }

  Filter with(String condition, Object value) {
    conditions.add(condition);
    values.add(value);
    return this;
  }

  Filter with(String condition, Optional<?> value) {
    value.ifPresent(present -> with(condition, (Object) present));
    return this;
  }

  /** The conditions, to be continued after others; with their values in {@link #values}. */
  String more() {
    return conditions.stream().map(condition -> " AND " + condition).collect(Collectors.joining());
  }

  /** The clause, or nothing; with its values in {@link #values}. */
  String clause() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  List<Object> values() {
    return values;
  }
}
