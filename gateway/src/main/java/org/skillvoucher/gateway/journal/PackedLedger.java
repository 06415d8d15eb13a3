package org.skillvoucher.gateway.journal;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.trainingclass.Scan.Fingerprint;
import org.skillvoucher.domain.trainingclass.Scan.NaturalKey;
import org.skillvoucher.domain.trainingclass.ScanLedger;

/**
 * The kept scans of a class as its snapshot holds them. People, lessons and acts stand in tables
 * once; the scans are base64 of bytes, column after column because equal things side by side
 * compress well: person, lesson, act and lateness, distance from the event before (all of them
 * variable-length integers), then key and body fingerprints of 8 bytes.
 *
 * @param count how many scans
 */
record PackedLedger(
    int count, List<PersonPseudonym> people, List<LessonId> lessons, List<Act> acts, String scans) {

  static PackedLedger pack(ScanLedger ledger) {
    var entries = ledger.entries();
    var people = new Table<PersonPseudonym>();
    var lessons = new Table<LessonId>();
    var acts = new Table<Act>();
    var bytes = new ByteArrayOutputStream(entries.size() * 20);
    entries.forEach(entry -> writeVarint(bytes, people.indexOf(entry.naturalKey().person())));
    entries.forEach(entry -> writeVarint(bytes, lessons.indexOf(entry.naturalKey().lesson())));
    for (ScanLedger.Entry entry : entries) {
      writeVarint(bytes, 2 * acts.indexOf(entry.naturalKey().act()) + (entry.late() ? 1 : 0));
    }
    long before = 0;
    for (ScanLedger.Entry entry : entries) {
      writeVarint(bytes, entry.eventNumber() - before);
      before = entry.eventNumber();
    }
    ByteBuffer fingerprints = ByteBuffer.allocate(entries.size() * 16);
    entries.forEach(entry -> fingerprints.putLong(entry.key().bits()).putLong(entry.body().bits()));
    bytes.writeBytes(fingerprints.array());
    return new PackedLedger(
        entries.size(),
        people.list(),
        lessons.list(),
        acts.list(),
        Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  /**
   * The ledger that was packed.
   *
   * @throws IllegalArgumentException when the bytes are none or too few
   */
  ScanLedger unpack() {
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(scans));
    try {
      int[] person = column(bytes);
      int[] lesson = column(bytes);
      int[] actAndLate = column(bytes);
      long[] eventNumber = new long[count];
      long before = 0;
      for (int i = 0; i < count; i++) {
        before += readVarint(bytes);
        eventNumber[i] = before;
      }
      List<ScanLedger.Entry> entries = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        entries.add(
            new ScanLedger.Entry(
                new NaturalKey(
                    people.get(person[i]), lessons.get(lesson[i]), acts.get(actAndLate[i] / 2)),
                new Fingerprint(bytes.getLong()),
                new Fingerprint(bytes.getLong()),
                actAndLate[i] % 2 == 1,
                eventNumber[i]));
      }
      return ScanLedger.of(entries);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a ledger of " + count + " scans is damaged", e);
    }
  }

  private int[] column(ByteBuffer bytes) {
    int[] column = new int[count];
    for (int i = 0; i < count; i++) {
      column[i] = Math.toIntExact(readVarint(bytes));
    }
    return column;
  }

  /** Seven bits a byte, lowest first; the top bit says that more follow. */
  private static void writeVarint(ByteArrayOutputStream bytes, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
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
