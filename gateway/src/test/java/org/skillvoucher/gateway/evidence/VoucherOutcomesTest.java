package org.skillvoucher.gateway.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.gateway.database.Sql;
import org.skillvoucher.gateway.database.Transactions;
import org.skillvoucher.gateway.projection.ClassStory;
import org.skillvoucher.gateway.projection.TestPool;

/** What becomes of the vouchers of a closed class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VoucherOutcomesTest {
  private final TestPool database = new TestPool();
  private final ActorTestKit kit = ActorTestKit.create();
  private final VoucherOutcomes outcomes =
      new VoucherOutcomes(kit.system(), new Transactions(database.pool, Runnable::run));

  @AfterAll
  void stop() {
    kit.shutdownTestKit();
    database.close();
  }

  @BeforeEach
  void empty() {
    database.execute(
        """
        TRUNCATE applied, voucher, training_class, enrolment, lesson, receipt, set_aside,
          spot_check, correction, timetable_change, evidence""");
  }

  private void applyAndWrite(ClassStory story) throws SQLException {
    database.apply(story.feed());
    ClassEvent.Closed closed = (ClassEvent.Closed) story.feed().getLast().event();
    Sql.inTransaction(
        database.pool,
        connection ->
            new ClassEvidence(ClassStory::digest)
                .write(
                    connection,
                    new ClassId(story.id),
                    story.feed().getLast().sequenceNr(),
                    closed));
  }

  private List<VoucherOutcomes.Outcome> outcomes(ClassStory story) {
    return outcomes.of(new ClassId(story.id), story.events.size()).toCompletableFuture().join();
  }

  @Test
  void theVoucherOfAPersonWhoDidNotCompleteLapses() throws SQLException {
    ClassStory story = new ClassStory("C1").opened(2, 1);
    story.scanned(0, 0, Act.IN, 0).scanned(0, 0, Act.OUT, 0).closed();
    applyAndWrite(story);
    assertEquals(List.of(true, false), completed(outcomes(story)));
  }

  @Test
  void aVoucherThatWasBoundButNeverReachedTheClassLapsesToo() throws SQLException {
    ClassStory story = new ClassStory("C1").opened(1, 1).closed();
    applyAndWrite(story);
    bound("Vlate", ClassStory.person(7));
    assertEquals(List.of(false, false), completed(outcomes(story)));
    assertEquals(Optional.of(false), one("Vlate", 7));
  }

  @Test
  void aVoucherThatWasFrozenAtTheEndIsSettledByWhatItsHolderAttended() throws SQLException {
    ClassStory story = new ClassStory("C1").opened(2, 1);
    story.scanned(0, 0, Act.IN, 0).scanned(0, 0, Act.OUT, 0);
    story.withdrawn(0).withdrawn(1).closed();
    applyAndWrite(story);
    assertEquals(Optional.of(true), one("V0", 0));
    assertEquals(Optional.of(false), one("V1", 1));
  }

  @Test
  void aSecondVoucherOfOnePersonLapsesThoughThePersonCompleted() throws SQLException {
    ClassStory story = new ClassStory("C1").opened(1, 1);
    story.scanned(0, 0, Act.IN, 0).scanned(0, 0, Act.OUT, 0).closed();
    applyAndWrite(story);
    assertEquals(Optional.of(false), one("Vsecond", 0));
  }

  private static List<Boolean> completed(List<VoucherOutcomes.Outcome> outcomes) {
    return outcomes.stream().map(VoucherOutcomes.Outcome::completed).toList();
  }

  private Optional<Boolean> one(String voucher, int person) {
    return outcomes
        .of(new ClassId("C1"), ClassStory.person(person), new VoucherId(voucher))
        .toCompletableFuture()
        .join()
        .map(VoucherOutcomes.Outcome::completed);
  }

  private void bound(String voucher, PersonPseudonym holder) {
    database.execute(
        """
        INSERT INTO voucher
          (voucher_id, state, holder, region, occupation, level, expires_at, class_id)
        VALUES (?, 'bound', ?, 'r', 'o', 1, now(), 'C1')""",
        voucher,
        holder.value());
  }
}
