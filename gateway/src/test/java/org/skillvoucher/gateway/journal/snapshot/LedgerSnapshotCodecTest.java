package org.skillvoucher.gateway.journal.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.Scan.NaturalKey;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.scan.ScanLedger.Entry;
import org.skillvoucher.domain.scan.ScanLedger.Numbered;
import org.skillvoucher.domain.scan.ScanLedger.Quarantined;

/** Whatever a class has kept, its snapshot gives it back. */
class LedgerSnapshotCodecTest {
  private static final List<Act> ACTS = List.of(Act.IN, Act.OUT, Act.CHECK);
  private static final int RUNS = 300;

  /** Entries that now follow the one before in a way, and now in none. */
  private static ScanLedger ledger(Random random) {
    int size = random.nextInt(40);
    List<Entry> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Entry other = entry(random);
      entries.add(i == 0 || random.nextInt(3) == 0 ? other : following(entries.getLast(), other));
    }
    List<Quarantined> asides = new ArrayList<>();
    for (int i = random.nextInt(10); i > 0; i--) {
      asides.add(
          new Quarantined(
              numbered(random), fingerprint(random), random.nextBoolean(), random.nextBoolean()));
    }
    return ScanLedger.of(entries, asides);
  }

  private static Entry following(Entry before, Entry other) {
    return new Entry(
        new NaturalKey(
            other.naturalKey().person(), before.naturalKey().lesson(), before.naturalKey().act()),
        other.key(),
        other.body(),
        false,
        before.eventNumber() + 1,
        before.statement().map(s -> new Numbered(s.device(), s.counter() + 1)),
        before.tappedAtMillis() + 2_000,
        Optional.empty());
  }

  private static Entry entry(Random random) {
    return new Entry(
        new NaturalKey(
            new PersonPseudonym("%043d".formatted(random.nextInt(50))),
            new LessonId("L" + random.nextInt(5)),
            ACTS.get(random.nextInt(ACTS.size()))),
        fingerprint(random),
        fingerprint(random),
        random.nextBoolean(),
        extreme(random),
        random.nextInt(4) > 0 ? Optional.of(numbered(random)) : Optional.empty(),
        extreme(random),
        random.nextInt(4) > 0
            ? Optional.empty()
            : Optional.of(new RoomCodeUse(extreme(random), fingerprint(random))));
  }

  private static Numbered numbered(Random random) {
    return new Numbered(
        random.nextInt(4) == 0 ? "" : "D" + random.nextInt(3) + "-1", extreme(random));
  }

  /** Small ones mostly, and now and then the largest, the smallest or one below zero. */
  private static long extreme(Random random) {
    return switch (random.nextInt(24)) {
      case 0 -> Long.MAX_VALUE;
      case 1 -> Long.MIN_VALUE;
      case 2 -> -random.nextLong(10_000);
      case 3 -> (1L << 53) - 1;
      default -> random.nextLong(10_000);
    };
  }

  private static Fingerprint fingerprint(Random random) {
    return new Fingerprint(random.nextLong());
  }

  private static byte[] written(ScanLedger ledger) {
    var bytes = new SnapshotWriter();
    LedgerSnapshotCodec.write(ledger, bytes);
    return bytes.written();
  }

  private static ScanLedger read(byte[] bytes) {
    var from = new SnapshotReader(bytes, bytes.length, true);
    ScanLedger ledger = LedgerSnapshotCodec.read(from);
    from.end();
    return ledger;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLedgerWrittenIsReadUnchanged(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      ScanLedger ledger = ledger(random);
      ScanLedger again = read(written(ledger));
      assertEquals(ledger.entries(), again.entries(), "seed " + seed + ", run " + run);
      assertEquals(ledger.quarantined(), again.quarantined(), "seed " + seed + ", run " + run);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLedgerThatWasCutShortIsRefusedAndNotGuessed(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      byte[] whole = written(ledger(random));
      byte[] cut = Arrays.copyOf(whole, random.nextInt(whole.length));
      var refused = assertThrows(RuntimeException.class, () -> read(cut));
      assertTrue(isRefusal(refused), () -> "refused by " + refused);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anAlteredLedgerIsAnotherOneOrIsRefusedInOneWay(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      byte[] altered = written(ledger(random));
      altered[random.nextInt(altered.length)] = (byte) random.nextInt();
      try {
        ScanLedger other = read(altered);
        assertEquals(other, read(written(other)));
      } catch (RuntimeException refused) {
        assertTrue(isRefusal(refused), () -> "refused by " + refused);
      }
    }
  }

  @Test
  void aScanThatIsLikeTheOneBeforeTakesNineteenBytes() {
    var first = entry(new Random(5));
    List<Entry> entries = new ArrayList<>(List.of(first));
    while (entries.size() < 101) {
      entries.add(following(entries.getLast(), first));
    }

    int more =
        written(ScanLedger.of(entries, List.of())).length
            - written(ScanLedger.of(entries.subList(0, 1), List.of())).length;
    assertEquals(1_900, more);
  }

  private static boolean isRefusal(RuntimeException thrown) {
    return thrown instanceof IllegalArgumentException
        || thrown instanceof IndexOutOfBoundsException;
  }
}
