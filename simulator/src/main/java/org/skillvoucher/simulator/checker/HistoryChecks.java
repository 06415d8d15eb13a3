package org.skillvoucher.simulator.checker;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.skillvoucher.domain.receipt.KeyRing;
import org.skillvoucher.simulator.history.Entry;

/** C1, C2, C3 and C9: what clients were told, against the whole journal. */
final class HistoryChecks {
  private static final int CREATED = 201;

  private final CheckFindings acknowledged =
      new CheckFindings(
          "C1", "every acknowledged receipt stands in the journal exactly once (确认即入账，不丢不重)");
  private final CheckFindings refused =
      new CheckFindings("C2", "nothing that was refused stands in the journal (拒绝即未入账)");
  private final CheckFindings uncertain =
      new CheckFindings(
          "C3", "every unknown outcome was settled, and an answer never changed (结果可确定且不变)");
  private final CheckFindings realTime =
      new CheckFindings("C9", "receipts follow one another as the scans did in real time (先后有序)");
  private final CheckFindings signed;
  private final JournalChecks journal;
  private final KeyRing keys;
  private final LongTable statuses = new LongTable();
  private final LongTable answers = new LongTable();
  private final Map<String, RealTime> entities = new HashMap<>();

  HistoryChecks(JournalChecks journal, CheckFindings signed, KeyRing keys) {
    this.journal = journal;
    this.signed = signed;
    this.keys = keys;
  }

  /** Another client's clock began at another time. */
  void nextHistory() {
    journal.end();
    entities.clear();
  }

  void entry(Entry entry) {
    long statement = Hash.of(entry.idem());
    StatementStatus before = new StatementStatus(statuses.get(statement));
    switch (entry.type()) {
      case OK -> taken(entry, statement, before);
      case FAIL ->
          uncertain.expect(!before.isTaken(), () -> at(entry) + " was refused after a receipt");
      case INVOKE, INFO -> {}
    }
    statuses.put(statement, before.after(entry).bits());
  }

  private void taken(Entry entry, long statement, StatementStatus before) {
    if (entry.receiptSha().isEmpty()) {
      return; // kept without a receipt (202): nothing was promised
    }
    long record;
    try {
      record = HexFormat.fromHexDigitsToLong(entry.receiptSha(), 0, 16);
    } catch (IllegalArgumentException e) { // too short, or no digits
      signed.expect(false, () -> at(entry) + " has a receiptSha that is none");
      return;
    }
    long times = journal.timesOf(record);
    acknowledged.expect(
        times == 1,
        () -> at(entry) + " got a receipt that stands in the journal " + times + " times");
    if (entry.http() == CREATED && !entry.device().isEmpty() && times > 0) {
      acknowledged.also(
          journal.recordOf(statement) == record,
          () -> at(entry) + " got a receipt for a statement that it did not send");
    }
    whole(entry, record, times > 0);
    always(entry, statement, record, before);
    inOrder(entry, record, before);
  }

  /** What the journal knows of the statement needs not be remembered here. */
  private void always(Entry entry, long statement, long record, StatementStatus before) {
    long kept = journal.recordOf(statement);
    long first = kept == 0 ? answers.get(statement) : kept;
    if (kept != 0 || before.isTaken()) {
      uncertain.expect(
          first == record, () -> at(entry) + " got another receipt than was given for it");
    }
    if (first == 0) {
      answers.put(statement, record);
    }
  }

  /** A receipt of the journal was verified there; any other is verified here. */
  private void whole(Entry entry, long record, boolean inJournal) {
    if (entry.receipt().isEmpty()) {
      return;
    }
    if (inJournal) {
      signed.also(isRecord(entry), () -> at(entry) + " got other bytes than its receiptSha tells");
      return;
    }
    Examined receipt = Examined.of(entry.receipt(), keys);
    signed.expect(
        receipt.hash() == record && receipt.flaw().isEmpty(),
        () ->
            at(entry)
                + " got a receipt that is invalid: "
                + receipt.flaw().map(flaw -> flaw.code()).orElse("other bytes than receiptSha"));
  }

  private static boolean isRecord(Entry entry) {
    try {
      return Entry.sha(entry.receipt()).equals(entry.receiptSha());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void inOrder(Entry entry, long record, StatementStatus before) {
    long sequence = journal.sequenceOf(record);
    if (sequence == 0) {
      return; // not in the journal, as C1 says
    }
    RealTime entity = entities.computeIfAbsent(entry.entity(), id -> new RealTime());
    if (entry.http() == CREATED) { // a repeat was decided long before
      long known = entity.highestBefore(before.sentMicros());
      realTime.expect(
          known < sequence,
          () -> at(entry) + " got receipt " + sequence + " when " + known + " was known already");
    }
    entity.known(entry.micros(), sequence);
  }

  /** The checks, once all histories were read. */
  List<Check> checks() {
    statuses.forEach((statement, bits) -> settle(statement, new StatementStatus(bits)));
    return List.of(acknowledged.check(), refused.check(), uncertain.check(), realTime.check());
  }

  private void settle(long statement, StatementStatus fate) {
    boolean kept = journal.recordOf(statement) != 0;
    String sent = "what was sent at t=" + fate.sentMicros();
    if (fate.wasUncertain()) {
      uncertain.expect(fate.isSettled(), () -> sent + " was never settled");
    }
    if (fate.isRefused() && !fate.isTaken() && fate.isSettled()) {
      CheckFindings check = fate.wasUncertain() ? uncertain : refused;
      check.expect(!kept, () -> sent + " was refused and stands in the journal");
    }
  }

  private static String at(Entry entry) {
    return "lane " + entry.client() + " at t=" + entry.micros() + " (" + entry.entity() + ")";
  }
}
