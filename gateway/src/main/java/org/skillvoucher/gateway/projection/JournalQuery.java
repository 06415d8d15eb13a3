package org.skillvoucher.gateway.projection;

import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.event.EventReader;
import org.skillvoucher.gateway.projection.Views.Attendance;
import org.skillvoucher.gateway.projection.Views.JournalPage;
import org.skillvoucher.gateway.projection.Views.JournalRow;
import org.skillvoucher.gateway.projection.Views.Paging;

/**
 * Pages of the journal in the feed's order and below its low watermark, so that no row can appear
 * before a cursor that was returned.
 */
final class JournalQuery {
  private static final String LIST = "journal";
  private static final Pattern PLACE = Pattern.compile("([0-9]{1,18})\\.([0-9]{1,18})");

  // tx as text must not be called tx, or ORDER BY would sort the text.
  private static final String PAGE =
      """
      SELECT j.tx::text AS tx_text, j.ordering, j.persistence_id, j.sequence_number,
             j.write_timestamp, j.event_ser_id, j.event_ser_manifest, j.event_payload
        FROM event_journal j
       WHERE (j.tx, j.ordering) > (?::text::xid8, ?)
         AND j.tx < pg_snapshot_xmin(pg_current_snapshot())
       ORDER BY j.tx, j.ordering
       LIMIT ?""";

  private static final String MORE =
      """
      SELECT EXISTS (
        SELECT FROM event_journal j WHERE (j.tx, j.ordering) > (?::text::xid8, ?)) AS more""";

  private static final String END =
      "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1 AS last_shown";

  /** Behind every row of its transaction. */
  private static final long ORDERING_MAX = 999_999_999_999_999_999L;

  private JournalQuery() {}

  /** The start or end of a page. */
  private record Position(String tx, long ordering) {
    static final Position START = new Position("0", 0);

    static Position of(Paging paging) {
      return paging.cursor().map(cursor -> parse(PageCursor.key(LIST, cursor))).orElse(START);
    }

    private static Position parse(String key) {
      Matcher place = PLACE.matcher(key);
      if (!place.matches()) {
        throw new InvalidCursor();
      }
      return new Position(place.group(1), Long.parseLong(place.group(2)));
    }

    String cursor() {
      return new PageCursor(LIST, tx + "." + ordering).encoded();
    }
  }

  private record PositionedRow(Position place, JournalRow row) {}

  static JournalPage page(Connection connection, Paging paging) throws SQLException {
    Position from = Position.of(paging);
    List<PositionedRow> rows =
        Sql.query(
            connection,
            PAGE,
            row ->
                new PositionedRow(
                    new Position(row.getString("tx_text"), row.getLong("ordering")), of(row)),
            from.tx(),
            from.ordering(),
            paging.limit());
    Position reached = rows.isEmpty() ? from : rows.getLast().place();
    return new JournalPage(
        rows.stream().map(PositionedRow::row).toList(),
        reached.cursor(),
        rows.size() < paging.limit() && !isMoreBehind(connection, reached));
  }

  /** Every row below the low watermark is before it, and every other row after it. */
  static String end(Connection connection) throws SQLException {
    return Sql.query(
            connection,
            END,
            row -> new Position(row.getString("last_shown"), ORDERING_MAX).cursor())
        .getFirst();
  }

  /** Also rows that are committed but above the low watermark. */
  private static boolean isMoreBehind(Connection connection, Position place) throws SQLException {
    return Sql.query(connection, MORE, row -> row.getBoolean("more"), place.tx(), place.ordering())
        .getFirst();
  }

  private static JournalRow of(ResultSet row) throws SQLException {
    String event = row.getString("event_ser_manifest");
    return new JournalRow(
        row.getString("persistence_id"),
        row.getLong("sequence_number"),
        event,
        Instant.ofEpochMilli(row.getLong("write_timestamp")),
        attendance(row.getInt("event_ser_id"), event, row.getBytes("event_payload")));
  }

  /**
   * An event that cannot be decoded is listed without it, so that an auditor can see it and page
   * past it.
   */
  private static Optional<Attendance> attendance(int serializer, String event, byte[] payload) {
    try {
      return EventReader.decode(serializer, event, payload) instanceof ClassEvent.Attended attended
          ? Optional.of(attendance(attended))
          : Optional.empty();
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private static Attendance attendance(ClassEvent.Attended attended) {
    var scan = attended.scan();
    DeviceStatement statement = scan.statement();
    return new Attendance(
        attended.receipt().record(),
        scan.person().value(),
        scan.lesson().value(),
        scan.act().code(),
        statement
            .signed()
            .map(
                signed ->
                    new Views.Statement(
                        statement.device(), statement.epoch(), statement.counter())));
  }
}
