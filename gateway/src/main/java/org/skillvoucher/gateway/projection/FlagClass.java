package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.policy.FlagRules;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Filing;

/** A class, as far as its flags (预警) need it. */
record FlagClass(
    String id, String institution, String region, ClassRules rules, Set<String> teachers) {
  FlagRules flagRules() {
    return rules.flagRules();
  }

  int level(FlagKind kind) {
    return flagRules().level(kind);
  }

  /**
   * Moves a class on to the given event.
   *
   * @return the class; empty when the event was applied before
   * @throws IllegalStateException when events in between are missing
   */
  static Optional<FlagClass> advance(
      Connection connection, String id, long sequence, ClassEvent event) throws SQLException {
    List<FlagClass> moved =
        sequence == 1 && event instanceof ClassEvent.Filed filed
            ? file(connection, id, filed)
            : Sql.query(
                connection,
                """
                UPDATE flag_class SET last_sequence = last_sequence + 1
                WHERE class_id = ? AND last_sequence = ? - 1
                RETURNING class_id, institution, region, rules, teachers""",
                FlagClass::of,
                id,
                sequence);
    if (moved.isEmpty() && sequence > last(connection, id)) {
      throw new IllegalStateException(
          "a gap in the feed: class " + id + " comes to " + sequence + " too early for its flags");
    }
    return moved.stream().findFirst();
  }

  private static List<FlagClass> file(Connection connection, String id, ClassEvent.Filed event)
      throws SQLException {
    Filing filing = event.filing();
    return Sql.query(
        connection,
        """
        INSERT INTO flag_class (class_id, last_sequence, institution, region, rules, teachers)
        VALUES (?, 1, ?, ?, ?, ?) ON CONFLICT (class_id) DO NOTHING
        RETURNING class_id, institution, region, rules, teachers""",
        FlagClass::of,
        id,
        filing.institution().value(),
        filing.region().value(),
        FiledJson.write(event.rules()),
        filing.teachers().stream().map(PersonPseudonym::value).toList());
  }

  private static long last(Connection connection, String id) throws SQLException {
    return Sql.query(
            connection,
            "SELECT last_sequence FROM flag_class WHERE class_id = ?",
            row -> row.getLong(1),
            id)
        .stream()
        .findFirst()
        .orElse(0L);
  }

  /** Those of the given ids, the one at hand without a query. */
  static Map<String, FlagClass> all(Connection connection, FlagClass here, Set<String> ids)
      throws SQLException {
    Map<String, FlagClass> found = new HashMap<>();
    found.put(here.id(), here);
    List<String> others = ids.stream().filter(id -> !id.equals(here.id())).sorted().toList();
    if (!others.isEmpty()) {
      Sql.query(
              connection,
              """
              SELECT class_id, institution, region, rules, teachers FROM flag_class
              WHERE class_id = ANY(?)""",
              FlagClass::of,
              others)
          .forEach(other -> found.put(other.id(), other));
    }
    return found;
  }

  /** A class whose events have been applied. */
  static FlagClass known(Connection connection, String id) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT class_id, institution, region, rules, teachers FROM flag_class
            WHERE class_id = ?""",
            FlagClass::of,
            id)
        .getFirst();
  }

  private static FlagClass of(ResultSet row) throws SQLException {
    return new FlagClass(
        row.getString("class_id"),
        row.getString("institution"),
        row.getString("region"),
        FiledJson.rules(row.getString("rules")),
        Set.copyOf(Arrays.asList((String[]) row.getArray("teachers").getArray())));
  }
}
