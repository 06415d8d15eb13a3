package org.skillvoucher.gateway.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.skillvoucher.gateway.TestPostgres;

/** The gateway's own serializers over a journal and snapshots in memory. */
final class ActorKit {
  private static final Config FILE =
      ConfigFactory.parseFile(TestPostgres.configFolder().resolve("pekko.conf").toFile());

  static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko { actor.provider = local, log-dead-letters = off }
              pekko.actor.testkit.typed.filter-leeway = 10s
              """)
          .withFallback(EventSourcedBehaviorTestKit.config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(FILE.withOnlyPath("pekko.actor"))
          .withFallback(FILE.withOnlyPath("pekko.serialization"))
          .withFallback(ConfigFactory.defaultReference())
          .resolve();

  static final EntitySettings SETTINGS = settings(12);

  /** With an entity reported as an error after this many failures. */
  static EntitySettings settings(int failuresBeforeError) {
    return new EntitySettings(
        Duration.ofSeconds(3),
        5,
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMinutes(2),
        failuresBeforeError,
        20,
        4,
        2);
  }

  private ActorKit() {}
}
