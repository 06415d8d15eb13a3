package org.skillvoucher.gateway.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.skillvoucher.gateway.TestPostgres;

/** The gateway's own serializers over a journal in memory. */
final class ActorKit {
  private static final Config FILE =
      ConfigFactory.parseFile(TestPostgres.configFolder().resolve("pekko.conf").toFile());

  static final Config CONFIG =
      ConfigFactory.parseString("pekko { actor.provider = local, log-dead-letters = off }")
          .withFallback(EventSourcedBehaviorTestKit.config())
          .withFallback(FILE.withOnlyPath("pekko.actor"))
          .withFallback(FILE.withOnlyPath("pekko.serialization"))
          .withFallback(ConfigFactory.defaultReference())
          .resolve();

  private ActorKit() {}
}
