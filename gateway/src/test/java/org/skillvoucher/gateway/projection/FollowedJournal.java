package org.skillvoucher.gateway.projection;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.database.DatabaseSettings;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.journal.feed.Feed;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;
import org.skillvoucher.gateway.journal.feed.FeedSettings;

/** A real journal with the serializer's own bytes, its feed, and a cluster of one to follow it. */
public final class FollowedJournal implements AutoCloseable {
  public static final ReadModelSettings SETTINGS =
      new ReadModelSettings(7, Duration.ofMillis(5), 1000);

  public final TestPool database = new TestPool();
  public final ActorTestKit kit;
  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  public final Database real =
      Database.open(new DatabaseSettings(database.url, "postgres", "postgres", 6));

  public FollowedJournal(String name) {
    kit = ActorTestKit.create(name, config());
    var cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
  }

  private Config config() {
    return ConfigFactory.parseString(
            """
            vgw {
              database { user = postgres, password = postgres, journal-connections-max = 1 }
              feed.threads-max = 4
            }
            pekko.loglevel = OFF
            pekko.projection.restart-backoff { min-backoff = 5ms, max-backoff = 20ms }
            """)
        .withFallback(ConfigFactory.parseMap(Map.of("vgw.database.url", database.url)))
        .withFallback(
            ConfigFactory.parseFile(TestPostgres.configFolder().resolve("gateway.conf").toFile()))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  public Feed feed(int slices) {
    return new Feed(real, executor, new FeedSettings(Duration.ofMillis(5), 50, slices));
  }

  /** Writes events as the journal does, the events of one call in one transaction. */
  public void write(List<FeedEnvelope> events) {
    var serialization = SerializationExtension.get(kit.system());
    try {
      Sql.inTransaction(
          database.pool,
          connection -> {
            for (FeedEnvelope event : events) {
              if (!(serialization.findSerializerFor(event.event())
                  instanceof SerializerWithStringManifest serializer)) {
                throw new IllegalStateException("no serializer with a manifest");
              }
              Sql.update(
                  connection,
                  """
                  INSERT INTO event_journal
                    (persistence_id, sequence_number, writer, write_timestamp, event_ser_id,
                     event_ser_manifest, event_payload)
                  VALUES (?, ?, 'w', ?, ?, ?, ?)""",
                  event.persistenceId(),
                  event.sequenceNr(),
                  System.currentTimeMillis(),
                  serializer.identifier(),
                  serializer.manifest(event.event()),
                  serializer.toBinary(event.event()));
            }
            return true;
          });
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The feeds of several entities interleaved, each in its order, in transactions of one to four
   * events.
   *
   * @return the order in which they were written
   */
  public List<FeedEnvelope> writeInterleaved(List<List<FeedEnvelope>> feeds, Random random) {
    List<List<FeedEnvelope>> left = new ArrayList<>();
    feeds.forEach(feed -> left.add(new ArrayList<>(feed)));
    List<FeedEnvelope> written = new ArrayList<>();
    while (!left.isEmpty()) {
      List<FeedEnvelope> one = left.get(random.nextInt(left.size()));
      List<FeedEnvelope> next = one.subList(0, Math.min(one.size(), 1 + random.nextInt(4)));
      write(next);
      written.addAll(next);
      next.clear();
      if (one.isEmpty()) {
        left.remove(one);
      }
    }
    return written;
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    executor.shutdownNow();
    real.close();
    database.close();
  }
}
