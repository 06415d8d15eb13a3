package org.skillvoucher.gateway.journal.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.skillvoucher.domain.identity.PersonPseudonym;

/**
 * Writes the binary format of snapshots. Integers have variable length; a person or name is written
 * in full the first time and as a reference from then on. {@link SnapshotReader} reads it.
 */
final class SnapshotWriter {
  private final Map<PersonPseudonym, Integer> people = new HashMap<>();
  private final Map<String, Integer> names = new HashMap<>();
  private byte[] bytes = new byte[1 << 14];
  private int size;

  /** What was written. */
  byte[] written() {
    return Arrays.copyOf(bytes, size);
  }

  /** LEB128: seven bits a byte, lowest first; the top bit marks that more follow. */
  void number(long value) {
    room(Long.BYTES + 2);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Small also when it is negative (zigzag). */
  void difference(long value) {
    number(value << 1 ^ value >> 63);
  }

  /** Eight bytes. */
  void bits(long value) {
    room(Long.BYTES);
    ByteBuffer.wrap(bytes).putLong(size, value);
    size += Long.BYTES;
  }

  void bool(boolean value) {
    number(value ? 1 : 0);
  }

  void text(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  void bytes(byte[] value) {
    number(value.length);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
  }

  void instant(Instant value) {
    difference(value.getEpochSecond());
    number(value.getNano());
  }

  /** A text that recurs. */
  void name(String value) {
    Integer known = names.putIfAbsent(value, names.size());
    number(known == null ? names.size() - 1 : known);
    if (known == null) {
      text(value);
    }
  }

  /** A person with a flag. */
  void person(PersonPseudonym value, boolean flag) {
    Integer known = people.putIfAbsent(value, people.size());
    number(2L * (known == null ? people.size() - 1 : known) + (flag ? 1 : 0));
    if (known == null) {
      text(value.value());
    }
  }

  <T> void optional(Optional<T> value, Consumer<T> write) {
    bool(value.isPresent());
    value.ifPresent(write);
  }

  <T> void all(Collection<T> values, Consumer<T> write) {
    number(values.size());
    values.forEach(write);
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
