package org.skillvoucher.simulator.checker;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.simulator.checker.JournalRow.Attendance;
import org.skillvoucher.simulator.checker.JournalRow.Statement;
import org.skillvoucher.simulator.keys.Sm3;

/** One class as an honest gateway keeps it: counts, chains and seals. */
final class ClassBook {
  final String id;
  private final Function<ReceiptDraft, String> seal;
  long events;
  long receipts;
  String payloadHash = ReceiptDraft.NO_PREVIOUS;
  long issuedAtMillis;

  /**
   * A tap that counts.
   *
   * @param hash of its statement
   */
  record Tap(
      String person,
      String lesson,
      Act act,
      Optional<Statement> statement,
      String hash,
      boolean offline) {}

  ClassBook(String id, Function<ReceiptDraft, String> seal, Instant from) {
    this.id = id;
    this.seal = seal;
    issuedAtMillis = from.toEpochMilli() + 1_000;
  }

  /** As it stands now, to go on from twice. */
  ClassBook copy() {
    ClassBook copy = new ClassBook(id, seal, Instant.EPOCH);
    copy.events = events;
    copy.receipts = receipts;
    copy.payloadHash = payloadHash;
    copy.issuedAtMillis = issuedAtMillis;
    return copy;
  }

  JournalRow event(String name) {
    events++;
    return new JournalRow("class|" + id, events, name, Optional.empty());
  }

  JournalRow keep(Tap tap) {
    return keep(tap, seal);
  }

  JournalRow keep(Tap tap, Function<ReceiptDraft, String> by) {
    events++;
    receipts++;
    issuedAtMillis += receipts % 3;
    Optional<Long> proven = tap.offline() ? Optional.of(900L) : Optional.empty();
    String record =
        by.apply(
            new ReceiptDraft(
                "R" + id + receipts,
                tap.act(),
                id + "/" + tap.lesson(),
                receipts,
                payloadHash,
                issuedAtMillis,
                "s".repeat(43),
                new ReceiptDraft.Tap(950, proven, proven),
                "",
                tap.statement()
                    .map(
                        statement ->
                            new ReceiptDraft.Device(
                                statement.device(), statement.counter(), tap.hash()))));
    payloadHash =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                Sm3.hash(ReceiptRecord.parse(Base64.getUrlDecoder().decode(record)).payload()));
    return new JournalRow(
        "class|" + id,
        events,
        "class.attended/1",
        Optional.of(
            new Attendance(record, tap.person(), tap.lesson(), tap.act().code(), tap.statement())));
  }
}
