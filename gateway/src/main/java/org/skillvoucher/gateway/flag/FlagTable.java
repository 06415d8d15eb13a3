package org.skillvoucher.gateway.flag;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;

/** The flags themselves (预警), each under an id that follows from what it points at. */
final class FlagTable {
  private static final int ID_BYTES = 12;

  private final UnaryOperator<byte[]> digest;

  /** By the ids of flags, in the order in which it was told. */
  private final Map<String, List<Change>> changes = new LinkedHashMap<>();

  FlagTable(UnaryOperator<byte[]> digest) {
    this.digest = digest;
  }

  private sealed interface Change {
    record Raised(FlagAssessment finding) implements Change {}

    record Cleared(FlagAssessment finding) implements Change {}

    record Decided(String classId, ClassEvent.FlagDecided event) implements Change {}
  }

  private record Decision(String by, String reason, String at) {}

  /**
   * A flag as it stands, as far as it changes.
   *
   * @param raised what it was raised for, when it is not in the table yet
   */
  private record Row(
      String id,
      String classId,
      String state,
      String facts,
      String raisedAt,
      Optional<Decision> decision,
      Optional<FlagAssessment> raised) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getString("flag_id"),
          row.getString("class_id"),
          row.getString("state"),
          row.getString("facts"),
          row.getString("raised_at"),
          row.getString("decided_by") == null
              ? Optional.empty()
              : Optional.of(
                  new Decision(
                      row.getString("decided_by"),
                      row.getString("reason"),
                      row.getString("decided_at"))),
          Optional.empty());
    }

    Row with(String newState, String newFacts, String newRaisedAt) {
      return new Row(id, classId, newState, newFacts, newRaisedAt, decision, raised);
    }

    Row decided(ClassEvent.FlagDecided event) {
      var last =
          new Decision(event.decider().by(), event.decider().reason(), event.at().toString());
      String newState = event.confirmed() ? "confirmed" : "dismissed";
      return new Row(id, classId, newState, facts, raisedAt, Optional.of(last), raised);
    }
  }

  /**
   * Raises what stands and clears what does not. What a person decided stays decided, whatever is
   * found afterwards; its facts go on.
   */
  void assess(List<FlagAssessment> findings) {
    for (FlagAssessment finding : findings) {
      if (finding.isWanted()) {
        add(
            id(finding),
            finding.holds() ? new Change.Raised(finding) : new Change.Cleared(finding));
      }
    }
  }

  /** The last word counts. A decision on what is no flag of the class says nothing. */
  void decide(String classId, ClassEvent.FlagDecided event) {
    add(event.flagId(), new Change.Decided(classId, event));
  }

  private void add(String id, Change one) {
    List<Change> all = changes.computeIfAbsent(id, key -> new ArrayList<>());
    if (one instanceof Change.Raised && !all.isEmpty() && all.getLast() instanceof Change.Raised) {
      all.set(all.size() - 1, one); // of the same, only the last word is written
    } else {
      all.add(one);
    }
  }

  private String id(FlagAssessment finding) {
    String named = String.join("\n", finding.kind().code(), finding.of().id(), finding.key());
    byte[] hash = digest.apply(named.getBytes(StandardCharsets.UTF_8));
    return "F" + HexFormat.of().withUpperCase().formatHex(hash, 0, ID_BYTES);
  }

  /** Writes what was told. */
  void write(Connection connection) throws SQLException {
    if (changes.isEmpty()) {
      return;
    }
    Map<String, Row> known =
        Sql.query(
                connection,
                """
                SELECT flag_id, class_id, state, facts, raised_at, decided_by, reason, decided_at
                FROM flag WHERE flag_id = ANY (?)""",
                Row::of,
                List.copyOf(changes.keySet()))
            .stream()
            .collect(Collectors.toMap(Row::id, line -> line));
    List<Row> raised = new ArrayList<>();
    List<Row> changed = new ArrayList<>();
    changes.forEach(
        (id, ofFlag) -> {
          Optional<Row> before = Optional.ofNullable(known.get(id));
          Optional<Row> line = before;
          for (Change one : ofFlag) {
            line = after(id, line, one);
          }
          if (!line.equals(before)) {
            line.ifPresent(last -> (before.isPresent() ? changed : raised).add(last));
          }
        });
    insert(connection, raised);
    update(connection, changed);
    changes.clear();
  }

  private static Optional<Row> after(String id, Optional<Row> line, Change told) {
    return switch (told) {
      case Change.Raised(var finding) -> Optional.of(raised(id, line, finding));
      case Change.Cleared(var finding) -> line.map(one -> cleared(one, finding));
      case Change.Decided(var classId, var event) ->
          line.map(one -> one.classId().equals(classId) ? one.decided(event) : one);
    };
  }

  private static Row raised(String id, Optional<Row> line, FlagAssessment finding) {
    String facts = CanonicalJson.write(finding.facts());
    String at = finding.at().toString();
    return line.map(
            one -> one.with(one.state().equals("cleared") ? "open" : one.state(), facts, at))
        .orElseGet(
            () ->
                new Row(
                    id,
                    finding.of().id(),
                    "open",
                    facts,
                    at,
                    Optional.empty(),
                    Optional.of(finding)));
  }

  private static Row cleared(Row line, FlagAssessment finding) {
    return line.state().equals("open")
        ? line.with("cleared", CanonicalJson.write(finding.facts()), line.raisedAt())
        : line;
  }

  private static void insert(Connection connection, List<Row> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    List<FlagAssessment> findings =
        lines.stream().map(line -> line.raised().orElseThrow()).toList();
    List<FlagClass> classes = findings.stream().map(FlagAssessment::of).toList();
    List<FlagAssessment.Subject> subjects = findings.stream().map(FlagAssessment::subject).toList();
    Sql.update(
        connection,
        """
        INSERT INTO flag
          (flag_id, kind, level, class_id, institution, region, lesson, person, device, facts,
           raised_at, state, decided_by, reason, decided_at)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        Sql.column("text", lines, Row::id),
        Sql.column("text", findings, finding -> finding.kind().code()),
        Sql.column("int4", findings, finding -> finding.of().level(finding.kind())),
        Sql.column("text", classes, FlagClass::id),
        Sql.column("text", classes, FlagClass::institution),
        Sql.column("text", classes, FlagClass::region),
        Sql.column("text", subjects, FlagAssessment.Subject::lesson),
        Sql.column("text", subjects, FlagAssessment.Subject::person),
        Sql.column("text", subjects, FlagAssessment.Subject::device),
        Sql.column("text", lines, Row::facts),
        Sql.column("text", lines, Row::raisedAt),
        Sql.column("text", lines, Row::state),
        Sql.column("text", lines, line -> line.decision().map(Decision::by)),
        Sql.column("text", lines, line -> line.decision().map(Decision::reason)),
        Sql.column("text", lines, line -> line.decision().map(Decision::at)));
  }

  private static void update(Connection connection, List<Row> lines) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    Sql.update(
        connection,
        """
        UPDATE flag
        SET state = now.state, facts = now.facts, raised_at = now.raised_at,
          decided_by = now.decided_by, reason = now.reason, decided_at = now.decided_at
        FROM unnest(?, ?, ?, ?, ?, ?, ?)
          AS now (flag_id, state, facts, raised_at, decided_by, reason, decided_at)
        WHERE flag.flag_id = now.flag_id""",
        Sql.column("text", lines, Row::id),
        Sql.column("text", lines, Row::state),
        Sql.column("text", lines, Row::facts),
        Sql.column("text", lines, Row::raisedAt),
        Sql.column("text", lines, line -> line.decision().map(Decision::by)),
        Sql.column("text", lines, line -> line.decision().map(Decision::reason)),
        Sql.column("text", lines, line -> line.decision().map(Decision::at)));
  }

  void forget() {
    changes.clear();
  }
}
