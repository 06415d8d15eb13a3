package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.skillvoucher.domain.attendance.AttendanceSheet.Corrected;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Correction;
import org.skillvoucher.gateway.database.Sql;

/**
 * Spot checks, corrections, timetable changes, and lateness disproved by quarantined statements.
 */
final class SupervisionTables {
  private SupervisionTables() {}

  /** A quarantined statement proves that a scan in recorded as late was in time. */
  static boolean inTime(Connection connection, String id, ClassEvent.Quarantined event)
      throws SQLException {
    return 1
        == Sql.update(
            connection,
            """
            UPDATE receipt SET late = false
            WHERE class_id = ? AND person = ? AND lesson = ? AND act = ?""",
            id,
            event.person().orElseThrow().value(),
            event.lesson().value(),
            event.act().code());
  }

  static boolean called(Connection connection, String id, ClassEvent.SpotCheckCalled event)
      throws SQLException {
    return 1
        == Sql.update(
            connection,
            """
            INSERT INTO spot_check (class_id, lesson, opens_at, closes_at, called_by)
            VALUES (?, ?, ?, ?, ?)""",
            id,
            event.lesson().value(),
            event.window().opensAt().toString(),
            event.window().closesAt().toString(),
            event.by());
  }

  static boolean rescheduled(Connection connection, String id, ClassEvent.Rescheduled event)
      throws SQLException {
    return 1
        == Sql.update(
            connection,
            """
            INSERT INTO timetable_change (class_id, changed_at, changed_by, reason, lessons)
            VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (class_id, changed_at) DO UPDATE SET changed_by = excluded.changed_by,
              reason = excluded.reason, lessons = excluded.lessons""",
            id,
            event.at().toString(),
            event.change().by(),
            event.change().reason(),
            event.lessons().size());
  }

  static boolean proposed(Connection connection, String id, Correction correction)
      throws SQLException {
    return 1
        == Sql.update(
            connection,
            """
            INSERT INTO correction
              (class_id, correction_id, person, lesson, kind, reason, proposed_by, proposed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
            id,
            correction.id(),
            correction.person().value(),
            correction.lesson().value(),
            correction.kind().name().toLowerCase(Locale.ROOT),
            correction.reason(),
            correction.by(),
            correction.at().toString());
  }

  static boolean decided(Connection connection, String id, ClassEvent.CorrectionDecided event)
      throws SQLException {
    return 1
        == Sql.update(
            connection,
            """
            UPDATE correction
            SET approved = ?, decided_by = ?, decided_reason = ?, decided_at = ?
            WHERE class_id = ? AND correction_id = ? AND approved IS NULL""",
            event.decision().approved(),
            event.decision().by(),
            event.decision().reason(),
            event.decision().at().toString(),
            id,
            event.correctionId());
  }

  /** What the closing dropped is shown so, with who closed the class and why. */
  static boolean dropped(Connection connection, String id, ClassEvent.Closed event)
      throws SQLException {
    if (event.dropped().isEmpty()) {
      return true;
    }
    ClassEvent.Dropped dropped = event.dropped().get();
    return dropped.corrections().size()
        == Sql.update(
            connection,
            """
            UPDATE correction
            SET dropped = true, decided_by = ?, decided_reason = ?, decided_at = ?
            WHERE class_id = ? AND correction_id = ANY (?) AND approved IS NULL""",
            event.by().map(Actor::tokenId).orElse(""),
            dropped.reason(),
            event.at().toString(),
            id,
            dropped.corrections());
  }

  private record Approved(Instant decidedAt, String id, Corrected corrected) {}

  /** The approved corrections in the order of their decisions; of two at once by id. */
  static List<Corrected> approved(Connection connection, String id) throws SQLException {
    return Sql.query(
            connection,
            """
            SELECT correction_id, person, lesson, kind, decided_at FROM correction
            WHERE class_id = ? AND approved""",
            row ->
                new Approved(
                    Instant.parse(row.getString("decided_at")), // as text 1.5 s is before 1 s
                    row.getString("correction_id"),
                    new Corrected(
                        new PersonPseudonym(row.getString("person")),
                        new LessonId(row.getString("lesson")),
                        row.getString("kind").equals("back_fill"))),
            id)
        .stream()
        .sorted(Comparator.comparing(Approved::decidedAt).thenComparing(Approved::id))
        .map(Approved::corrected)
        .toList();
  }

  static Set<String> spotChecked(Connection connection, String id) throws SQLException {
    return new HashSet<>(
        Sql.query(
            connection,
            "SELECT lesson FROM spot_check WHERE class_id = ?",
            row -> row.getString("lesson"),
            id));
  }
}
