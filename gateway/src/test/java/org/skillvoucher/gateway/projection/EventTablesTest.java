package org.skillvoucher.gateway.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.skillvoucher.gateway.projection.ClassStory.envelope;
import static org.skillvoucher.gateway.projection.ClassStory.person;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.voucher.VoucherEvent;
import org.skillvoucher.domain.voucher.VoucherTerms;
import org.skillvoucher.gateway.journal.feed.FeedEnvelope;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventTablesTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final VoucherTerms TERMS =
      new VoucherTerms(
          person(1),
          new RegionCode("990101"),
          new OccupationCode("6-31-01-03"),
          4,
          Instant.parse("2026-12-31T16:00:00Z"));

  private final TestPool database = new TestPool();

  @AfterAll
  void stop() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.execute("TRUNCATE applied, voucher, training_class, enrolment, lesson, receipt");
  }

  private void apply(FeedEnvelope event) {
    database.apply(List.of(event));
  }

  private void apply(List<FeedEnvelope> feed) {
    database.apply(feed);
  }

  private void voucher(VoucherEvent... events) {
    for (int i = 0; i < events.length; i++) {
      apply(envelope("voucher|V1", i + 1, events[i]));
    }
  }

  private static VoucherEvent issued() {
    return new VoucherEvent.Issued(TERMS, AT);
  }

  private static VoucherEvent claimed() {
    return new VoucherEvent.Claimed(AT);
  }

  private static VoucherEvent bound() {
    return new VoucherEvent.Bound(new ClassId("C1"), person(1), AT);
  }

  private String voucherState() {
    return database.one("SELECT state FROM voucher");
  }

  @Test
  void aVoucherGoesFromIssuedToCompleted() {
    voucher(issued());
    assertEquals("issued", voucherState());
    voucher(issued(), claimed());
    assertEquals("claimed", voucherState());
    voucher(issued(), claimed(), bound());
    assertEquals("bound C1", database.one("SELECT state || ' ' || class_id FROM voucher"));
    voucher(issued(), claimed(), bound(), new VoucherEvent.Completed(new ClassId("C1"), AT));
    assertEquals("completed", voucherState());
    assertEquals("4 4", database.one("SELECT last_sequence || ' ' || events FROM applied"));
  }

  @Test
  void anUnfrozenVoucherIsWhatItWas() {
    voucher(issued(), claimed(), new VoucherEvent.Frozen("lost", AT));
    assertEquals("frozen", voucherState());
    voucher(
        issued(), claimed(), new VoucherEvent.Frozen("lost", AT), new VoucherEvent.Unfrozen(AT));
    assertEquals("claimed", voucherState());
  }

  @Test
  void aVoucherEndsExpiredOrVoided() {
    voucher(issued(), new VoucherEvent.Expired(AT));
    assertEquals("expired", voucherState());
    empty();
    voucher(issued(), new VoucherEvent.Frozen("lost", AT), new VoucherEvent.Voided("gone", AT));
    assertEquals("voided", voucherState());
  }

  @Test
  void whatSomeoneWroteAsAReasonStaysInTheJournal() {
    voucher(issued(), new VoucherEvent.Voided("Ada Lovelace moved away", AT));
    assertEquals("0", database.one("SELECT count(*) FROM voucher v WHERE v::text LIKE '%Ada%'"));
  }

  @Test
  void aClassGoesFromFiledToClosed() {
    ClassStory story = new ClassStory("C1").filed("电工");
    apply(story.feed());
    assertEquals("filed 电工", database.one("SELECT state || ' ' || title FROM training_class"));
    apply(story.approved().feed());
    assertEquals("approved", classState());
    story.send(new ClassCommand.Enrol(List.of(person(1)), AT));
    story.send(new ClassCommand.Schedule(ClassStory.lessons(1), AT));
    apply(story.send(new ClassCommand.Open(AT)).feed());
    assertEquals("open", classState());
    apply(story.closed().feed());
    assertEquals("closed", classState());
  }

  private String classState() {
    return database.one("SELECT state FROM training_class");
  }

  @Test
  void aFilingMayBeReturned() {
    ClassStory story = new ClassStory("C1").filed("first");
    story.send(new ClassCommand.Return("official", "unclear", AT));
    apply(story.feed());
    assertEquals("returned", classState());
  }

  @Test
  void aVoucherWaitsForItsHolderInTheHoldersLaterPlace() {
    ClassStory story = new ClassStory("C1").filed("t").approved();
    story.send(new ClassCommand.AdmitVoucher(person(7), ClassStory.voucher(7), AT));
    story.send(new ClassCommand.AdmitVoucher(person(8), ClassStory.voucher(8), AT));
    story.send(new ClassCommand.WithdrawVoucher(person(8), ClassStory.voucher(8), AT));
    story.send(new ClassCommand.Enrol(List.of(person(1), person(7), person(8)), AT));
    apply(story.feed());
    assertEquals(
        ((ClassState.Approved) story.state())
            .plan().roster().entries().stream()
                .map(line -> line.person() + " " + line.voucher().map(Object::toString).orElse("-"))
                .toList(),
        database.column(
            """
            SELECT person || ' ' || coalesce(voucher, '-') FROM enrolment
            WHERE enrolled ORDER BY position"""));
  }

  @Test
  void theRosterOrderIsStableOverSeveralEnrolments() {
    ClassStory story = new ClassStory("C1").filed("t").approved();
    story.send(new ClassCommand.Enrol(List.of(person(3), person(1)), AT));
    story.send(new ClassCommand.Enrol(List.of(person(2), person(0), person(3)), AT));
    apply(story.feed());
    assertEquals(
        Stream.of(3, 1, 2, 0).map(n -> person(n).value()).toList(),
        database.column("SELECT person FROM enrolment ORDER BY position"));
  }

  @Test
  void aPersonEnrolledTwiceIsOnTheRosterOnce() {
    ClassStory story = new ClassStory("C1").filed("t").approved();
    apply(story.feed());
    List<PersonPseudonym> doubled = List.of(person(1), person(2), person(1), person(3));
    apply(envelope("class|C1", 3, new ClassEvent.Enrolled(doubled, AT)));
    apply(envelope("class|C1", 4, new ClassEvent.Enrolled(List.of(person(4), person(2)), AT)));
    assertEquals(
        Stream.of(1, 2, 3, 4).map(n -> person(n).value()).toList(),
        database.column("SELECT person FROM enrolment ORDER BY position"));
  }

  @Test
  void aNewTimetableReplacesTheOld() {
    ClassStory story = new ClassStory("C1").filed("t").approved();
    story.send(new ClassCommand.Schedule(ClassStory.lessons(5), AT));
    var change = Optional.of(new ClassCommand.Change("T-official", "power cut"));
    story.send(new ClassCommand.Schedule(ClassStory.lessons(2).reversed(), change, AT));
    apply(story.feed());
    assertEquals(
        List.of("L0", "L1"), database.column("SELECT lesson_id FROM lesson ORDER BY position"));
  }

  @Test
  void anAdmittedVoucherIsListedWithItsPersonUntilItIsWithdrawn() {
    ClassStory story = new ClassStory("C1").opened(2, 1);
    apply(story.feed());
    assertEquals(
        "V1", database.one("SELECT voucher FROM enrolment WHERE person = ?", person(1).value()));
    story.send(new ClassCommand.WithdrawVoucher(person(1), ClassStory.voucher(1), AT));
    apply(story.feed());
    assertEquals(
        "null", database.one("SELECT voucher FROM enrolment WHERE person = ?", person(1).value()));
  }

  @Test
  void eachReceiptHasItsRowAndTheClassCountsThem() {
    ClassStory story =
        new ClassStory("C1").opened(2, 1).scanned(0, 0, Act.IN, 11).scanned(1, 0, Act.IN, 12);
    apply(story.feed());
    assertEquals(
        List.of("C1.0.0.in 1 in true V0", "C1.1.0.in 2 in true V1"),
        database.column(
            """
            SELECT concat_ws(' ', receipt_id, sequence, act, late::text, voucher)
            FROM receipt ORDER BY 1"""));
    assertEquals(
        "2 true",
        database.one(
            """
            SELECT receipts || ' ' || (last_payload_hash = payload_hash)::text
            FROM training_class JOIN receipt USING (class_id) WHERE sequence = 2"""));
  }

  @Test
  void anEventAppliedTwiceCountsOnce() {
    List<FeedEnvelope> feed =
        new ClassStory("C1").opened(1, 1).scanned(0, 0, Act.IN, 0).closed().feed();
    apply(feed);
    apply(feed);
    assertEquals("1", database.one("SELECT count(*) FROM receipt"));
    assertEquals(Integer.toString(feed.size()), database.one("SELECT events FROM applied"));
  }

  @Test
  void aGapIsLoudAndAppliesNothing() {
    voucher(issued());
    var gap =
        assertThrows(IllegalStateException.class, () -> apply(envelope("voucher|V1", 3, bound())));
    assertEquals("a gap in the feed: voucher|V1 goes from 1 to 3", gap.getMessage());
    assertEquals("issued", voucherState());
  }

  @Test
  void anEntityThatDoesNotBeginAtItsBeginningIsLoud() {
    assertThrows(IllegalStateException.class, () -> apply(envelope("voucher|V1", 2, claimed())));
    assertEquals("0", database.one("SELECT count(*) FROM applied"));
  }

  @Test
  void anEventOfAnUnknownKindIsLoud() {
    assertThrows(
        IllegalStateException.class, () -> apply(envelope("voucher|V1", 1, "something else")));
  }

  @Test
  void anEventUnderTheWrongKindOfEntityIsLoud() {
    assertThrows(IllegalStateException.class, () -> apply(envelope("class|V1", 1, issued())));
  }

  @Test
  void anEventWhichTheTablesCannotTakeIsLoudAndNamesNoPerson() {
    var fault =
        assertThrows(
            IllegalStateException.class, () -> apply(envelope("voucher|V1", 1, claimed())));
    assertEquals("the read models do not fit voucher|V1 event 1, Claimed", fault.getMessage());
  }

  @Test
  void aReceiptOutOfItsChainIsLoud() {
    List<FeedEnvelope> feed =
        new ClassStory("C1").opened(1, 1).scanned(0, 0, Act.IN, 0).scanned(0, 0, Act.OUT, 0).feed();
    int last = feed.size() - 1;
    apply(feed.subList(0, last - 1));
    FeedEnvelope second = feed.get(last);
    assertThrows(
        IllegalStateException.class,
        () -> apply(envelope("class|C1", second.sequenceNr() - 1, second.event())));
    assertEquals("0", database.one("SELECT count(*) FROM receipt"));
  }
}
