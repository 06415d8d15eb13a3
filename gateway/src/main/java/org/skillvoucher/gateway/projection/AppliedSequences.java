package org.skillvoucher.gateway.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** The last sequence number applied of each entity: deduplicates events and detects gaps. */
final class AppliedSequences {
  private AppliedSequences() {}

  /**
   * Advances entities to the last of the given events.
   *
   * @return the events not applied before, in their order
   * @throws IllegalStateException when events in between are missing, or when another follower
   *     advanced one of the entities concurrently
   */
  static List<FeedEnvelope> advance(Connection connection, List<FeedEnvelope> events)
      throws SQLException {
    Map<String, Long> before = last(connection, entities(events));
    Map<String, Long> after = new LinkedHashMap<>();
    List<FeedEnvelope> fresh = new ArrayList<>(events.size());
    for (FeedEnvelope event : events) {
      String entity = event.persistenceId();
      long last = after.getOrDefault(entity, before.getOrDefault(entity, 0L));
      if (event.sequenceNr() > last + 1) {
        throw new IllegalStateException(
            "a gap in the feed: " + entity + " goes from " + last + " to " + event.sequenceNr());
      }
      if (event.sequenceNr() == last + 1) {
        after.put(entity, last + 1);
        fresh.add(event);
      }
    }
    move(connection, before, after);
    return fresh;
  }

  private static Set<String> entities(List<FeedEnvelope> events) {
    return events.stream().map(FeedEnvelope::persistenceId).collect(Collectors.toSet());
  }

  private static Map<String, Long> last(Connection connection, Set<String> entities)
      throws SQLException {
    return Sql.query(
            connection,
            "SELECT persistence_id, last_sequence FROM applied WHERE persistence_id = ANY (?)",
            row -> Map.entry(row.getString(1), row.getLong(2)),
            List.copyOf(entities))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static void move(Connection connection, Map<String, Long> before, Map<String, Long> after)
      throws SQLException {
    if (after.isEmpty()) {
      return;
    }
    int moved =
        Sql.update(
            connection,
            """
            INSERT INTO applied AS a (persistence_id, last_sequence, events)
            SELECT persistence_id, after, after - before
            FROM unnest(?, ?, ?) AS moved (persistence_id, before, after)
            ORDER BY persistence_id
            ON CONFLICT (persistence_id) DO UPDATE
            SET last_sequence = excluded.last_sequence, events = a.events + excluded.events
            WHERE a.last_sequence = excluded.last_sequence - excluded.events""",
            Sql.column("text", after.keySet(), entity -> entity),
            Sql.column("int8", after.keySet(), entity -> before.getOrDefault(entity, 0L)),
            Sql.column("int8", after.values(), last -> last));
    if (moved != after.size()) {
      throw new IllegalStateException("another follower applies the same events");
    }
  }
}
