package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.projection.Finding.Subject;

/** What a device's counters in one class tell: statements that are missing, or that contradict. */
final class CounterFlags {
  private CounterFlags() {}

  /** 计数缺口. */
  static List<Finding> gap(Connection connection, FlagClass here, ClassEvent.DeviceNoted event)
      throws SQLException {
    String device = event.statement().device();
    Sql.update(
        connection,
        """
        INSERT INTO counter_gap (class_id, device, received, expected, lesson, noted_at)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
        here.id(),
        device,
        event.statement().counter(),
        event.expected(),
        event.lesson().value(),
        event.at().toString());
    return gaps(connection, here, device, event.expected());
  }

  static List<Finding> waived(Connection connection, FlagClass here, ClassEvent.GapWaived event)
      throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE counter_gap SET waived_at = ?
        WHERE class_id = ? AND device = ? AND received = ?""",
        event.at().toString(),
        here.id(),
        event.device(),
        event.to());
    return gaps(connection, here, event.device(), event.from());
  }

  /** A gap is none any more when all its statements have come, unless it was waived before. */
  static List<Finding> gaps(Connection connection, FlagClass here, String device, long counter)
      throws SQLException {
    return Sql.query(
        connection,
        """
        SELECT received, expected, lesson, noted_at, waived_at,
          received - expected - (
            SELECT count(*) FROM sighting s
            WHERE s.class_id = g.class_id AND s.device = g.device
            AND s.counter >= g.expected AND s.counter < g.received) AS missing
        FROM counter_gap g
        WHERE class_id = ? AND device = ? AND ? >= expected AND ? < received""",
        row -> gap(here, device, row),
        here.id(),
        device,
        counter,
        counter);
  }

  private static Finding gap(FlagClass here, String device, ResultSet row) throws SQLException {
    long missing = row.getLong("missing");
    Optional<String> waivedAt = Sql.text(row, "waived_at");
    Map<String, Object> facts = new HashMap<>();
    facts.put("expected", row.getLong("expected"));
    facts.put("received", row.getLong("received"));
    facts.put("missing", missing);
    waivedAt.ifPresent(at -> facts.put("waivedAt", at));
    return new Finding(
        FlagKind.COUNTER_GAP,
        here,
        Subject.device(row.getString("lesson"), device),
        device + "/" + row.getLong("received"),
        facts,
        Instant.parse(row.getString("noted_at")),
        missing > 0 || waivedAt.isPresent());
  }

  /** 计数分叉. */
  static Finding fork(FlagClass here, ClassEvent.DeviceNoted event) {
    String device = event.statement().device();
    return new Finding(
        FlagKind.COUNTER_FORK,
        here,
        Subject.device(event.lesson().value(), device),
        device,
        Map.of(
            "counter",
            event.statement().counter(),
            "expected",
            event.expected(),
            "tappedAt",
            event.statement().tappedAt().toString(),
            "suspendedFrom",
            event.at().toString()),
        event.at(),
        true);
  }
}
