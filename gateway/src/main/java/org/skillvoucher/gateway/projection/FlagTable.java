package org.skillvoucher.gateway.projection;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.skillvoucher.domain.receipt.CanonicalJson;
import org.skillvoucher.domain.trainingclass.ClassEvent;

/** The flags themselves (预警), each under an id that follows from what it points at. */
final class FlagTable {
  private static final int ID_BYTES = 12;

  private final UnaryOperator<byte[]> digest;

  FlagTable(UnaryOperator<byte[]> digest) {
    this.digest = digest;
  }

  /**
   * Raises what stands and clears what does not. What a person decided stays decided, whatever is
   * found afterwards; its facts go on.
   */
  void tell(Connection connection, List<Finding> findings) throws SQLException {
    List<String> cleared = new ArrayList<>();
    List<String> factsOfCleared = new ArrayList<>();
    for (Finding finding : findings) {
      if (!finding.isWanted()) {
        continue;
      }
      if (finding.stands()) {
        raise(connection, finding);
      } else {
        cleared.add(id(finding));
        factsOfCleared.add(CanonicalJson.write(finding.facts()));
      }
    }
    if (!cleared.isEmpty()) {
      Sql.update(
          connection,
          """
          UPDATE flag SET state = 'cleared', facts = gone.facts
          FROM unnest(?, ?) AS gone (flag_id, facts)
          WHERE flag.flag_id = gone.flag_id AND state = 'open'""",
          cleared,
          factsOfCleared);
    }
  }

  private void raise(Connection connection, Finding finding) throws SQLException {
    FlagClass of = finding.of();
    Sql.update(
        connection,
        """
        INSERT INTO flag
          (flag_id, kind, level, class_id, institution, region, lesson, person, device, facts,
           raised_at, state)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')
        ON CONFLICT (flag_id) DO UPDATE
        SET facts = excluded.facts, raised_at = excluded.raised_at,
          state = CASE flag.state WHEN 'cleared' THEN 'open' ELSE flag.state END
        WHERE (flag.facts, flag.raised_at) <> (excluded.facts, excluded.raised_at)
        OR flag.state = 'cleared'""",
        id(finding),
        finding.kind().code(),
        of.level(finding.kind()),
        of.id(),
        of.institution(),
        of.region(),
        finding.subject().lesson(),
        finding.subject().person(),
        finding.subject().device(),
        CanonicalJson.write(finding.facts()),
        finding.at().toString());
  }

  private String id(Finding finding) {
    String named = String.join("\n", finding.kind().code(), finding.of().id(), finding.key());
    byte[] hash = digest.apply(named.getBytes(StandardCharsets.UTF_8));
    return "F" + HexFormat.of().withUpperCase().formatHex(hash, 0, ID_BYTES);
  }

  /** The last word counts. A decision on what is no flag of the class says nothing. */
  static void decide(Connection connection, String classId, ClassEvent.FlagDecided event)
      throws SQLException {
    Sql.update(
        connection,
        """
        UPDATE flag SET state = ?, decided_by = ?, reason = ?, decided_at = ?
        WHERE flag_id = ? AND class_id = ?""",
        event.confirmed() ? "confirmed" : "dismissed",
        event.decider().by(),
        event.decider().reason(),
        event.at().toString(),
        event.flagId(),
        classId);
  }
}
