package org.skillvoucher.gateway.journal.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.journal.Wire;
import org.skillvoucher.gateway.journal.event.Samples;
import org.skillvoucher.gateway.journal.snapshot.Versioned;
import org.skillvoucher.gateway.journal.snapshot.VersionedVoucher;

/** The journal while PostgreSQL hangs or restarts; its timeouts are shortened for the test. */
class OutageTest {
  private static final String DB = "pekko-persistence-jdbc.shared-databases.slick.db.";
  private static final String SHORT =
      DB
          + "properties.socketTimeout = 1\n"
          + DB
          + "connectionTimeout = 1000\n"
          + "vgw.journal.transaction-timeout = 200ms\n"
          + "jdbc-snapshot-store.circuit-breaker { call-timeout = 1s, reset-timeout = 200ms }";

  private final URI address = URI.create(TestPostgres.freshDatabase().substring("jdbc:".length()));
  private final Wire wire = new Wire(address.getPort());
  private final Config config =
      JournalConfig.of(
          "jdbc:postgresql://127.0.0.1:" + wire.port() + address.getPath(),
          ConfigFactory.parseString(SHORT));
  private final ActorTestKit testKit = ActorTestKit.create("outage", config);

  OutageTest() throws IOException {}

  @AfterEach
  void stop() throws IOException {
    testKit.shutdownTestKit();
    wire.close();
  }

  @Test
  void aHungDatabaseCannotHoldAWriteForEverAndABrokenOneIsFoundAgain() {
    var voucher = testKit.spawn(new VersionedVoucher("V1"));
    askUntilAnswered(voucher);
    ask(voucher, Optional.of(new VoucherEvent.Issued(Samples.TERMS, Samples.AT)));
    assertEquals(1, askUntilAnswered(voucher).revision());

    wire.freeze(true);
    assertEquals(Optional.empty(), ask(voucher, Optional.of(new VoucherEvent.Claimed(Samples.AT))));
    wire.freeze(false);
    wire.cut();
    // The outcome of the write that timed out is unknown until it is repeated.
    freezeUntilStored(voucher);

    testKit.stop(voucher);
    var again = askUntilAnswered(testKit.spawn(new VersionedVoucher("V1")));
    assertInstanceOf(VoucherState.Frozen.class, again.state());
  }

  private void freezeUntilStored(ActorRef<VersionedVoucher.Ask> voucher) {
    for (int attempt = 0; attempt < 10; attempt++) {
      if (askUntilAnswered(voucher).state() instanceof VoucherState.Frozen) {
        return;
      }
      ask(voucher, Optional.of(new VoucherEvent.Frozen("card lost", Samples.AT)));
    }
    throw new AssertionError("the journal takes no write");
  }

  private Versioned<VoucherState> askUntilAnswered(ActorRef<VersionedVoucher.Ask> voucher) {
    for (int attempt = 0; attempt < 10; attempt++) {
      var answer = ask(voucher, Optional.empty());
      if (answer.isPresent()) {
        return answer.get();
      }
    }
    throw new AssertionError("the actor did not come back");
  }

  private Optional<Versioned<VoucherState>> ask(
      ActorRef<VersionedVoucher.Ask> voucher, Optional<VoucherEvent> event) {
    TestProbe<VersionedVoucher.Answer> probe = testKit.createTestProbe();
    voucher.tell(new VersionedVoucher.Ask(event, probe.ref()));
    try {
      return Optional.of(probe.receiveMessage(Duration.ofSeconds(2)).kept());
    } catch (AssertionError noAnswer) {
      return Optional.empty();
    }
  }
}
