package org.skillvoucher.gateway.flag;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.policy.FlagRules;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.projection.FilingJson;

/**
 * The data of a class that its flags (预警) need.
 *
 * @param site where it is held, if that was filed
 */
record FlagClass(
    String id,
    String institution,
    String region,
    ClassRules rules,
    Set<String> teachers,
    Optional<String> site) {
  FlagRules flagRules() {
    return rules.flagRules();
  }

  int level(FlagKind kind) {
    return flagRules().level(kind);
  }

  /** Inserts a class with its first event. */
  static FlagClass file(Connection connection, String id, ClassEvent.Filed event)
      throws SQLException {
    Filing filing = event.filing();
    return Sql.query(
            connection,
            """
            INSERT INTO flag_class
              (class_id, last_sequence, institution, region, rules, teachers, site)
            VALUES (?, 1, ?, ?, ?, ?, ?)
            RETURNING class_id, institution, region, rules, teachers, site""",
            FlagClass::of,
            id,
            filing.institution().value(),
            filing.region().value(),
            FilingJson.write(event.rules()),
            filing.teachers().stream().map(PersonPseudonym::value).toList(),
            filing.site())
        .getFirst();
  }

  static FlagClass of(ResultSet row) throws SQLException {
    return new FlagClass(
        row.getString("class_id"),
        row.getString("institution"),
        row.getString("region"),
        FilingJson.rules(row.getString("rules")),
        Set.copyOf(Arrays.asList((String[]) row.getArray("teachers").getArray())),
        Optional.ofNullable(row.getString("site")));
  }
}
