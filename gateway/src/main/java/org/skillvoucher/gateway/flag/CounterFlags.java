package org.skillvoucher.gateway.flag;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skillvoucher.domain.policy.FlagKind;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.flag.FlagAssessment.Subject;

/** Assesses a device's counters in one class: missing statements, and forks of its chain. */
final class CounterFlags {
  private final TapObservations observations;
  private final Map<Chain, Map<Long, Gap>> gaps = new HashMap<>();

  CounterFlags(TapObservations observations) {
    this.observations = observations;
  }

  /** A device's statements in one class. */
  record Chain(String classId, String device) {}

  private record Gap(
      Chain of,
      long received,
      long expected,
      String lesson,
      String notedAt,
      Optional<String> waivedAt) {
    static Gap of(ResultSet row) throws SQLException {
      return new Gap(
          new Chain(row.getString("class_id"), row.getString("device")),
          row.getLong("received"),
          row.getLong("expected"),
          row.getString("lesson"),
          row.getString("noted_at"),
          Sql.text(row, "waived_at"));
    }

    boolean isAbout(long counter) {
      return counter >= expected && counter < received;
    }
  }

  /** Begins a group with events of these statements. */
  void begin(Connection connection, Set<Chain> chains) throws SQLException {
    gaps.clear();
    if (!chains.isEmpty()) {
      Sql.query(
              connection,
              """
              SELECT g.* FROM unnest(?, ?) AS asked (c, d),
                LATERAL (SELECT * FROM counter_gap WHERE class_id = c AND device = d OFFSET 0) g""",
              Gap::of,
              Sql.column("text", chains, Chain::classId),
              Sql.column("text", chains, Chain::device))
          .forEach(this::put);
    }
  }

  private void put(Gap gap) {
    gaps.computeIfAbsent(gap.of(), key -> new TreeMap<>()).put(gap.received(), gap);
  }

  private Map<Long, Gap> of(FlagClass here, String device) {
    return gaps.getOrDefault(new Chain(here.id(), device), Map.of());
  }

  /** 计数缺口. */
  List<FlagAssessment> gap(Connection connection, FlagClass here, ClassEvent.DeviceNoted event)
      throws SQLException {
    String device = event.statement().device();
    long received = event.statement().counter();
    if (!of(here, device).containsKey(received)) {
      put(
          new Gap(
              new Chain(here.id(), device),
              received,
              event.expected(),
              event.lesson().value(),
              event.at().toString(),
              Optional.empty()));
      Sql.update(
          connection,
          """
          INSERT INTO counter_gap (class_id, device, received, expected, lesson, noted_at)
          VALUES (?, ?, ?, ?, ?, ?)""",
          here.id(),
          device,
          received,
          event.expected(),
          event.lesson().value(),
          event.at().toString());
    }
    return gaps(connection, here, device, event.expected());
  }

  List<FlagAssessment> waived(Connection connection, FlagClass here, ClassEvent.GapWaived event)
      throws SQLException {
    Sql.query(
            connection,
            """
            UPDATE counter_gap SET waived_at = ?
            WHERE class_id = ? AND device = ? AND received = ?
            RETURNING *""",
            Gap::of,
            event.at().toString(),
            here.id(),
            event.device(),
            event.to())
        .forEach(this::put);
    return gaps(connection, here, event.device(), event.from());
  }

  /** A gap no longer holds when all its statements have arrived, unless it was waived. */
  List<FlagAssessment> gaps(Connection connection, FlagClass here, String device, long counter)
      throws SQLException {
    List<FlagAssessment> found = new ArrayList<>();
    for (Gap gap : of(here, device).values()) {
      if (gap.isAbout(counter)) {
        long come =
            observations.statements(connection, here.id(), device, gap.expected(), gap.received());
        found.add(gap(here, gap, gap.received() - gap.expected() - come));
      }
    }
    return found;
  }

  private static FlagAssessment gap(FlagClass here, Gap gap, long missing) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("expected", gap.expected());
    facts.put("received", gap.received());
    facts.put("missing", missing);
    gap.waivedAt().ifPresent(at -> facts.put("waivedAt", at));
    String device = gap.of().device();
    return new FlagAssessment(
        FlagKind.COUNTER_GAP,
        here,
        Subject.device(gap.lesson(), device),
        device + "/" + gap.received(),
        facts,
        Instant.parse(gap.notedAt()),
        missing > 0 || gap.waivedAt().isPresent());
  }

  /** 计数分叉. */
  static FlagAssessment fork(FlagClass here, ClassEvent.DeviceNoted event) {
    String device = event.statement().device();
    return new FlagAssessment(
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
