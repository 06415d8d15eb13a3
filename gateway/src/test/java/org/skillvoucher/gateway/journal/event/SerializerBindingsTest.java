package org.skillvoucher.gateway.journal.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.journal.snapshot.SnapshotSerializer;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** The gateway's own configuration gives every event and every snapshot to its serializer. */
class SerializerBindingsTest {
  private static final Config FILE =
      ConfigFactory.parseFile(TestPostgres.configFolder().resolve("pekko.conf").toFile());
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "bindings",
          ConfigFactory.parseString("pekko.actor.provider = local")
              .withFallback(FILE.withOnlyPath("pekko.actor"))
              .withFallback(FILE.withOnlyPath("pekko.serialization"))
              .withFallback(ConfigFactory.load())
              .resolve());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  static Stream<Object> events() {
    return EventSerializerTest.samples().stream().map(Samples::event);
  }

  static Stream<Object> snapshots() {
    return Stream.of(VoucherState.initial(), ClassState.initial(), InstitutionState.initial())
        .map(state -> new Versioned<>(0, state));
  }

  @ParameterizedTest
  @MethodSource("events")
  void anEventIsBoundToTheEventSerializer(Object event) throws NotSerializableException {
    assertEquals(EventSerializer.class, serialization().findSerializerFor(event).getClass());
  }

  @ParameterizedTest
  @MethodSource("snapshots")
  void aSnapshotIsBoundToTheSnapshotSerializer(Object snapshot) throws NotSerializableException {
    assertEquals(SnapshotSerializer.class, serialization().findSerializerFor(snapshot).getClass());
  }

  private static Serialization serialization() {
    return SerializationExtension.get(KIT.system());
  }
}
