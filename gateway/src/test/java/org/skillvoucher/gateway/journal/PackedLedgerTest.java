package org.skillvoucher.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.trainingclass.Scan.Fingerprint;
import org.skillvoucher.domain.trainingclass.Scan.NaturalKey;
import org.skillvoucher.domain.trainingclass.ScanLedger;
import org.skillvoucher.domain.trainingclass.ScanLedger.Aside;
import org.skillvoucher.domain.trainingclass.ScanLedger.Entry;
import org.skillvoucher.domain.trainingclass.ScanLedger.Numbered;

/** Whatever a class has kept, its snapshot gives it back. */
class PackedLedgerTest {
  private static final List<Act> ACTS = List.of(Act.IN, Act.OUT, Act.CHECK);
  private static final int RUNS = 200;

  private static ScanLedger ledger(Random random) {
    int size = random.nextInt(40);
    List<Entry> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(entry(random));
    }
    List<Aside> asides = new ArrayList<>();
    for (int i = random.nextInt(10); i > 0; i--) {
      asides.add(
          new Aside(
              numbered(random), fingerprint(random), random.nextBoolean(), random.nextBoolean()));
    }
    return ScanLedger.of(entries, asides);
  }

  private static Entry entry(Random random) {
    boolean onDevice = random.nextInt(4) > 0;
    return new Entry(
        new NaturalKey(
            new PersonPseudonym("%043d".formatted(random.nextInt(50))),
            new LessonId("L" + random.nextInt(5)),
            ACTS.get(random.nextInt(ACTS.size()))),
        fingerprint(random),
        fingerprint(random),
        random.nextBoolean(),
        extreme(random),
        onDevice ? Optional.of(numbered(random)) : Optional.empty(),
        extreme(random),
        onDevice
            ? Optional.empty()
            : Optional.of(new RoomCodeUse(random.nextLong(1L << 40), fingerprint(random))));
  }

  private static Numbered numbered(Random random) {
    return new Numbered("D" + random.nextInt(3) + "-1", extreme(random));
  }

  /** Small ones mostly, and now and then the largest integer JSON has without loss. */
  private static long extreme(Random random) {
    return random.nextInt(8) == 0 ? (1L << 53) - 1 : random.nextLong(10_000);
  }

  private static Fingerprint fingerprint(Random random) {
    return new Fingerprint(random.nextLong());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLedgerThatWasPackedIsUnpackedAsItWas(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      ScanLedger ledger = ledger(random);
      ScanLedger again = PackedLedger.pack(ledger).unpack();
      assertEquals(ledger.entries(), again.entries(), "seed " + seed + ", run " + run);
      assertEquals(ledger.asides(), again.asides(), "seed " + seed + ", run " + run);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLedgerThatWasCutShortIsRefusedAndNotGuessed(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      PackedLedger whole = PackedLedger.pack(ledger(random));
      if (whole.fingerprints().remaining() == 0) {
        continue;
      }
      ByteBuffer columns = whole.columns();
      ByteBuffer fingerprints = whole.fingerprints();
      var cut =
          random.nextBoolean()
              ? with(whole, bytes(columns, random.nextInt(columns.remaining())), fingerprints)
              : with(whole, columns, bytes(fingerprints, random.nextInt(fingerprints.remaining())));
      assertThrows(IllegalArgumentException.class, cut::unpack);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anAlteredLedgerIsAnotherOneOrIsRefusedInOneWay(long seed) {
    var random = new Random(seed);
    for (int run = 0; run < RUNS; run++) {
      PackedLedger whole = PackedLedger.pack(ledger(random));
      ByteBuffer columns = bytes(whole.columns(), whole.columns().remaining());
      columns.put(random.nextInt(columns.remaining()), (byte) random.nextInt());
      var altered = with(whole, columns, whole.fingerprints());
      try {
        assertEquals(whole.count(), altered.unpack().size());
      } catch (IllegalArgumentException refused) {
        assertTrue(refused.getMessage() != null);
      }
    }
  }

  private static PackedLedger with(
      PackedLedger ledger, ByteBuffer columns, ByteBuffer fingerprints) {
    return new PackedLedger(
        ledger.count(),
        ledger.asideCount(),
        ledger.people(),
        ledger.lessons(),
        ledger.acts(),
        ledger.devices(),
        columns,
        fingerprints);
  }

  /** A copy of the first ones. */
  private static ByteBuffer bytes(ByteBuffer of, int length) {
    byte[] bytes = new byte[length];
    of.duplicate().get(bytes);
    return ByteBuffer.wrap(bytes);
  }
}
