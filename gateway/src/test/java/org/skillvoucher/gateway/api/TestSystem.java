package org.skillvoucher.gateway.api;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** One actor system for all tests of routes; it has no state. */
public final class TestSystem {
  public static final ActorSystem<Void> ONLY =
      ActorSystem.create(
          Behaviors.<Void>empty(),
          "http",
          ConfigFactory.parseString(
                  "pekko { actor.provider = local, daemonic = on, loglevel = OFF,"
                      + " stdout-loglevel = OFF, log-dead-letters = off,"
                      + " coordinated-shutdown.exit-jvm = off }")
              .withFallback(ConfigFactory.defaultReference())
              .resolve());

  private TestSystem() {}
}
