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

/** The flags (预警), each with an id derived from its subject. */
final class FlagTable {
  private static final int ID_BYTES = 12;

  private final UnaryOperator<byte[]> digest;

  /** The changes by the ids of flags, in their order. */
  private final Map<String, List<Change>> changes = new LinkedHashMap<>();

  FlagTable(UnaryOperator<byte[]> digest) {
    this.digest = digest;
  }

  private sealed interface Change {
    record Raised(FlagAssessment assessment) implements Change {}

    record Cleared(FlagAssessment assessment) implements Change {}

    record Decided(String classId, ClassEvent.FlagDecided event) implements Change {}
  }

  private record Decision(String by, String reason, String at) {}

  /**
   * The columns of a flag that change.
   *
   * @param raised its assessment, if it is not in the table yet
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
   * Raises a flag that holds and clears one that does not. A person's decision is never changed by
   * a later assessment; the facts are updated.
   */
  void assess(List<FlagAssessment> assessments) {
    for (FlagAssessment assessment : assessments) {
      if (assessment.isWanted()) {
        add(
            id(assessment),
            assessment.holds() ? new Change.Raised(assessment) : new Change.Cleared(assessment));
      }
    }
  }

  /** The last decision counts. A decision on a flag of another class has no effect. */
  void decide(String classId, ClassEvent.FlagDecided event) {
    add(event.flagId(), new Change.Decided(classId, event));
  }

  private void add(String id, Change one) {
    List<Change> all = changes.computeIfAbsent(id, key -> new ArrayList<>());
    if (one instanceof Change.Raised && !all.isEmpty() && all.getLast() instanceof Change.Raised) {
      all.set(all.size() - 1, one); // of one subject only the last assessment is written
    } else {
      all.add(one);
    }
  }

  private String id(FlagAssessment assessment) {
    String named =
        String.join("\n", assessment.kind().code(), assessment.of().id(), assessment.key());
    byte[] hash = digest.apply(named.getBytes(StandardCharsets.UTF_8));
    return "F" + HexFormat.of().withUpperCase().formatHex(hash, 0, ID_BYTES);
  }

  /** Writes the changes. */
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
            .collect(Collectors.toMap(Row::id, row -> row));
    List<Row> raised = new ArrayList<>();
    List<Row> changed = new ArrayList<>();
    changes.forEach(
        (id, ofFlag) -> {
          Optional<Row> before = Optional.ofNullable(known.get(id));
          Optional<Row> row = before;
          for (Change one : ofFlag) {
            row = after(id, row, one);
          }
          if (!row.equals(before)) {
            row.ifPresent(last -> (before.isPresent() ? changed : raised).add(last));
          }
        });
    insert(connection, raised);
    update(connection, changed);
    changes.clear();
  }

  private static Optional<Row> after(String id, Optional<Row> row, Change change) {
    return switch (change) {
      case Change.Raised(var assessment) -> Optional.of(raised(id, row, assessment));
      case Change.Cleared(var assessment) -> row.map(one -> cleared(one, assessment));
      case Change.Decided(var classId, var event) ->
          row.map(one -> one.classId().equals(classId) ? one.decided(event) : one);
    };
  }

  private static Row raised(String id, Optional<Row> row, FlagAssessment assessment) {
    String facts = CanonicalJson.write(assessment.facts());
    String at = assessment.at().toString();
    return row.map(one -> one.with(one.state().equals("cleared") ? "open" : one.state(), facts, at))
        .orElseGet(
            () ->
                new Row(
                    id,
                    assessment.of().id(),
                    "open",
                    facts,
                    at,
                    Optional.empty(),
                    Optional.of(assessment)));
  }

  private static Row cleared(Row row, FlagAssessment assessment) {
    return row.state().equals("open")
        ? row.with("cleared", CanonicalJson.write(assessment.facts()), row.raisedAt())
        : row;
  }

  private static void insert(Connection connection, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    List<FlagAssessment> assessments =
        rows.stream().map(row -> row.raised().orElseThrow()).toList();
    List<FlagClass> classes = assessments.stream().map(FlagAssessment::of).toList();
    List<FlagAssessment.Subject> subjects =
        assessments.stream().map(FlagAssessment::subject).toList();
    Sql.update(
        connection,
        """
        INSERT INTO flag
          (flag_id, kind, level, class_id, institution, region, lesson, person, device, facts,
           raised_at, state, decided_by, reason, decided_at)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        Sql.column("text", rows, Row::id),
        Sql.column("text", assessments, assessment -> assessment.kind().code()),
        Sql.column("int4", assessments, assessment -> assessment.of().level(assessment.kind())),
        Sql.column("text", classes, FlagClass::id),
        Sql.column("text", classes, FlagClass::institution),
        Sql.column("text", classes, FlagClass::region),
        Sql.column("text", subjects, FlagAssessment.Subject::lesson),
        Sql.column("text", subjects, FlagAssessment.Subject::person),
        Sql.column("text", subjects, FlagAssessment.Subject::device),
        Sql.column("text", rows, Row::facts),
        Sql.column("text", rows, Row::raisedAt),
        Sql.column("text", rows, Row::state),
        Sql.column("text", rows, row -> row.decision().map(Decision::by)),
        Sql.column("text", rows, row -> row.decision().map(Decision::reason)),
        Sql.column("text", rows, row -> row.decision().map(Decision::at)));
  }

  private static void update(Connection connection, List<Row> rows) throws SQLException {
    if (rows.isEmpty()) {
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
        Sql.column("text", rows, Row::id),
        Sql.column("text", rows, Row::state),
        Sql.column("text", rows, Row::facts),
        Sql.column("text", rows, Row::raisedAt),
        Sql.column("text", rows, row -> row.decision().map(Decision::by)),
        Sql.column("text", rows, row -> row.decision().map(Decision::reason)),
        Sql.column("text", rows, row -> row.decision().map(Decision::at)));
  }

  void forget() {
    changes.clear();
  }
}
