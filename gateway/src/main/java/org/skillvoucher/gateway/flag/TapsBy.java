package org.skillvoucher.gateway.flag;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.skillvoucher.gateway.database.Sql;

/**
 * The taps of some persons, devices or lessons, from the table and from what is not written yet.
 */
final class TapsBy<K> {
  private final String rowsOfOne;
  private final List<Function<K, String>> names;
  private final Function<TapObservation, Optional<K>> key;
  private final Map<TapObservation.Id, TapObservation> unwritten;
  private final Map<K, Taps> known = new LinkedHashMap<>(16, 0.75f, true);
  private long rows;

  /**
   * An empty cache.
   *
   * @param rowsOfOne the condition for rows of the table, where the columns of {@code asked} are
   *     {@code n0}, {@code n1} and so on for the parts of a key, and {@code since} in milliseconds
   * @param names the parts of a key
   * @param key the key of a tap; empty when it has none here
   * @param unwritten what overrides the rows of the table
   */
  TapsBy(
      String rowsOfOne,
      List<Function<K, String>> names,
      Function<TapObservation, Optional<K>> key,
      Map<TapObservation.Id, TapObservation> unwritten) {
    this.rowsOfOne = rowsOfOne;
    this.names = names;
    this.key = key;
    this.unwritten = unwritten;
  }

  /** Taps since a time (milliseconds), and perhaps earlier ones. */
  Taps of(Connection connection, K one, long since) throws SQLException {
    Taps taps = known.get(one);
    if (taps == null || !taps.reach(since)) {
      read(connection, Map.of(one, since));
      taps = Objects.requireNonNull(known.get(one));
    }
    return taps;
  }

  /** Reads at once what will be queried and is not cached. */
  void read(Connection connection, Map<K, Long> asked) throws SQLException {
    Map<K, Long> missing = new LinkedHashMap<>();
    asked.forEach(
        (one, since) -> {
          Taps taps = known.get(one);
          if (taps == null) {
            missing.put(one, since);
          } else if (!taps.reach(since)) {
            missing.put(one, Math.min(since, taps.since()));
            rows -= taps.size();
          }
        });
    missing.forEach((one, since) -> known.put(one, new Taps(since)));
    if (missing.isEmpty()) {
      return;
    }
    for (TapObservation tap : rows(connection, missing)) {
      if (!unwritten.containsKey(tap.id())) {
        add(tap, missing);
      }
    }
    unwritten.values().forEach(tap -> add(tap, missing));
  }

  private void add(TapObservation tap, Map<K, Long> only) {
    key.apply(tap).filter(only::containsKey).ifPresent(one -> change(one, taps -> taps.add(tap)));
  }

  /**
   * One key after the other by the index: a plan for all of them at once may scan the whole table.
   */
  private List<TapObservation> rows(Connection connection, Map<K, Long> asked) throws SQLException {
    Collection<K> keys = asked.keySet();
    String columns = names.size() == 1 ? "n0" : "n0, n1";
    Object[] parameters = new Object[names.size() + 1];
    for (int i = 0; i < names.size(); i++) {
      parameters[i] = Sql.column("text", keys, names.get(i));
    }
    parameters[names.size()] = Sql.column("int8", asked.values(), since -> since);
    return Sql.query(
        connection,
        "SELECT %s FROM unnest(%s) AS asked (%s, since), LATERAL (SELECT * FROM sighting WHERE %s OFFSET 0) s"
            .formatted(
                TapObservation.COLUMNS, names.size() == 1 ? "?, ?" : "?, ?, ?", columns, rowsOfOne),
        TapObservation::of,
        parameters);
  }

  void replace(Optional<TapObservation> before, TapObservation after) {
    Optional<K> was = before.flatMap(key);
    Optional<K> now = key.apply(after);
    if (was.isPresent() && was.equals(now)) {
      now.ifPresent(one -> change(one, taps -> taps.replace(before.orElseThrow(), after)));
    } else {
      was.ifPresent(one -> change(one, taps -> taps.remove(before.orElseThrow())));
      now.ifPresent(one -> change(one, taps -> taps.add(after)));
    }
  }

  /** Changes what is cached of one key. */
  private void change(K one, Consumer<Taps> how) {
    Taps taps = known.get(one);
    if (taps != null) {
      int before = taps.size();
      how.accept(taps);
      rows += taps.size() - before;
    }
  }

  /** Evicts the least recently used down to a number of rows; each key counts as one more row. */
  void trim(int rowsMax) {
    var eldest = known.values().iterator();
    while (rows + known.size() > rowsMax && eldest.hasNext()) {
      rows -= eldest.next().size();
      eldest.remove();
    }
  }

  void forget() {
    known.clear();
    rows = 0;
  }
}
