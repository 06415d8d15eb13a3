package org.skillvoucher.domain.trainingclass;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.domain.trainingclass.Scan.Fingerprint;
import org.skillvoucher.domain.trainingclass.Scan.NaturalKey;

/**
 * The scans a class has kept, found by natural key and by scan key in constant time.
 *
 * <p>A value: {@link #with} leaves this ledger as it was. Ledgers that grow from one another share
 * their entries, each seeing only its own length, so that keeping a scan costs the same whether it
 * is the first or the five-thousandth. Growing the same ledger twice copies. The lookups belong to
 * one thread; {@link #entries} may be read by any.
 */
public final class ScanLedger {
  /**
   * One kept scan.
   *
   * @param late whether it came late (迟到)
   * @param eventNumber the journal's sequence number of its event, where the receipt is read again
   */
  public record Entry(
      NaturalKey naturalKey, Fingerprint key, Fingerprint body, boolean late, long eventNumber) {}

  private final @Nullable Entry[] entries;
  private final int size;
  private final Index index;

  private ScanLedger(@Nullable Entry[] entries, int size, Index index) {
    this.entries = entries;
    this.size = size;
    this.index = index;
  }

  public static ScanLedger empty() {
    return new ScanLedger(new Entry[0], 0, new Index());
  }

  public static ScanLedger of(List<Entry> entries) {
    ScanLedger ledger = empty();
    for (Entry entry : entries) {
      ledger = ledger.with(entry);
    }
    return ledger;
  }

  /** How many receipts the class has given: the last one's {@code sq}. */
  public int size() {
    return size;
  }

  /** The kept scans in order; the one at {@code i} has the receipt with {@code sq = i + 1}. */
  @SuppressWarnings("NullAway") // below size there is always an entry
  public List<Entry> entries() {
    return Collections.unmodifiableList(Arrays.asList(entries).subList(0, size));
  }

  public Optional<Entry> by(NaturalKey key) {
    return visible(index.byNaturalKey.get(key));
  }

  public Optional<Entry> by(Fingerprint scanKey) {
    return visible(index.byScanKey.get(scanKey));
  }

  ScanLedger with(Entry entry) {
    if (index.size != size) { // another ledger has grown from this one already
      return of(entries()).with(entry);
    }
    @Nullable Entry[] roomy =
        size < entries.length ? entries : Arrays.copyOf(entries, Math.max(16, size * 2));
    roomy[size] = entry;
    index.byNaturalKey.putIfAbsent(entry.naturalKey(), size);
    index.byScanKey.putIfAbsent(entry.key(), size);
    index.size = size + 1;
    return new ScanLedger(roomy, size + 1, index);
  }

  private Optional<Entry> visible(@Nullable Integer position) {
    return position == null || position >= size
        ? Optional.empty()
        : Optional.ofNullable(entries[position]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScanLedger ledger && entries().equals(ledger.entries());
  }

  @Override
  public int hashCode() {
    return entries().hashCode();
  }

  @Override
  public String toString() {
    return "ScanLedger of " + size;
  }

  private static final class Index {
    private final Map<NaturalKey, Integer> byNaturalKey = new HashMap<>();
    private final Map<Fingerprint, Integer> byScanKey = new HashMap<>();
    private int size;
  }
}
