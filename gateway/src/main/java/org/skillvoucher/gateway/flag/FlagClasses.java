package org.skillvoucher.gateway.flag;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.event.EntityType;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

/** The classes with the last sequence number applied to the flags of each. */
final class FlagClasses {
  /** A class's rules never change, so they are read once. */
  private static final int KNOWN_MAX = 2_000;

  private final Map<String, FlagClass> known = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, Long> before = new HashMap<>();
  private final Map<String, Long> after = new LinkedHashMap<>();
  private boolean overlapped;

  /** An event that was not applied before. */
  record Step(FlagClass here, ClassEvent event) {}

  /**
   * Advances classes to the last of the given events.
   *
   * @return the events of classes not applied before, in their order
   * @throws IllegalStateException when events in between are missing
   */
  List<Step> advance(Connection connection, List<FeedEnvelope> group) throws SQLException {
    before.clear();
    after.clear();
    overlapped = false;
    Set<String> ids =
        group.stream()
            .filter(envelope -> envelope.event() instanceof ClassEvent)
            .map(envelope -> envelope.entityId(EntityType.CLASS))
            .collect(Collectors.toSet());
    if (ids.isEmpty()) {
      return List.of();
    }
    Sql.query(
            connection,
            "SELECT class_id, last_sequence FROM flag_class WHERE class_id = ANY (?)",
            row -> Map.entry(row.getString(1), row.getLong(2)),
            List.copyOf(ids))
        .forEach(last -> before.put(last.getKey(), last.getValue()));
    read(connection, before.keySet());
    List<Step> steps = new ArrayList<>(group.size());
    for (FeedEnvelope envelope : group) {
      if (envelope.event() instanceof ClassEvent event) {
        step(connection, envelope.entityId(EntityType.CLASS), envelope.sequenceNr(), event)
            .ifPresent(steps::add);
      }
    }
    return steps;
  }

  /** Whether the last group had events applied before: another follower overlaps with this one. */
  boolean overlapped() {
    return overlapped;
  }

  private Optional<Step> step(Connection connection, String id, long sequence, ClassEvent event)
      throws SQLException {
    long last = after.getOrDefault(id, before.getOrDefault(id, 0L));
    if (sequence <= last) {
      overlapped = true;
      return Optional.empty();
    }
    if (sequence == 1 && event instanceof ClassEvent.Filed filed) {
      known.put(id, FlagClass.file(connection, id, filed));
      before.put(id, 1L);
    } else if (last == 0 || sequence > last + 1) {
      throw new IllegalStateException(
          "a gap in the feed: class " + id + " comes to " + sequence + " too early for its flags");
    }
    after.put(id, sequence);
    return Optional.of(new Step(of(connection, id), event));
  }

  /** A class whose events have been applied. */
  FlagClass of(Connection connection, String id) throws SQLException {
    return Objects.requireNonNull(all(connection, Set.of(id)).get(id));
  }

  /** Classes whose events have been applied. */
  Map<String, FlagClass> all(Connection connection, Set<String> ids) throws SQLException {
    Map<String, FlagClass> all = new HashMap<>();
    for (String id : ids) {
      FlagClass one = known.get(id);
      if (one == null) {
        read(connection, ids);
        one = Objects.requireNonNull(known.get(id));
      }
      all.put(id, one);
    }
    return all;
  }

  private void read(Connection connection, Set<String> ids) throws SQLException {
    List<String> unknown = ids.stream().filter(id -> !known.containsKey(id)).toList();
    if (!unknown.isEmpty()) {
      Sql.query(
              connection,
              """
              SELECT class_id, institution, region, rules, teachers, site FROM flag_class
              WHERE class_id = ANY (?)""",
              FlagClass::of,
              unknown)
          .forEach(one -> known.put(one.id(), one));
    }
  }

  /**
   * Stores the sequence numbers applied.
   *
   * @throws IllegalStateException when another follower advanced one of them concurrently
   */
  void write(Connection connection) throws SQLException {
    Set<String> ids = after.keySet();
    int moved =
        Sql.update(
            connection,
            """
            UPDATE flag_class SET last_sequence = after
            FROM unnest(?, ?, ?) AS moved (class_id, before, after)
            WHERE flag_class.class_id = moved.class_id AND last_sequence = before""",
            Sql.column("text", ids, id -> id),
            Sql.column("int8", ids, id -> before.getOrDefault(id, 0L)),
            Sql.column("int8", after.values(), last -> last));
    if (moved != ids.size()) {
      throw new IllegalStateException("another follower applies the same events to flags");
    }
    LruEviction.trim(known, KNOWN_MAX);
  }

  void forget() {
    known.clear();
  }
}
