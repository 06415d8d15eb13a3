package org.skillvoucher.gateway.journal.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.skillvoucher.domain.identity.PersonPseudonym;

/**
 * Reads what a {@link SnapshotWriter} wrote, in the same order. Every method throws {@link
 * IllegalArgumentException} or {@link IndexOutOfBoundsException} on other bytes.
 */
final class SnapshotReader {
  private final byte[] bytes;
  private final int end;
  private final boolean isCurrent;
  private final ByteBuffer wrapped;
  private final List<PersonPseudonym> people = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private int at;
  private boolean presence;

  /**
   * Of the first bytes.
   *
   * @param isCurrent whether they are of the current version, or else of the one before
   */
  SnapshotReader(byte[] bytes, int end, boolean isCurrent) {
    this.bytes = bytes;
    this.end = end;
    this.isCurrent = isCurrent;
    this.wrapped = ByteBuffer.wrap(bytes);
  }

  /** That nothing follows. */
  void end() {
    if (at != end) {
      throw new IllegalArgumentException("something follows the snapshot");
    }
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("an integer of more than 64 bits");
  }

  int integer() {
    long number = number();
    if (number != (int) number) {
      throw new IllegalArgumentException("an integer of more than 32 bits");
    }
    return (int) number;
  }

  /** The number of elements that follow, each of at least one byte. */
  int count() {
    int count = integer();
    if (count < 0 || count > end - at) {
      throw new IllegalArgumentException("more than there are bytes");
    }
    return count;
  }

  long difference() {
    long folded = number();
    return folded >>> 1 ^ -(folded & 1);
  }

  long bits() {
    long value = wrapped.getLong(at);
    at += Long.BYTES;
    return value;
  }

  boolean bool() {
    return number() == 1;
  }

  String text() {
    int length = count();
    at += length;
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }

  byte[] bytes() {
    int length = count();
    byte[] value = new byte[length];
    System.arraycopy(bytes, at, value, 0, length);
    at += length;
    return value;
  }

  Instant instant() {
    return Instant.ofEpochSecond(difference(), number());
  }

  String name() {
    int number = integer();
    if (number == names.size()) {
      names.add(text());
    }
    return names.get(number);
  }

  PersonPseudonym person() {
    int number = integer();
    presence = (number & 1) == 1;
    int position = number >>> 1;
    if (position == people.size()) {
      people.add(new PersonPseudonym(text()));
    }
    return people.get(position);
  }

  /** The flag written with the last person. */
  boolean presence() {
    return presence;
  }

  <T> Optional<T> optional(Supplier<T> read) {
    return bool() ? Optional.of(read.get()) : Optional.empty();
  }

  /** What the version before does not have. */
  <T> Optional<T> added(Supplier<T> read) {
    return isCurrent ? optional(read) : Optional.empty();
  }

  <T> List<T> all(Supplier<T> read) {
    int count = count();
    List<T> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      all.add(read.get());
    }
    return all;
  }
}
