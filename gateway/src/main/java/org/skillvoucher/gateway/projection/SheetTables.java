package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.evidence.EvidenceReceipt;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.projection.Views.ClassSheet;

/** Reads the input of an attendance sheet (R42) and counts it. */
final class SheetTables {
  static final String LIST = "sheet";

  private SheetTables() {}

  /**
   * A page of a roster.
   *
   * @param after the position in the roster after which the page begins; positions count from 1
   * @param limit how many at most
   */
  record Span(long after, int limit) {
    static final Span ALL = new Span(0, Integer.MAX_VALUE);
  }

  private record Place(long position, PersonPseudonym person) {}

  /** The sheet of the people asked for; empty for an unknown class. */
  static Optional<ClassSheet> sheet(Connection connection, String classId, Span span)
      throws SQLException {
    List<String> filed =
        Sql.query(
            connection,
            "SELECT rules FROM training_class WHERE class_id = ?",
            row -> row.getString("rules"),
            classId);
    if (filed.isEmpty()) {
      return Optional.empty();
    }
    ClassRules rules = FilingJson.rules(filed.getFirst());
    List<Place> places = places(connection, classId, span);
    boolean more = places.size() > span.limit();
    List<Place> asked = more ? places.subList(0, span.limit()) : places;
    List<PersonPseudonym> people = asked.stream().map(Place::person).toList();
    return Optional.of(
        new ClassSheet(
            rules,
            sheet(connection, classId, rules, people),
            SheetRemarks.of(connection, classId, people),
            more
                ? Optional.of(new PageCursor(LIST, "" + asked.getLast().position()).encoded())
                : Optional.empty()));
  }

  /** The sheet of the whole class. */
  static AttendanceSheet sheet(Connection connection, String classId, ClassRules rules)
      throws SQLException {
    return sheet(
        connection,
        classId,
        rules,
        places(connection, classId, Span.ALL).stream().map(Place::person).toList());
  }

  private static AttendanceSheet sheet(
      Connection connection, String classId, ClassRules rules, List<PersonPseudonym> people)
      throws SQLException {
    return AttendanceSheet.of(
        lessons(connection, classId),
        people,
        new AttendanceSheet.Input(
            marks(connection, classId, people, rules.doorRules().witnessVouchesMax()),
            SupervisionTables.approved(connection, classId),
            SupervisionTables.spotChecked(connection, classId),
            captured(connection, classId, people),
            rules.doorRules().witnessPerPersonMax()),
        rules.attendance());
  }

  /** A class's receipts in the order of their chain. */
  static List<EvidenceReceipt> receipts(Connection connection, String classId) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT receipt_id, sequence, payload_hash, person, lesson, act, late,
          coalesce(voucher, '') AS voucher
        FROM receipt WHERE class_id = ? ORDER BY sequence""",
        SheetTables::receipt,
        classId);
  }

  private static EvidenceReceipt receipt(ResultSet row) throws SQLException {
    return new EvidenceReceipt(
        row.getString("receipt_id"),
        row.getLong("sequence"),
        row.getString("payload_hash"),
        new PersonPseudonym(row.getString("person")),
        new LessonId(row.getString("lesson")),
        Act.of(row.getString("act")).orElseThrow(),
        row.getBoolean("late"),
        row.getString("voucher"));
  }

  /** A witness's people of a lesson are ranked by their taps, whatever the order of arrival. */
  private static List<Mark> marks(
      Connection connection, String classId, List<PersonPseudonym> people, int vouchesMax)
      throws SQLException {
    return Sql.query(
        connection,
        """
        WITH vouched AS (
          SELECT lesson, person,
            rank() OVER (PARTITION BY lesson, witness ORDER BY min(tapped_at), person) AS nth
          FROM receipt WHERE class_id = ? AND witness IS NOT NULL
          GROUP BY lesson, witness, person)
        SELECT person, lesson, act, late, online, way, coalesce(site, '') AS site,
          witness IS NOT NULL AND EXISTS (
            SELECT FROM vouched v
            WHERE v.lesson = r.lesson AND v.person = r.person AND nth > ?) AS too_often
        FROM receipt r
        WHERE class_id = ? AND person = ANY (?)""",
        row ->
            new Mark(
                new PersonPseudonym(row.getString("person")),
                new LessonId(row.getString("lesson")),
                Act.of(row.getString("act")).orElseThrow(),
                row.getBoolean("late"),
                row.getBoolean("online"),
                new Mark.Origin(
                    "assisted".equals(row.getString("way")),
                    row.getBoolean("too_often"),
                    row.getString("site"))),
        classId,
        vouchesMax,
        classId,
        people.stream().map(PersonPseudonym::value).toList());
  }

  /** Offline statements captured and not verified. */
  private static List<AttendanceSheet.Captured> captured(
      Connection connection, String classId, List<PersonPseudonym> people) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT DISTINCT person, lesson FROM set_aside
        WHERE class_id = ? AND person = ANY (?) AND reason = 'captured'""",
        row ->
            new AttendanceSheet.Captured(
                new PersonPseudonym(row.getString("person")),
                new LessonId(row.getString("lesson"))),
        classId,
        people.stream().map(PersonPseudonym::value).toList());
  }

  private static List<Lesson> lessons(Connection connection, String classId) throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT lesson_id, title, kind, starts_at, ends_at FROM lesson
        WHERE class_id = ? ORDER BY position""",
        row ->
            new Lesson(
                new LessonId(row.getString("lesson_id")),
                row.getString("title"),
                LessonKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Instant.parse(row.getString("starts_at")),
                Instant.parse(row.getString("ends_at"))),
        classId);
  }

  /** One more than the limit, if there is one. */
  private static List<Place> places(Connection connection, String classId, Span span)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT position, person FROM enrolment
        WHERE class_id = ? AND enrolled AND position > ? ORDER BY position LIMIT ?""",
        row -> new Place(row.getLong("position"), new PersonPseudonym(row.getString("person"))),
        classId,
        span.after(),
        span.limit() + 1L);
  }
}
