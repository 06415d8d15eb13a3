package org.skillvoucher.simulator.checker;

import com.carrotsearch.hppc.LongLongHashMap;
import com.carrotsearch.hppc.cursors.LongLongCursor;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.skillvoucher.domain.receipt.KeyRing;
import org.skillvoucher.simulator.history.HistoryEntry;

/**
 * C1, C2, C3 and C9: the clients' histories against the whole journal. C9 is the real-time order
 * that linearizability demands: an operation that completed before another was invoked precedes it.
 */
final class HistoryChecks {
  private static final int CREATED = 201;

  private final CheckFindings acknowledged =
      new CheckFindings(
          "C1", "every acknowledged receipt is in the journal exactly once (确认即入账，不丢不重)");
  private final CheckFindings refused =
      new CheckFindings("C2", "nothing that was refused is in the journal (拒绝即未入账)");
  private final CheckFindings unknown =
      new CheckFindings(
          "C3", "every unknown outcome was resolved, and an answer never changed (结果可确定且不变)");
  private final CheckFindings realTime =
      new CheckFindings("C9", "receipts are in the real-time order of their scans (先后有序)");
  private final CheckFindings signed;
  private final JournalChecks journal;
  private final KeyRing keys;

  /** {@link StatementStatus} by the hash of the statement's key. */
  private final LongLongHashMap statuses = new LongLongHashMap();

  /** Hash of the first receipt by the hash of the statement's key, where the journal has none. */
  private final LongLongHashMap receipts = new LongLongHashMap();

  private final Map<String, RealTimeOrder> orders = new HashMap<>();

  HistoryChecks(JournalChecks journal, CheckFindings signed, KeyRing keys) {
    this.journal = journal;
    this.signed = signed;
    this.keys = keys;
  }

  /** Each history has its own clock, so that the real-time order is checked within one. */
  void nextHistory() {
    journal.allRowsRead();
    orders.clear();
  }

  void entry(HistoryEntry entry) {
    long statement = Hash.of(entry.idem());
    StatementStatus before = new StatementStatus(statuses.get(statement));
    switch (entry.type()) {
      case OK -> ok(entry, statement, before);
      case FAIL -> unknown.expect(!before.isOk(), () -> at(entry) + " was refused after a receipt");
      case INVOKE, INFO -> {}
    }
    statuses.put(statement, before.after(entry).bits());
  }

  private void ok(HistoryEntry entry, long statement, StatementStatus before) {
    if (entry.receiptSha().isEmpty()) {
      return; // recorded without a receipt (202): nothing was promised
    }
    long record;
    try {
      record = HexFormat.fromHexDigitsToLong(entry.receiptSha(), 0, 16);
    } catch (IllegalArgumentException e) { // too short, or no digits
      signed.expect(false, () -> at(entry) + " has an invalid receiptSha");
      return;
    }
    long times = journal.timesOf(record);
    acknowledged.expect(
        times == 1, () -> at(entry) + " got a receipt that is in the journal " + times + " times");
    if (entry.http() == CREATED && !entry.device().isEmpty() && times > 0) {
      acknowledged.expectAlso(
          journal.recordOf(statement) == record,
          () -> at(entry) + " got a receipt for a statement that it did not send");
    }
    signed(entry, record, times > 0);
    unchanged(entry, statement, record, before);
    inRealTimeOrder(entry, record, before);
  }

  /** The same statement gets the same receipt. Stored here only where the journal has none. */
  private void unchanged(HistoryEntry entry, long statement, long record, StatementStatus before) {
    long inJournal = journal.recordOf(statement);
    long first = inJournal == 0 ? receipts.get(statement) : inJournal;
    if (inJournal != 0 || before.isOk()) {
      unknown.expect(first == record, () -> at(entry) + " got another receipt than before");
    }
    if (first == 0) {
      receipts.put(statement, record);
    }
  }

  /** A receipt in the journal was verified there; any other is verified here. */
  private void signed(HistoryEntry entry, long record, boolean inJournal) {
    if (entry.receipt().isEmpty()) {
      return;
    }
    if (inJournal) {
      signed.expectAlso(
          isRecord(entry), () -> at(entry) + " got other bytes than those of its receiptSha");
      return;
    }
    ExaminedReceipt receipt = ExaminedReceipt.of(entry.receipt(), keys);
    signed.expect(
        receipt.hash() == record && receipt.flaw().isEmpty(),
        () ->
            at(entry)
                + " got a receipt that is invalid: "
                + receipt.flaw().map(flaw -> flaw.code()).orElse("other bytes than receiptSha"));
  }

  private static boolean isRecord(HistoryEntry entry) {
    try {
      return HistoryEntry.sha(entry.receipt()).equals(entry.receiptSha());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void inRealTimeOrder(HistoryEntry entry, long record, StatementStatus before) {
    long sequence = journal.sequenceOf(record);
    if (sequence == 0) {
      return; // not in the journal: a violation of C1
    }
    RealTimeOrder order = orders.computeIfAbsent(entry.entity(), id -> new RealTimeOrder());
    if (entry.http() == CREATED) { // a repeat was decided earlier
      long completed = order.highestCompletedBefore(before.invokedMicros());
      realTime.expect(
          completed < sequence,
          () -> at(entry) + " got receipt " + sequence + " after " + completed + " had completed");
    }
    order.completed(entry.micros(), sequence);
  }

  /** The results, once all histories were read. */
  List<CheckResult> checks() {
    for (LongLongCursor status : statuses) {
      resolve(status.key, new StatementStatus(status.value));
    }
    return List.of(acknowledged.result(), refused.result(), unknown.result(), realTime.result());
  }

  private void resolve(long statement, StatementStatus status) {
    boolean recorded = journal.recordOf(statement) != 0;
    String sent = "what was sent at t=" + status.invokedMicros();
    if (status.wasInfo()) {
      unknown.expect(status.isResolved(), () -> sent + " was never resolved");
    }
    if (status.isFail() && !status.isOk() && status.isResolved()) {
      CheckFindings check = status.wasInfo() ? unknown : refused;
      check.expect(!recorded, () -> sent + " was refused and is in the journal");
    }
  }

  private static String at(HistoryEntry entry) {
    return "client " + entry.client() + " at t=" + entry.micros() + " (" + entry.entity() + ")";
  }
}
