package org.skillvoucher.gateway.journal.snapshot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * The scans in a class's snapshot, delta-encoded. Most scans follow the one before: same lesson and
 * act, in time, the next event, the next statement of the same device. Of these only the person,
 * the time since the tap before and the two fingerprints are written, some 19 bytes; of others also
 * the differences.
 */
final class LedgerSnapshotCodec {
  private static final int OTHER_LESSON = 1;
  private static final int OTHER_ACT = 2;
  private static final int OTHER_EVENT = 4;
  private static final int OTHER_STATEMENT = 8;
  private static final int NO_STATEMENT = 16;
  private static final int ROOM_CODE = 32;
  private static final int LATE = 64;

  private static final int TOO_FAST = 1;
  private static final int CAPTURED = 2;

  private LessonId lesson = new LessonId("none");
  private Act act = Act.IN;
  private long event;
  private long tapped;
  private String device = "";
  private long counter;

  /** The other devices' counters. */
  private final Map<String, Long> counters = new HashMap<>();

  private LedgerSnapshotCodec() {}

  static void write(ScanLedger ledger, SnapshotWriter to) {
    var before = new LedgerSnapshotCodec();
    to.all(ledger.entries(), entry -> before.write(entry, to));
    to.all(ledger.quarantined(), aside -> before.write(aside, to));
  }

  static ScanLedger read(SnapshotReader from) {
    var before = new LedgerSnapshotCodec();
    List<Entry> entries = from.all(() -> before.entry(from));
    return ScanLedger.of(entries, from.all(() -> before.quarantined(from)));
  }

  private void write(Entry entry, SnapshotWriter to) {
    int others = others(entry);
    to.person(entry.naturalKey().person(), others != 0);
    if (others != 0) {
      to.number(others);
      others(entry, others, to);
    }
    event = entry.eventNumber();
    entry.statement().ifPresent(statement -> counter = statement.counter());
    to.difference(entry.tappedAtMillis() - tapped);
    tapped = entry.tappedAtMillis();
    to.bits(entry.key().bits());
    to.bits(entry.body().bits());
  }

  private int others(Entry entry) {
    NaturalKey natural = entry.naturalKey();
    int statement =
        entry
            .statement()
            .map(s -> s.counter() == counter + 1 && s.device().equals(device))
            .map(next -> next ? 0 : OTHER_STATEMENT)
            .orElse(NO_STATEMENT);
    return statement
        | (natural.lesson().equals(lesson) ? 0 : OTHER_LESSON)
        | (natural.act() == act ? 0 : OTHER_ACT)
        | (entry.eventNumber() == event + 1 ? 0 : OTHER_EVENT)
        | (entry.roomCode().isPresent() ? ROOM_CODE : 0)
        | (entry.late() ? LATE : 0);
  }

  private void others(Entry entry, int others, SnapshotWriter to) {
    if ((others & OTHER_LESSON) != 0) {
      lesson = entry.naturalKey().lesson();
      to.name(lesson.value());
    }
    if ((others & OTHER_ACT) != 0) {
      act = entry.naturalKey().act();
      to.name(act.name());
    }
    if ((others & OTHER_EVENT) != 0) {
      to.difference(entry.eventNumber() - event);
    }
    if ((others & OTHER_STATEMENT) != 0) {
      entry.statement().ifPresent(statement -> write(statement, to));
    }
    entry
        .roomCode()
        .ifPresent(
            use -> {
              to.number(use.step());
              to.bits(use.phone().bits());
            });
  }

  private Entry entry(SnapshotReader from) {
    PersonPseudonym person = from.person();
    int others = from.presence() ? from.integer() : 0;
    if ((others & OTHER_LESSON) != 0) {
      lesson = new LessonId(from.name());
    }
    if ((others & OTHER_ACT) != 0) {
      act = Act.valueOf(from.name());
    }
    event += (others & OTHER_EVENT) != 0 ? from.difference() : 1;
    Optional<Numbered> statement = statement(others, from);
    Optional<RoomCodeUse> roomCode =
        (others & ROOM_CODE) != 0
            ? Optional.of(new RoomCodeUse(from.number(), new Fingerprint(from.bits())))
            : Optional.empty();
    tapped += from.difference();
    return new Entry(
        new NaturalKey(person, lesson, act),
        new Fingerprint(from.bits()),
        new Fingerprint(from.bits()),
        (others & LATE) != 0,
        event,
        statement,
        tapped,
        roomCode);
  }

  private Optional<Numbered> statement(int others, SnapshotReader from) {
    if ((others & NO_STATEMENT) != 0) {
      return Optional.empty();
    }
    return Optional.of(
        (others & OTHER_STATEMENT) != 0 ? statement(from) : new Numbered(device, ++counter));
  }

  private void write(Quarantined aside, SnapshotWriter to) {
    write(aside.statement(), to);
    to.number((aside.tooFast() ? TOO_FAST : 0) | (aside.captured() ? CAPTURED : 0));
    to.bits(aside.body().bits());
  }

  private Quarantined quarantined(SnapshotReader from) {
    Numbered statement = statement(from);
    int flags = from.integer();
    return new Quarantined(
        statement, new Fingerprint(from.bits()), (flags & TOO_FAST) != 0, (flags & CAPTURED) != 0);
  }

  private void write(Numbered statement, SnapshotWriter to) {
    turnTo(statement.device());
    to.name(device);
    to.difference(statement.counter() - counter);
    counter = statement.counter();
  }

  private Numbered statement(SnapshotReader from) {
    turnTo(from.name());
    counter += from.difference();
    return new Numbered(device, counter);
  }

  private void turnTo(String next) {
    counters.put(device, counter);
    device = next;
    counter = counters.getOrDefault(next, 0L);
  }
}
