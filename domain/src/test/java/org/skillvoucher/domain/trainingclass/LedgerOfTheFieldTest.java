package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.WANG;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.Scan.NaturalKey;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.scan.ScanLedger.Entry;
import org.skillvoucher.domain.scan.ScanLedger.Numbered;
import org.skillvoucher.domain.scan.ScanLedger.Quarantined;

/** What the ledger knows of devices, phones and statements that gave no receipt. */
final class LedgerOfTheFieldTest {
  private static final Fingerprint PHONE = new Fingerprint(77);
  private static final Numbered FIRST = new Numbered("D1-1", 1);
  private static final Numbered SECOND = new Numbered("D1-1", 2);

  private static Entry entry(PersonPseudonym person, Lesson lesson, long number, boolean late) {
    return new Entry(
        new NaturalKey(person, lesson.id(), Act.IN),
        new Fingerprint(number),
        new Fingerprint(-number),
        late,
        number,
        Optional.of(new Numbered("D1-1", number)),
        number * 1000,
        Optional.empty());
  }

  private static Entry byPhone(PersonPseudonym person, Lesson lesson, long number) {
    Entry plain = entry(person, lesson, number, false);
    return new Entry(
        plain.naturalKey(),
        plain.key(),
        plain.body(),
        false,
        number,
        Optional.empty(),
        0,
        Optional.of(new RoomCodeUse(number, PHONE)));
  }

  private static Quarantined quarantined(Numbered statement, long body) {
    return new Quarantined(statement, new Fingerprint(body), body > 5, body % 2 == 1);
  }

  @Test
  void aRecordedScanIsFoundByItsDevicesCounterAndByNoOther() {
    ScanLedger ledger = ScanLedger.empty().with(entry(LI, MORNING, 1, false));

    assertEquals(Optional.of(entry(LI, MORNING, 1, false)), ledger.by(FIRST));
    assertEquals(Optional.empty(), ledger.by(SECOND));
    assertEquals(Optional.empty(), ledger.by(new Numbered("D1-2", 1)));
  }

  @Test
  void aQuarantinedStatementIsFoundByItsCounterAndIsNoScan() {
    ScanLedger ledger = ScanLedger.empty().with(quarantined(FIRST, 5));

    assertEquals(Optional.of(quarantined(FIRST, 5)), ledger.quarantined(FIRST));
    assertEquals(Optional.empty(), ledger.quarantined(SECOND));
    assertEquals(Optional.empty(), ledger.by(FIRST));
    assertEquals(0, ledger.size());
    assertEquals(List.of(quarantined(FIRST, 5)), ledger.quarantined());
  }

  @Test
  void theFirstContentQuarantinedUnderACounterIsFound() {
    ScanLedger ledger = ScanLedger.empty().with(quarantined(FIRST, 5)).with(quarantined(FIRST, 6));

    assertEquals(Optional.of(quarantined(FIRST, 5)), ledger.quarantined(FIRST));
  }

  @Test
  void aLedgerThatGrowsByQuarantinedStatementsLeavesTheFormerOneAsItWas() {
    ScanLedger stem = ScanLedger.empty().with(entry(LI, MORNING, 1, false));
    ScanLedger left = stem.with(quarantined(SECOND, 5));
    ScanLedger right = stem.with(quarantined(SECOND, 6)).with(entry(WANG, MORNING, 3, false));

    assertEquals(List.of(), stem.quarantined());
    assertEquals(Optional.empty(), stem.quarantined(SECOND));
    assertEquals(Optional.of(quarantined(SECOND, 5)), left.quarantined(SECOND));
    assertEquals(Optional.of(quarantined(SECOND, 6)), right.quarantined(SECOND));
    assertEquals(Optional.empty(), left.by(new Numbered("D1-1", 3)));
  }

  @Test
  void manyScansAndQuarantinedStatementsInTurnAreAllFound() {
    ScanLedger ledger = ScanLedger.empty();
    for (int number = 1; number <= 200; number++) {
      ledger =
          number % 3 == 0
              ? ledger.with(quarantined(new Numbered("D1-1", number), number))
              : ledger.with(entry(LI, MORNING, number, false));
    }

    assertEquals(134, ledger.size());
    assertEquals(66, ledger.quarantined().size());
    for (int number = 1; number <= 200; number++) {
      var statement = new Numbered("D1-1", number);
      assertEquals(number % 3 == 0, ledger.quarantined(statement).isPresent());
      assertEquals(number % 3 != 0, ledger.by(statement).isPresent());
    }
  }

  @Test
  void aPersonsAndAPhonesLastScanIsTheLastRecorded() {
    ScanLedger one = ScanLedger.empty().with(byPhone(LI, MORNING, 1));
    ScanLedger two = one.with(entry(WANG, MORNING, 2, false)).with(byPhone(LI, AFTERNOON, 3));

    assertEquals(Optional.of(byPhone(LI, AFTERNOON, 3)), two.lastOf(LI));
    assertEquals(Optional.of(byPhone(LI, AFTERNOON, 3)), two.lastOf(PHONE));
    assertEquals(Optional.of(entry(WANG, MORNING, 2, false)), two.lastOf(WANG));
    assertEquals(Optional.empty(), two.lastOf(new Fingerprint(78)));
  }

  @Test
  void aFormerLedgerKnowsItsOwnLastScanOfAPersonAndAPhone() {
    ScanLedger former = ScanLedger.empty().with(byPhone(LI, MORNING, 1));
    ScanLedger later = former.with(byPhone(LI, AFTERNOON, 2)).with(byPhone(WANG, MORNING, 3));

    assertEquals(Optional.of(byPhone(LI, MORNING, 1)), former.lastOf(LI));
    assertEquals(Optional.of(byPhone(LI, MORNING, 1)), former.lastOf(PHONE));
    assertEquals(Optional.empty(), former.lastOf(WANG));
    assertEquals(Optional.of(byPhone(WANG, MORNING, 3)), later.lastOf(PHONE));
  }

  @Test
  void aScanThatTurnsOutInTimeChangesInNothingElse() {
    ScanLedger ledger =
        ScanLedger.empty()
            .with(entry(LI, MORNING, 1, true))
            .with(entry(WANG, MORNING, 2, true))
            .with(quarantined(new Numbered("D1-1", 3), 9));
    ScanLedger cleared = ledger.inTime(new NaturalKey(LI, MORNING.id(), Act.IN));

    assertEquals(
        List.of(entry(LI, MORNING, 1, false), entry(WANG, MORNING, 2, true)), cleared.entries());
    assertEquals(ledger.quarantined(), cleared.quarantined());
    assertEquals(true, ledger.entries().getFirst().late());
    assertFalse(cleared.by(FIRST).orElseThrow().late());
  }

  @Test
  void ledgersThatDifferInQuarantinedStatementsAreNotEqual() {
    ScanLedger ledger = ScanLedger.empty().with(quarantined(FIRST, 5));

    assertEquals(ledger, ScanLedger.of(List.of(), List.of(quarantined(FIRST, 5))));
    assertEquals(
        ledger.hashCode(), ScanLedger.of(List.of(), List.of(quarantined(FIRST, 5))).hashCode());
    assertNotEquals(ledger, ScanLedger.of(List.of(), List.of(quarantined(FIRST, 6))));
    assertNotEquals(ledger, ScanLedger.empty());
  }
}
