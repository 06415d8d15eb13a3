package org.skillvoucher.gateway.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.ShardRegion.CurrentShardRegionState;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingQuery;
import org.apache.pekko.cluster.sharding.typed.GetShardRegionState;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.entity.Classes;

/**
 * Activation of passivated classes: what recovery with a history costs, beside a class without one.
 * The real actors behind real sharding; only the histories are copies of each other.
 */
final class Activation {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
  private static final int CALLERS = 64;
  private static final EntityTypeKey<Object> TYPE = EntityTypeKey.create(Object.class, "class");

  // Ordered by sequence number first, interleaved as concurrent classes are in a journal.
  private static final String COPY_EVENTS =
      """
      INSERT INTO event_journal
             (persistence_id, sequence_number, writer, write_timestamp, adapter_manifest,
              event_ser_id, event_ser_manifest, event_payload)
      SELECT 'class|' || id, sequence_number, writer, write_timestamp, adapter_manifest,
             event_ser_id, event_ser_manifest, event_payload
        FROM event_journal, unnest(?) AS id
       WHERE persistence_id = ?
       ORDER BY sequence_number, id""";
  private static final String COPY_SNAPSHOTS =
      """
      INSERT INTO snapshot
             (persistence_id, sequence_number, created,
              snapshot_ser_id, snapshot_ser_manifest, snapshot_payload)
      SELECT 'class|' || id, sequence_number, created,
             snapshot_ser_id, snapshot_ser_manifest, snapshot_payload
        FROM snapshot, unnest(?) AS id
       WHERE persistence_id = ?""";

  private final ActorSystem<?> system;
  private final Classes classes;
  private final String url;

  Activation(ActorSystem<?> system, Classes classes, String url) {
    this.system = system;
    this.classes = classes;
    this.url = url;
  }

  /** Classes are passivated soon after they were measured, and not before. */
  static Config config(Config own, Duration passivatedAfter) {
    return ConfigFactory.parseMap(
            Map.of(
                "pekko.cluster.sharding.passivation.default-strategy.idle-entity.timeout",
                passivatedAfter))
        .withFallback(own);
  }

  /** Unused class ids. */
  static List<ClassId> ids(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new ClassId("%s%06d".formatted(prefix, number)))
        .toList();
  }

  /** Writes the same history for each class, with the snapshots that its actor takes meanwhile. */
  void write(List<ClassId> to, List<ClassEvent> history, int snapshotEvery) throws SQLException {
    String template = "class|TEMPLATE" + history.size();
    ActorRef<JournalActor.Keep> actor =
        system.systemActorOf(
            JournalActor.trainingClass(template, snapshotEvery),
            "template-" + history.size(),
            Props.empty());
    for (ClassEvent event : history) {
      AskPattern.<JournalActor.Keep, Done>ask(
              actor,
              replyTo -> new JournalActor.Keep(List.of(event), replyTo),
              ANSWER_MAX,
              system.scheduler())
          .toCompletableFuture()
          .join();
    }
    awaitSnapshot(template, history.size() - history.size() % snapshotEvery);
    copy(template, to);
  }

  /** Asks each class, which activates it; returns activations a second. */
  double wake(List<ClassId> ids) throws InterruptedException {
    long start = System.nanoTime();
    long woken = ClosedLoop.each(ids, CALLERS, classes::find);
    return woken / ((System.nanoTime() - start) / 1e9);
  }

  /** Waits until all of them are passivated. */
  void awaitPassivated() {
    while (awake() > 0) {
      LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
    }
  }

  private long awake() {
    return AskPattern.<ClusterShardingQuery, CurrentShardRegionState>ask(
            ClusterSharding.get(system).shardState(),
            replyTo -> new GetShardRegionState(TYPE, replyTo),
            ANSWER_MAX,
            system.scheduler())
        .toCompletableFuture()
        .join()
        .getShards()
        .stream()
        .mapToLong(shard -> shard.getEntityIds().size())
        .sum();
  }

  private void awaitSnapshot(String persistenceId, long sequenceNumber) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT 1 FROM snapshot WHERE persistence_id = ? AND sequence_number = ?")) {
      query.setString(1, persistenceId);
      query.setLong(2, sequenceNumber);
      while (true) {
        try (var row = query.executeQuery()) {
          if (row.next()) {
            return;
          }
        }
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private void copy(String template, List<ClassId> to) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      var ids = connection.createArrayOf("text", to.stream().map(ClassId::value).toArray());
      for (String sql : List.of(COPY_EVENTS, COPY_SNAPSHOTS)) {
        try (PreparedStatement copy = connection.prepareStatement(sql)) {
          copy.setArray(1, ids);
          copy.setString(2, template);
          copy.executeUpdate();
        }
      }
      try (var statement = connection.createStatement()) {
        statement.execute("VACUUM ANALYZE event_journal, snapshot");
      }
    }
  }
}
