package org.skillvoucher.domain.scan;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.Scan.NaturalKey;

/**
 * The recorded scans of a class, found by natural key, scan key, statement, person and phone in
 * constant time; and the statements that gave no receipt, found by their counter.
 *
 * <p>An immutable value: {@link #with} leaves this ledger as it was. Ledgers derived from one
 * another share their columns and index, each reading only up to its own size, so that adding a
 * scan costs the same whether it is the first or the five-thousandth; a second ledger derived from
 * the same one is a copy. Lookups are confined to one thread; {@link #entries} may be read by any.
 */
public final class ScanLedger {
  /**
   * One recorded scan.
   *
   * @param late whether the person was late (迟到)
   * @param eventNumber the journal's sequence number of its event, which holds the receipt
   * @param statement which of its device's statements it was; absent where no device signed
   * @param tappedAtMillis when the person tapped, by the device's clock
   * @param roomCode the room's code that was scanned, if any
   */
  public record Entry(
      NaturalKey naturalKey,
      Fingerprint key,
      Fingerprint body,
      boolean late,
      long eventNumber,
      Optional<Numbered> statement,
      long tappedAtMillis,
      Optional<RoomCodeUse> roomCode) {}

  /** A device's statement by its counter. */
  public record Numbered(String device, long counter) {}

  /**
   * A statement that gave no receipt.
   *
   * @param tooFast whether it was tapped sooner after the one before than people can; stored,
   *     because the device's chain has moved on when it is sent again
   * @param captured whether its person could not be identified, so that its final answer is to come
   */
  public record Quarantined(
      Numbered statement, Fingerprint body, boolean tooFast, boolean captured) {
    Quarantined settled() {
      return new Quarantined(statement, body, tooFast, false);
    }
  }

  /** Free positions of a ledger that was read from a snapshot. */
  private static final int ROOM = 100;

  private final ScanColumns scans;
  private final int size;
  private final @Nullable Quarantined[] quarantined;
  private final int quarantinedSize;
  private final Index index;

  private ScanLedger(
      ScanColumns scans,
      int size,
      @Nullable Quarantined[] statements,
      int quarantinedSize,
      Index index) {
    this.scans = scans;
    this.size = size;
    this.quarantined = statements;
    this.quarantinedSize = quarantinedSize;
    this.index = index;
  }

  public static ScanLedger empty() {
    return of(List.of(), List.of());
  }

  public static ScanLedger of(List<Entry> entries, List<Quarantined> statements) {
    var scans = new ScanColumns(entries.isEmpty() ? 0 : entries.size() + ROOM);
    var index = new Index(scans, statements.size());
    for (Entry entry : entries) {
      scans.set(index.size, entry);
      index.grow(scans);
    }
    statements.forEach(index::add);
    return new ScanLedger(
        scans, index.size, statements.toArray(Quarantined[]::new), index.quarantinedSize, index);
  }

  /** How many receipts the class has given: the last one's {@code sq}. */
  public int size() {
    return size;
  }

  /** The recorded scans in order; the one at {@code i} has the receipt with {@code sq = i + 1}. */
  public List<Entry> entries() {
    return scans.first(size);
  }

  /** The statements that gave no receipt, in the order in which they were quarantined. */
  @SuppressWarnings("NullAway") // each position below its size is set
  public List<Quarantined> quarantined() {
    return Collections.unmodifiableList(Arrays.asList(quarantined).subList(0, quarantinedSize));
  }

  public Optional<Entry> by(NaturalKey key) {
    return at(
        index.complete().byNaturalKey.find(key.hashCode(), i -> i < size && scans.isOf(i, key)));
  }

  public Optional<Entry> by(Fingerprint scanKey) {
    return at(
        index
            .complete()
            .byScanKey
            .find(scanKey.hashCode(), i -> i < size && scans.isOf(i, scanKey)));
  }

  public Optional<Entry> by(Numbered statement) {
    return at(
        index
            .complete()
            .byStatement
            .find(statement.hashCode(), i -> i < size && scans.isOf(i, statement)));
  }

  /** The statement of that counter, if it was quarantined. */
  public Optional<Quarantined> quarantined(Numbered statement) {
    Integer position = index.quarantined.get(statement);
    return position == null || position >= quarantinedSize
        ? Optional.empty()
        : Optional.ofNullable(quarantined[position]);
  }

  /** The person's last recorded scan. */
  public Optional<Entry> lastOf(PersonPseudonym person) {
    return latest(
        index.complete().lastOfPerson.get(person),
        entry -> entry.naturalKey().person().equals(person));
  }

  /** The last recorded scan by this phone. */
  public Optional<Entry> lastOf(Fingerprint phone) {
    return latest(
        index.complete().lastOfPhone.get(phone),
        entry -> entry.roomCode().map(RoomCodeUse::phone).equals(Optional.of(phone)));
  }

