package org.skillvoucher.gateway.journal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
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

/**
 * The scans of a class as its snapshot holds them. People, lessons, acts and devices stand in
 * tables once. Numbers stand column after column, because equal things side by side compress well;
 * fingerprints, which nothing compresses, by themselves.
 *
 * @param count how many scans were kept
 * @param asideCount how many statements gave no receipt
 * @param columns variable-length integers, deflated
 * @param fingerprints of 8 bytes each
 */
record PackedLedger(
    int count,
    int asideCount,
    List<PersonPseudonym> people,
    List<LessonId> lessons,
    List<Act> acts,
    List<String> devices,
    ByteBuffer columns,
    ByteBuffer fingerprints) {

  static PackedLedger pack(ScanLedger ledger) {
    List<Entry> entries = ledger.entries();
    List<Aside> asides = ledger.asides();
    var people = new Table<PersonPseudonym>();
    var lessons = new Table<LessonId>();
    var acts = new Table<Act>();
    var devices = new Table<String>();
    var out = new Columns(new ByteArrayOutputStream(entries.size() * 12));
    out.column(entries, entry -> people.indexOf(entry.naturalKey().person()));
    out.column(entries, entry -> lessons.indexOf(entry.naturalKey().lesson()));
    out.column(
        entries, entry -> 2L * acts.indexOf(entry.naturalKey().act()) + (entry.late() ? 1 : 0));
    out.differences(entries, Entry::eventNumber);
    out.differences(entries, Entry::tappedAtMillis);
    out.column(
        entries, entry -> entry.statement().map(s -> devices.indexOf(s.device()) + 1).orElse(0));
    var steps = new Steps();
    out.column(entries, entry -> entry.statement().map(steps::to).orElse(0L));
    out.column(entries, entry -> entry.roomCode().map(use -> use.step() + 1).orElse(0L));
    out.column(
        asides,
        aside ->
            4L * devices.indexOf(aside.statement().device())
                + (aside.captured() ? 2 : 0)
                + (aside.tooFast() ? 1 : 0));
    var asideSteps = new Steps();
    out.column(asides, aside -> asideSteps.to(aside.statement()));
    return new PackedLedger(
        entries.size(),
        asides.size(),
        people.list(),
        lessons.list(),
        acts.list(),
        devices.list(),
        deflated(out.bytes()),
        fingerprints(entries, asides));
  }

  private static ByteBuffer fingerprints(List<Entry> entries, List<Aside> asides) {
    var bytes = ByteBuffer.allocate((entries.size() * 3 + asides.size()) * Long.BYTES);
    for (Entry entry : entries) {
      bytes.putLong(entry.key().bits());
      bytes.putLong(entry.body().bits());
      entry.roomCode().ifPresent(use -> bytes.putLong(use.phone().bits()));
    }
    asides.forEach(aside -> bytes.putLong(aside.body().bits()));
    return bytes.flip();
  }

  /**
   * The ledger that was packed.
   *
   * @throws IllegalArgumentException when the bytes are none or too few
   */
  ScanLedger unpack() {
    ByteBuffer prints = fingerprints.duplicate();
    try {
      ByteBuffer bytes = inflated(columns);
      long[] person = column(bytes, count);
      long[] lesson = column(bytes, count);
      long[] actAndLate = column(bytes, count);
      long[] eventNumber = differences(bytes);
      long[] tappedAt = differences(bytes);
      long[] device = column(bytes, count);
      long[] counterStep = column(bytes, count);
      long[] step = column(bytes, count);
      long[] asideDeviceAndFlags = column(bytes, asideCount);
      long[] asideStep = column(bytes, asideCount);
      var steps = new Steps();
      List<Entry> entries = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        entries.add(
            new Entry(
                new NaturalKey(
                    people.get((int) person[i]),
                    lessons.get((int) lesson[i]),
                    acts.get((int) actAndLate[i] / 2)),
                new Fingerprint(prints.getLong()),
                new Fingerprint(prints.getLong()),
                actAndLate[i] % 2 == 1,
                eventNumber[i],
                device[i] == 0
                    ? Optional.empty()
                    : Optional.of(steps.from(devices.get((int) device[i] - 1), counterStep[i])),
                tappedAt[i],
                step[i] == 0
                    ? Optional.empty()
                    : Optional.of(
                        new RoomCodeUse(step[i] - 1, new Fingerprint(prints.getLong())))));
      }
      var asideSteps = new Steps();
      List<Aside> asides = new ArrayList<>(asideCount);
      for (int i = 0; i < asideCount; i++) {
        asides.add(
            new Aside(
                asideSteps.from(devices.get((int) asideDeviceAndFlags[i] / 4), asideStep[i]),
                new Fingerprint(prints.getLong()),
                asideDeviceAndFlags[i] % 2 == 1,
                asideDeviceAndFlags[i] % 4 >= 2));
      }
      return ScanLedger.of(entries, asides);
    } catch (IOException | BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a ledger of " + count + " scans is damaged", e);
    }
  }

  private static ByteBuffer deflated(ByteArrayOutputStream bytes) {
    var deflater = new Deflater(Deflater.BEST_SPEED);
    var deflated = new ByteArrayOutputStream(bytes.size() / 2);
    try (var out = new DeflaterOutputStream(deflated, deflater)) {
      bytes.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not of memory
    } finally {
      deflater.end();
    }
    return ByteBuffer.wrap(deflated.toByteArray());
  }

  private static ByteBuffer inflated(ByteBuffer bytes) throws IOException {
    byte[] deflated = new byte[bytes.remaining()];
    bytes.duplicate().get(deflated);
    try (var in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }

  private static long[] column(ByteBuffer bytes, int rows) {
    long[] column = new long[rows];
    for (int i = 0; i < rows; i++) {
      column[i] = readVarint(bytes);
    }
    return column;
  }

  private long[] differences(ByteBuffer bytes) {
    long[] column = column(bytes, count);
    long before = 0;
    for (int i = 0; i < count; i++) {
      before += unfolded(column[i]);
      column[i] = before;
    }
    return column;
  }

  /** Small also when it is negative (zigzag). */
  private static long folded(long value) {
    return value << 1 ^ value >> 63;
  }

  private static long unfolded(long folded) {
    return folded >>> 1 ^ -(folded & 1);
  }

  private static long readVarint(ByteBuffer bytes) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("an integer of more than 64 bits");
  }

  private record Columns(ByteArrayOutputStream bytes) {
    <T> void column(List<T> rows, ToLongFunction<T> value) {
      rows.forEach(row -> writeVarint(value.applyAsLong(row)));
    }

    /** The distance from the row before. */
    <T> void differences(List<T> rows, ToLongFunction<T> value) {
      long before = 0;
      for (T row : rows) {
        long difference = value.applyAsLong(row) - before;
        writeVarint(folded(difference));
        before += difference;
      }
    }

    /** Seven bits a byte, lowest first; the top bit says that more follow. */
    private void writeVarint(long value) {
      long rest = value;
      while ((rest & ~0x7FL) != 0) {
        bytes.write((int) ((rest & 0x7F) | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }
  }

  /** The counters of each device mostly go up by one, so that their steps compress to nothing. */
  private static final class Steps {
    private final Map<String, Long> last = new HashMap<>();

    long to(Numbered statement) {
      long before = last.getOrDefault(statement.device(), 0L);
      last.put(statement.device(), statement.counter());
      return folded(statement.counter() - before);
    }

    Numbered from(String device, long step) {
      long counter = last.getOrDefault(device, 0L) + unfolded(step);
      last.put(device, counter);
      return new Numbered(device, counter);
    }
  }

  /** Values in the order in which they first came. */
  private static final class Table<T> {
    private final Map<T, Integer> positions = new LinkedHashMap<>();

    int indexOf(T value) {
      return positions.computeIfAbsent(value, v -> positions.size());
    }

    List<T> list() {
      return List.copyOf(positions.keySet());
    }
  }
}
