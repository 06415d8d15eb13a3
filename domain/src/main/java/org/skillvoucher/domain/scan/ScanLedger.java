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
 * The scans a class has kept, found by natural key, scan key, statement, person and phone in
 * constant time; and the statements that gave no receipt, found by their counter.
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
   * @param statement which of its device's statements it was; absent where no device signed
   * @param tappedAtMillis when the person tapped, by the device's clock
   * @param roomCode the room's code it came by, if any
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
   * @param tooFast whether it was tapped sooner after the one before than people can: sent again it
   *     still was, though the device's line has moved on since
   * @param captured whether nobody could say whose it was, so that its final answer is to come
   */
  public record Quarantined(
      Numbered statement, Fingerprint body, boolean tooFast, boolean captured) {
    Quarantined settled() {
      return new Quarantined(statement, body, tooFast, false);
    }
  }

  /** How many scans a ledger that was read may grow by before it is copied. */
  private static final int ROOM = 100;

  private final ScanColumns scans;
  private final int size;
  private final @Nullable Quarantined[] quarantined;
  private final int quarantinedSize;
  private final Index index;

  private ScanLedger(
      ScanColumns scans, int size, @Nullable Quarantined[] asides, int asideSize, Index index) {
    this.scans = scans;
    this.size = size;
    this.quarantined = asides;
    this.quarantinedSize = asideSize;
    this.index = index;
  }

  public static ScanLedger empty() {
    return of(List.of(), List.of());
  }

  public static ScanLedger of(List<Entry> entries, List<Quarantined> asides) {
    var scans = new ScanColumns(entries.isEmpty() ? 0 : entries.size() + ROOM);
    var index = new Index(scans, asides.size());
    for (Entry entry : entries) {
      scans.set(index.size, entry);
      index.grow(scans);
    }
    asides.forEach(index::add);
    return new ScanLedger(
        scans, index.size, asides.toArray(Quarantined[]::new), index.quarantinedSize, index);
  }

  /** How many receipts the class has given: the last one's {@code sq}. */
  public int size() {
    return size;
  }

  /** The kept scans in order; the one at {@code i} has the receipt with {@code sq = i + 1}. */
  public List<Entry> entries() {
    return scans.first(size);
  }

  /** The statements that gave no receipt, in the order in which they were set aside. */
  @SuppressWarnings("NullAway") // below its size there is always one
  public List<Quarantined> quarantined() {
    return Collections.unmodifiableList(Arrays.asList(quarantined).subList(0, quarantinedSize));
  }

  public Optional<Entry> by(NaturalKey key) {
    return at(index.whole().byNaturalKey.find(key.hashCode(), i -> i < size && scans.isOf(i, key)));
  }

  public Optional<Entry> by(Fingerprint scanKey) {
    return at(
        index.whole().byScanKey.find(scanKey.hashCode(), i -> i < size && scans.isOf(i, scanKey)));
  }

  public Optional<Entry> by(Numbered statement) {
    return at(
        index
            .whole()
            .byStatement
            .find(statement.hashCode(), i -> i < size && scans.isOf(i, statement)));
  }

  /** The statement of that counter, if it was set aside. */
  public Optional<Quarantined> quarantined(Numbered statement) {
    Integer position = index.quarantined.get(statement);
    return position == null || position >= quarantinedSize
        ? Optional.empty()
        : Optional.ofNullable(quarantined[position]);
  }

  /** The person's last kept scan. */
  public Optional<Entry> lastOf(PersonPseudonym person) {
    return latest(
        index.whole().lastOfPerson.get(person),
        entry -> entry.naturalKey().person().equals(person));
  }

  /** The last kept scan by this phone. */
  public Optional<Entry> lastOf(Fingerprint phone) {
    return latest(
        index.whole().lastOfPhone.get(phone),
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

  public ScanLedger with(Quarantined aside) {
    if (!isNewest()) {
      return of(entries(), quarantined()).with(aside);
    }
    @Nullable Quarantined[] roomy =
        quarantinedSize < quarantined.length
            ? quarantined
            : Arrays.copyOf(quarantined, Math.max(16, quarantinedSize * 2));
    roomy[quarantinedSize] = aside;
    index.add(aside);
    return new ScanLedger(scans, size, roomy, quarantinedSize + 1, index);
  }

  /** The same, of which this statement, captured before, has a final answer now. */
  public ScanLedger settled(Numbered statement) {
    return of(
        entries(),
        quarantined().stream()
            .map(aside -> aside.statement().equals(statement) ? aside.settled() : aside)
            .toList());
  }

  /** The same scans, of which this one turned out not to be late. */
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

  /** Whether no other ledger has grown from this one already. */
  private boolean isNewest() {
    return index.size == size && index.quarantinedSize == quarantinedSize;
  }

  private Optional<Entry> at(int position) {
    return position < 0 ? Optional.empty() : Optional.of(scans.entry(position));
  }

  private Optional<Entry> latest(@Nullable Integer position, Predicate<Entry> ofWhom) {
    if (position != null && position >= size) { // a later ledger's: look through our own
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
   * Where each is among all that any ledger of this growth has kept. It is made when somebody looks
   * for something, so that a class that wakes does not make it scan by scan on the way, or only to
   * tell what it is called.
   */
  private static final class Index {
    private final IntOpenHashIndex byNaturalKey = new IntOpenHashIndex();
    private final IntOpenHashIndex byScanKey = new IntOpenHashIndex();
    private final IntOpenHashIndex byStatement = new IntOpenHashIndex();
    private final Map<Numbered, Integer> quarantined;
    private final Map<PersonPseudonym, Integer> lastOfPerson = new HashMap<>();
    private final Map<Fingerprint, Integer> lastOfPhone = new HashMap<>();

    /** The newest, which hold all there is. */
    private ScanColumns scans;

    private int size;
    private int indexed;
    private int quarantinedSize;

    Index(ScanColumns scans, int asides) {
      this.scans = scans;
      quarantined = HashMap.newHashMap(asides);
    }

    /** These scans have one more, which is found when somebody looks for any. */
    void grow(ScanColumns newest) {
      scans = newest;
      size++;
    }

    /** With all scans in it. */
    Index whole() {
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
