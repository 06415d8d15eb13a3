package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.projection.Views.Remark;

/** The remarks beside a sheet's numbers: unverified scans, undecided corrections, flags. */
final class SheetRemarks {
  private static final int FLAG_IDS_MAX = 20;

  private static final String SQL =
      """
      WITH captured AS (
        SELECT person, count(*) AS captured FROM set_aside
        WHERE class_id = ? AND person = ANY (?) AND reason = 'captured' GROUP BY person),
      pending AS (
        SELECT person, count(*) AS pending FROM correction
        WHERE class_id = ? AND person = ANY (?) AND approved IS NULL AND NOT dropped GROUP BY person),
      flagged AS (
        SELECT person,
          count(*) FILTER (WHERE state = 'open') AS flags_open,
          count(*) FILTER (WHERE state = 'confirmed') AS flags_confirmed,
          array_to_string((array_agg(flag_id ORDER BY flag_id))[1:?], ' ') AS flag_ids
        FROM flag
        WHERE class_id = ? AND person = ANY (?) AND state IN ('open', 'confirmed')
        GROUP BY person)
      SELECT person, coalesce(captured, 0) AS captured, coalesce(pending, 0) AS pending,
        coalesce(flags_open, 0) AS flags_open, coalesce(flags_confirmed, 0) AS flags_confirmed,
        coalesce(flag_ids, '') AS flag_ids
      FROM captured FULL JOIN pending USING (person) FULL JOIN flagged USING (person)""";

  private SheetRemarks() {}

  private record Row(PersonPseudonym person, Remark remark) {}

  static Map<PersonPseudonym, Remark> of(
      Connection connection, String classId, List<PersonPseudonym> people) throws SQLException {
    List<String> names = people.stream().map(PersonPseudonym::value).toList();
    return Sql.query(
            connection,
            SQL,
            SheetRemarks::row,
            classId,
            names,
            classId,
            names,
            FLAG_IDS_MAX,
            classId,
            names)
        .stream()
        .collect(Collectors.toUnmodifiableMap(Row::person, Row::remark));
  }

  private static Row row(ResultSet row) throws SQLException {
    String flagIds = row.getString("flag_ids");
    return new Row(
        new PersonPseudonym(row.getString("person")),
        new Remark(
            row.getInt("captured"),
            row.getInt("pending"),
            row.getInt("flags_open"),
            row.getInt("flags_confirmed"),
            flagIds.isEmpty() ? List.of() : List.of(flagIds.split(" ", -1))));
  }
}
