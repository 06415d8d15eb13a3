package org.skillvoucher.simulator.checker;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.simulator.checker.JournalRow.Attendance;
import org.skillvoucher.simulator.checker.JournalRow.StatementId;
import org.skillvoucher.simulator.keys.Sm3;

/** One class of an honest gateway: numbers, chains and seals its receipts. */
final class HonestClass {
  final String id;
  private final Function<ReceiptDraft, String> seal;
  long events;
  long receipts;
  String payloadHash = ReceiptDraft.NO_PREVIOUS;
  long issuedAtMillis;

  /**
   * An accepted tap.
   *
   * @param hash of its statement
   */
  record AcceptedTap(
      String person,
      String lesson,
      Act act,
      Optional<StatementId> statement,
      String hash,
      boolean offline) {}

  HonestClass(String id, Function<ReceiptDraft, String> seal, Instant from) {
    this.id = id;
    this.seal = seal;
    issuedAtMillis = from.toEpochMilli() + 1_000;
  }

  /** A copy of the current state, to fork the chain. */
  HonestClass copy() {
    HonestClass copy = new HonestClass(id, seal, Instant.EPOCH);
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

  JournalRow append(AcceptedTap tap) {
    return append(tap, seal);
  }

  JournalRow append(AcceptedTap tap, Function<ReceiptDraft, String> by) {
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
