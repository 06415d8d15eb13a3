package org.skillvoucher.gateway.journal.writer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherState;
import org.skillvoucher.gateway.TestPostgres;
import org.skillvoucher.gateway.database.Database;
import org.skillvoucher.gateway.entity.WireMessage;
import org.skillvoucher.gateway.journal.Eventually;
import org.skillvoucher.gateway.journal.event.EventReader;
import org.skillvoucher.gateway.journal.event.Samples;
import org.skillvoucher.gateway.journal.snapshot.Versioned;
import org.skillvoucher.gateway.journal.snapshot.VersionedVoucher;

/** The product's settings, serializers and migrations together on a real PostgreSQL. */
class JournalTest {
  private static final String URL = TestPostgres.freshDatabase();
  private static final ActorTestKit TEST_KIT =
      ActorTestKit.create("journal", JournalConfig.of(URL));
  private static final Database DATABASE = Database.open(JournalConfig.settings(URL));

  private final TestProbe<VersionedVoucher.Answer> probe = TEST_KIT.createTestProbe();

  @AfterAll
  static void stop() {
    TEST_KIT.shutdownTestKit();
    DATABASE.close();
  }

  @Test
  void anEventIsARowWithItsNameAndAPayloadThatPsqlCanRead() throws Exception {
    var voucher = start("V1");
    send(voucher, new VoucherEvent.Issued(Samples.TERMS, Samples.AT));
    send(voucher, new VoucherEvent.Claimed(Samples.AT));
    assertEquals(
        List.of("1 4200 voucher.issued/1 5", "2 4200 voucher.claimed/1 null"),
        query(
            "SELECT concat_ws(' ', sequence_number, event_ser_id, event_ser_manifest, coalesce("
                + "(convert_from(event_payload, 'UTF8')::jsonb -> 'terms' ->> 'level'), 'null'))"
                + " FROM event_journal WHERE persistence_id = 'voucher|V1' ORDER BY 1"));

    var reader = new EventReader(DATABASE, Runnable::run);
    assertEquals(
        Optional.of(new VoucherEvent.Claimed(Samples.AT)),
        reader.event("voucher|V1", 2).toCompletableFuture().get());
    assertEquals(Optional.empty(), reader.event("voucher|V1", 3).toCompletableFuture().get());
  }

  @Test
  void anActorComesBackFromItsSnapshotAndWithoutItWhenItCannotBeRead() throws Exception {
    var bound = new VoucherEvent.Bound(Samples.CLASS_ID, Samples.PERSON, Samples.AT);
    var voucher = start("V2");
    send(voucher, new VoucherEvent.Issued(Samples.TERMS, Samples.AT));
    send(voucher, new VoucherEvent.Claimed(Samples.AT));
    send(voucher, bound);
    var expected =
        new Versioned<VoucherState>(3, new VoucherState.Bound(Samples.TERMS, Samples.CLASS_ID));
    Eventually.check(
        Duration.ofSeconds(5),
        "a snapshot is kept",
        () ->
            query("SELECT snapshot_ser_manifest FROM snapshot WHERE persistence_id = 'voucher|V2'")
                .equals(List.of("voucher.state/3")));
    TEST_KIT.stop(voucher);
    var again = start("V2");
    assertEquals(expected, stateOf(again));
    TEST_KIT.stop(again);

    update("UPDATE snapshot SET snapshot_payload = 'torn'");
    assertEquals(expected, stateOf(start("V2")));
  }

  @Test
  void aSnapshotTakesThePlaceOfTheOneBefore() throws Exception {
    var voucher = start("V3");
    send(voucher, new VoucherEvent.Issued(Samples.TERMS, Samples.AT));
    send(voucher, new VoucherEvent.Claimed(Samples.AT));
    send(voucher, new VoucherEvent.Bound(Samples.CLASS_ID, Samples.PERSON, Samples.AT));
    send(voucher, new VoucherEvent.Completed(Samples.CLASS_ID, Samples.AT));
    Eventually.check(
        Duration.ofSeconds(5),
        "the second is kept alone",
        () ->
            query("SELECT sequence_number FROM snapshot WHERE persistence_id = 'voucher|V3'")
                .equals(List.of("4")));
  }

  @Test
  void commandsAndAnswersOfTheDomainCrossNodes() {
    var message =
        new Message(
            new ClassCommand.AdmitVoucher(Samples.PERSON, new VoucherId("V1"), Samples.AT),
            new VoucherState.Frozen(new VoucherState.Issued(Samples.TERMS), "card lost"),
            List.of(new ClassRefusal.NotFiled(), new ClassRefusal.RosterFull(60)),
            Optional.of(((ClassEvent.Attended) Samples.event("class.attended/1")).receipt()),
            probe.ref());
    TEST_KIT.serializationTestKit().verifySerialization(message, true);
  }

  private ActorRef<VersionedVoucher.Ask> start(String id) {
    return TEST_KIT.spawn(new VersionedVoucher(id));
  }

  private void send(ActorRef<VersionedVoucher.Ask> voucher, VoucherEvent event) {
    voucher.tell(new VersionedVoucher.Ask(Optional.of(event), probe.ref()));
    probe.receiveMessage(Duration.ofSeconds(10));
  }

  private Versioned<VoucherState> stateOf(ActorRef<VersionedVoucher.Ask> voucher) {
    voucher.tell(new VersionedVoucher.Ask(Optional.empty(), probe.ref()));
    return probe.receiveMessage(Duration.ofSeconds(10)).kept();
  }

  private List<String> query(String sql) {
    return DATABASE.read(
        connection -> {
          try (var statement = connection.createStatement();
              var rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
              values.add(rows.getString(1));
            }
            return values;
          }
        });
  }

  private void update(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(URL);
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Records of the domain in all the ways in which messages carry them. */
  record Message(
      ClassCommand command,
      VoucherState state,
      List<ClassRefusal> refusals,
      Optional<SealedReceipt> receipt,
      ActorRef<VersionedVoucher.Answer> replyTo)
      implements WireMessage {}
}
