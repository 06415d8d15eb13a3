package org.skillvoucher.domain.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.person;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.Scan.NaturalKey;
import org.skillvoucher.domain.scan.ScanLedger.Entry;

final class ScanLedgerTest {
  @Test
  void aRecordedScanIsFoundByItsNaturalKeyAndByItsScanKey() {
    ScanLedger ledger = ScanLedger.empty().with(entry(1)).with(entry(2));

    for (int number : new int[] {1, 2}) {
      assertEquals(Optional.of(entry(number)), ledger.by(entry(number).naturalKey()));
      assertEquals(Optional.of(entry(number)), ledger.by(entry(number).key()));
    }
    assertEquals(Optional.empty(), ledger.by(entry(3).naturalKey()));
    assertEquals(Optional.empty(), ledger.by(entry(3).key()));
  }

  @Test
  void aLedgerIsNotChangedByTheOneThatGrowsFromIt() {
    ScanLedger before = ScanLedger.empty().with(entry(1));
    ScanLedger after = before.with(entry(2));

    assertEquals(List.of(entry(1)), before.entries());
    assertEquals(1, before.size());
    assertEquals(Optional.empty(), before.by(entry(2).naturalKey()));
    assertEquals(Optional.empty(), before.by(entry(2).key()));
    assertEquals(2, after.size());
  }

  @Test
  void twoLedgersThatGrowFromOneKnowNothingOfEachOther() {
    ScanLedger stem = ScanLedger.empty().with(entry(1));
    ScanLedger left = stem.with(entry(2));
    ScanLedger right = stem.with(entry(3)).with(entry(4));

    assertEquals(List.of(entry(1), entry(2)), left.entries());
    assertEquals(List.of(entry(1), entry(3), entry(4)), right.entries());
    assertEquals(Optional.empty(), left.by(entry(3).key()));
    assertEquals(Optional.empty(), right.by(entry(2).naturalKey()));
    assertEquals(Optional.of(entry(2)), left.by(entry(2).naturalKey()));
  }

  @Test
  void theFirstScanOfAKeyIsFoundWhicheverLedgerIsAsked() {
    Entry first = entry(1);
    Entry again =
        new Entry(
            first.naturalKey(),
            first.key(),
            new Fingerprint(9),
            true,
            9,
            Optional.empty(),
            0,
            Optional.empty());
    ScanLedger before = ScanLedger.empty().with(first);
    ScanLedger after = before.with(again);

    for (ScanLedger ledger : List.of(before, after)) {
      assertEquals(Optional.of(first), ledger.by(first.naturalKey()));
      assertEquals(Optional.of(first), ledger.by(first.key()));
    }
  }

  @Test
  void everyLedgerOnTheWayHasItsOwnSize() {
    List<ScanLedger> ledgers = new ArrayList<>(List.of(ScanLedger.empty()));
    for (int number = 1; number <= 100; number++) {
      ledgers.add(ledgers.getLast().with(entry(number)));
    }

    for (int size = 0; size <= 100; size++) {
      assertEquals(size, ledgers.get(size).entries().size());
      assertEquals(
          size >= 50, ledgers.get(size).by(entry(50).naturalKey()).isPresent(), "of size " + size);
    }
  }

  @Test
  void aLedgerReadFromItsEntriesIsTheSame() {
    ScanLedger ledger = ScanLedger.empty().with(entry(1)).with(entry(2));

    assertEquals(ledger, ScanLedger.of(ledger.entries(), ledger.quarantined()));
    assertEquals(
        ledger.hashCode(), ScanLedger.of(ledger.entries(), ledger.quarantined()).hashCode());
    assertNotEquals(ledger, ScanLedger.of(List.of(entry(2), entry(1)), List.of()));
    assertEquals("ScanLedger of 2", ledger.toString());
  }

  @Test
  void itsEntriesCannotBeChangedFromOutside() {
    List<Entry> entries = ScanLedger.empty().with(entry(1)).entries();

    assertThrows(UnsupportedOperationException.class, () -> entries.set(0, entry(2)));
  }

  @Test
  void keepingAScanCostsTheSameInALongLedger() {
    // Copying at each step would move hundreds of millions of entries here: many seconds.
    assertTimeoutPreemptively(
        Duration.ofSeconds(4),
        () -> {
          ScanLedger ledger = ScanLedger.empty();
          for (int number = 1; number <= 30_000; number++) {
            ledger = ledger.with(entry(number));
          }
          assertEquals(30_000, ledger.size());
        });
  }

  private static Entry entry(int number) {
    return new Entry(
        new NaturalKey(person(number), MORNING.id(), Act.IN),
        new Fingerprint(number),
        new Fingerprint(-number),
        false,
        number,
        Optional.empty(),
        0,
        Optional.empty());
  }
}
