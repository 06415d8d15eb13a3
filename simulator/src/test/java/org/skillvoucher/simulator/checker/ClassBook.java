package org.skillvoucher.simulator.checker;

import java.util.Base64;
import java.util.Optional;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.simulator.checker.JournalRow.Attendance;
import org.skillvoucher.simulator.checker.JournalRow.Statement;
import org.skillvoucher.simulator.keys.Sm3;

/** One class as an honest gateway keeps it: counts, chains and seals. */
final class ClassBook {
  private static final FastSeal SEAL = new FastSeal("the gateway's");

  final String id;
  long events;
  long receipts;
  String payloadHash = ReceiptDraft.NO_PREVIOUS;
  long issuedAtMillis = 1_000;

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

  ClassBook(String id) {
    this.id = id;
  }

  static FastSeal keys() {
    return SEAL;
  }

  /** As it stands now, to go on from twice. */
  ClassBook copy() {
    ClassBook copy = new ClassBook(id);
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
    return keep(tap, SEAL);
  }

  JournalRow keep(Tap tap, FastSeal seal) {
    events++;
    receipts++;
    issuedAtMillis += receipts % 3;
    Optional<Long> proven = tap.offline() ? Optional.of(900L) : Optional.empty();
    String record =
        seal.seal(
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
