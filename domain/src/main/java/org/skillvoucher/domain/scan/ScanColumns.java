package org.skillvoucher.domain.scan;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.Scan.Fingerprint;
import org.skillvoucher.domain.scan.Scan.NaturalKey;
import org.skillvoucher.domain.scan.ScanLedger.Entry;
import org.skillvoucher.domain.scan.ScanLedger.Numbered;

/**
 * Recorded scans in a columnar layout. As records they would take three times the memory, allocated
 * at each activation of a class and kept alive by the garbage collector.
 */
final class ScanColumns {
  private static final int KEY = 0;
  private static final int BODY = 1;
  private static final int EVENT = 2;
  private static final int TAPPED = 3;
  private static final int COUNTER = 4;
  private static final int NUMBERS = 5;

  /** A position must be set before it is read. */
  private final @Nullable NaturalKey[] naturalKeys;

  private final long[] numbers;
  private final boolean[] late;
  private final @Nullable String[] devices;
  private final @Nullable RoomCodeUse[] roomCodes;

  ScanColumns(int room) {
    this(
        new NaturalKey[room],
        new long[room * NUMBERS],
        new boolean[room],
        new String[room],
        new RoomCodeUse[room]);
  }

  private ScanColumns(
      @Nullable NaturalKey[] naturalKeys,
      long[] numbers,
      boolean[] late,
      @Nullable String[] devices,
      @Nullable RoomCodeUse[] roomCodes) {
    this.naturalKeys = naturalKeys;
    this.numbers = numbers;
    this.late = late;
    this.devices = devices;
    this.roomCodes = roomCodes;
  }

  /** These columns, or a copy with room at that position. */
  ScanColumns withRoomFor(int position) {
    if (position < late.length) {
      return this;
    }
    int room = position + position / 2 + 16;
    return new ScanColumns(
        Arrays.copyOf(naturalKeys, room),
        Arrays.copyOf(numbers, room * NUMBERS),
        Arrays.copyOf(late, room),
        Arrays.copyOf(devices, room),
        Arrays.copyOf(roomCodes, room));
  }

  void set(int position, Entry entry) {
    int at = position * NUMBERS;
    naturalKeys[position] = entry.naturalKey();
    numbers[at + KEY] = entry.key().bits();
    numbers[at + BODY] = entry.body().bits();
    numbers[at + EVENT] = entry.eventNumber();
    numbers[at + TAPPED] = entry.tappedAtMillis();
    late[position] = entry.late();
    if (entry.statement().isPresent()) {
      devices[position] = entry.statement().get().device();
      numbers[at + COUNTER] = entry.statement().get().counter();
    }
    entry.roomCode().ifPresent(use -> roomCodes[position] = use);
  }

  boolean isOf(int position, NaturalKey key) {
    return key.equals(naturalKeys[position]);
  }

  boolean isOf(int position, Fingerprint key) {
    return numbers[position * NUMBERS + KEY] == key.bits();
  }

  boolean isOf(int position, Numbered statement) {
    return numbers[position * NUMBERS + COUNTER] == statement.counter()
        && statement.device().equals(devices[position]);
  }

  @SuppressWarnings("NullAway") // a position is set before it is read
  Entry entry(int position) {
    int at = position * NUMBERS;
    String device = devices[position];
    return new Entry(
        naturalKeys[position],
        new Fingerprint(numbers[at + KEY]),
        new Fingerprint(numbers[at + BODY]),
        late[position],
        numbers[at + EVENT],
        device == null
            ? Optional.empty()
            : Optional.of(new Numbered(device, numbers[at + COUNTER])),
        numbers[at + TAPPED],
        Optional.ofNullable(roomCodes[position]));
  }

  /** A view of the first entries, which are made when they are read. */
  List<Entry> first(int size) {
    return new First(this, size);
  }

  private static final class First extends AbstractList<Entry> implements RandomAccess {
    private final ScanColumns scans;
    private final int size;

    First(ScanColumns scans, int size) {
      this.scans = scans;
      this.size = size;
    }

    @Override
    public Entry get(int index) {
      if (index >= size) {
        throw new IndexOutOfBoundsException(index);
      }
      return scans.entry(index);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
