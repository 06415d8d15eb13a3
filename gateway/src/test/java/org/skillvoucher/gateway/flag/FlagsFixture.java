package org.skillvoucher.gateway.flag;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.skillvoucher.domain.canonical.CanonicalJson;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.projection.ClassStory;
import org.skillvoucher.gateway.projection.TestPool;

/** The flags' tables in a database of their own, filled as the follower fills them. */
public final class FlagsFixture implements AutoCloseable {
  public static final List<String> TABLES =
      List.of("flag", "flag_class", "flag_lesson", "sighting", "counter_gap", "assisted_sign_in");

  /** So few that much has to be read again. */
  static final int TAPS_KEPT = 100;

  public final TestPool database = new TestPool();
  private FlagTables tables = new FlagTables(ClassStory::digest, TAPS_KEPT);

  public void empty() {
    database.execute("TRUNCATE " + String.join(", ", TABLES));
    restart();
  }

  void apply(List<FeedEnvelope> feed) {
    feed.forEach(this::apply);
  }

  /** A new follower with empty caches. */
  void restart() {
    tables = new FlagTables(ClassStory::digest, TAPS_KEPT);
  }

  void apply(FeedEnvelope envelope) {
    applyTogether(List.of(envelope));
  }

  void applyTogether(List<FeedEnvelope> group) {
    try {
      Sql.inTransaction(
          database.pool,
          connection -> {
            tables.apply(connection, group);
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void apply(FlaggedClass... classes) {
    Stream.of(classes).forEach(one -> apply(one.feed()));
  }

  /** Kind, class and state of each flag. */
  List<String> flags() {
    return database.column(
        "SELECT concat_ws(' ', kind, class_id, state) FROM flag ORDER BY kind, class_id, flag_id");
  }

  Map<String, Object> facts(String kind, String classId) {
    return CanonicalJson.parse(
        database
            .one("SELECT facts FROM flag WHERE kind = ? AND class_id = ?", kind, classId)
            .getBytes(StandardCharsets.UTF_8));
  }

  /** A member of one of the facts, as text. */
  String fact(String kind, String classId, String fact, String member) {
    return database.one(
        "SELECT facts::json -> ? ->> ? FROM flag WHERE kind = ? AND class_id = ?",
        fact,
        member,
        kind,
        classId);
  }

  public String one(String column, String kind, String classId) {
    return database.one(
        "SELECT " + column + " FROM flag WHERE kind = ? AND class_id = ?", kind, classId);
  }

  List<String> everything() {
    return everything(database);
  }

  /** Every row of every table. */
  static List<String> everything(TestPool database) {
    List<String> rows = new ArrayList<>();
    for (String table : TABLES) {
      rows.addAll(database.column("SELECT '" + table + " ' || t FROM " + table + " t ORDER BY 1"));
    }
    return rows;
  }

  @Override
  public void close() {
    database.close();
  }
}