  public ScanLedger with(Entry entry) {
    if (!isNewest()) {
      return of(entries(), quarantined()).with(entry);
    }
    ScanColumns roomy = scans.withRoomFor(size);
    roomy.set(size, entry);
    index.grow(roomy);
    return new ScanLedger(roomy, size + 1, quarantined, quarantinedSize, index);
  }

  public ScanLedger with(Quarantined statement) {
    if (!isNewest()) {
      return of(entries(), quarantined()).with(statement);
    }
    @Nullable Quarantined[] roomy =
        quarantinedSize < quarantined.length
            ? quarantined
            : Arrays.copyOf(quarantined, Math.max(16, quarantinedSize * 2));
    roomy[quarantinedSize] = statement;
    index.add(statement);
    return new ScanLedger(scans, size, roomy, quarantinedSize + 1, index);
  }

  /** A copy in which this statement, captured before, has its final answer. */
  public ScanLedger settled(Numbered statement) {
    return of(
        entries(),
        quarantined().stream()
            .map(one -> one.statement().equals(statement) ? one.settled() : one)
            .toList());
  }

  /** A copy in which this scan is not late. */
  public ScanLedger inTime(NaturalKey key) {
    return of(
        entries().stream()
            .map(
                entry ->
                    entry.naturalKey().equals(key)
                        ? new Entry(
                            key,
                            entry.key(),
                            entry.body(),
                            false,
                            entry.eventNumber(),
                            entry.statement(),
                            entry.tappedAtMillis(),
                            entry.roomCode())
                        : entry)
            .toList(),
        quarantined());
  }

  /** Whether no other ledger was derived from this one yet. */
  private boolean isNewest() {
    return index.size == size && index.quarantinedSize == quarantinedSize;
  }

  private Optional<Entry> at(int position) {
    return position < 0 ? Optional.empty() : Optional.of(scans.entry(position));
  }

  private Optional<Entry> latest(@Nullable Integer position, Predicate<Entry> ofWhom) {
    if (position != null && position >= size) { // of a later ledger: search our own
      return entries().reversed().stream().filter(ofWhom).findFirst();
    }
    return at(position == null ? -1 : position);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScanLedger ledger
        && entries().equals(ledger.entries())
        && quarantined().equals(ledger.quarantined());
  }

  @Override
  public int hashCode() {
    return entries().hashCode() * 31 + quarantined().hashCode();
  }

  @Override
  public String toString() {
    return "ScanLedger of " + size;
  }

  /**
   * The positions of all entries of any ledger that shares it. It is filled by the first lookup
   * (lazily): the activation of a class does not index each replayed scan, nor does a request that
   * looks up no scan.
   */
  private static final class Index {
    private final IntOpenHashIndex byNaturalKey = new IntOpenHashIndex();
    private final IntOpenHashIndex byScanKey = new IntOpenHashIndex();
    private final IntOpenHashIndex byStatement = new IntOpenHashIndex();
    private final Map<Numbered, Integer> quarantined;
    private final Map<PersonPseudonym, Integer> lastOfPerson = new HashMap<>();
    private final Map<Fingerprint, Integer> lastOfPhone = new HashMap<>();

    /** The newest ledger's columns, which hold all entries. */
    private ScanColumns scans;

    private int size;
    private int indexed;
    private int quarantinedSize;

    Index(ScanColumns scans, int statements) {
      this.scans = scans;
      quarantined = HashMap.newHashMap(statements);
    }

    /** One more entry, which the next lookup indexes. */
    void grow(ScanColumns newest) {
      scans = newest;
      size++;
    }

    /** The index with all entries in it. */
    Index complete() {
      if (indexed < size) {
        List.of(byNaturalKey, byScanKey, byStatement).forEach(by -> by.makeRoom(size - indexed));
        while (indexed < size) {
          add(indexed, scans.entry(indexed));
          indexed++;
        }
      }
      return this;
    }

    private void add(int position, Entry entry) {
      NaturalKey natural = entry.naturalKey();
      byNaturalKey.put(natural.hashCode(), position, i -> scans.isOf(i, natural));
      Fingerprint key = entry.key();
      byScanKey.put(key.hashCode(), position, i -> scans.isOf(i, key));
      if (entry.statement().isPresent()) {
        Numbered statement = entry.statement().get();
        byStatement.put(statement.hashCode(), position, i -> scans.isOf(i, statement));
      }
      lastOfPerson.put(natural.person(), position);
      entry.roomCode().ifPresent(use -> lastOfPhone.put(use.phone(), position));
    }

    void add(Quarantined one) {
      quarantined.putIfAbsent(one.statement(), quarantinedSize);
      quarantinedSize++;
    }
  }
}
