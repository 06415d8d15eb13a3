package org.skillvoucher.simulator.checker;

import com.carrotsearch.hppc.LongHashSet;
import com.carrotsearch.hppc.LongLongHashMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.simulator.checker.JournalRow.Attendance;

/**
 * C4, C8 and C10 over the journal, row by row in the feed's order, and the index of it that the
 * checks of the histories use.
 */
final class JournalChecks {
  /** A value of {@code receipts} is a record's {@code sq} and, above it, its number of rows. */
  private static final int TIMES_SHIFT = 40;

  private final CheckFindings chain =
      new CheckFindings(
          "C4",
          "each entity's events and receipts are counted without a gap, chained, never back in"
              + " time (回执链完整)");
  private final CheckFindings once =
      new CheckFindings(
          "C8",
          "each statement, and each person's act in a lesson, counts at most once; no sign-out"
              + " precedes its sign-in (不重复计入)");
  private final CheckFindings signed;
  private final Map<String, EntityProgress> entities = new HashMap<>();
  private final LongLongHashMap receipts = new LongLongHashMap();

  /** The hash of a record by the hash of its statement's {@code dh}. */
  private final LongLongHashMap statements = new LongLongHashMap();

  private LongHashSet counters = new LongHashSet();
  private LongHashSet acts = new LongHashSet();
  private final boolean partial;

  /**
   * @param signed C10, which is shared with the checks of the histories
   * @param partial whether an entity's first row here may follow others
   */
  JournalChecks(CheckFindings signed, boolean partial) {
    this.signed = signed;
    this.partial = partial;
  }

  /** The state of an entity after its last row. */
  private static final class EntityProgress {
    private final boolean complete;
    private long sequence;
    private boolean chainKnown;
    private long receipts;
    private String payloadHash = ReceiptDraft.NO_PREVIOUS;
    private long issuedAtMillis;

    private EntityProgress(boolean fromItsBeginning, long sequence) {
      this.complete = fromItsBeginning;
      this.sequence = sequence;
      chainKnown = fromItsBeginning;
    }

    /** The chain of an entity that is older than the export starts with its first receipt here. */
    private void adoptFirstReceipt(ReceiptDraft first) {
      if (!chainKnown) {
        chainKnown = true;
        receipts = first.sequence() - 1;
        payloadHash = first.previousHash();
      }
    }
  }

  /** Frees the memory of what only rows are compared with. */
  void allRowsRead() {
    counters = new LongHashSet();
    acts = new LongHashSet();
  }

  CheckResult chain() {
    return chain.result();
  }

  CheckResult once() {
    return once.result();
  }

  /** How many rows have this record. */
  long timesOf(long record) {
    return receipts.get(record) >>> TIMES_SHIFT;
  }

  /** The record's {@code sq}; 0 where it is not in the journal. */
  long sequenceOf(long record) {
    return receipts.get(record) & ((1L << TIMES_SHIFT) - 1);
  }

  /** Hash of the record for the statement whose {@code dh} has this hash; 0 without one. */
  long recordOf(long statement) {
    return statements.get(statement);
  }

  void row(JournalRow row, Optional<ExaminedReceipt> examined) {
    EntityProgress entity = entities.computeIfAbsent(row.entity(), id -> entity(row.sequence()));
    long expected = entity.sequence + 1;
    chain.expect(
        row.sequence() == expected, () -> at(row) + " is where event " + expected + " belongs");
    entity.sequence = row.sequence();
    if (row.isAttendance()) {
      attendance(row, entity, examined);
    }
  }

  private EntityProgress entity(long firstSequence) {
    boolean older = partial && firstSequence > 1;
    return new EntityProgress(!older, older ? firstSequence - 1 : 0);
  }

  private void attendance(
      JournalRow row, EntityProgress entity, Optional<ExaminedReceipt> examined) {
    Optional<Attendance> attendance = row.attendance();
    if (attendance.isEmpty() || examined.isEmpty()) {
      signed.expect(false, () -> at(row) + " is an attendance that cannot be read");
      return;
    }
    ExaminedReceipt receipt = examined.get();
    signed.expect(
        receipt.flaw().isEmpty(),
        () -> at(row) + " has a receipt that is invalid: " + receipt.flaw().orElseThrow().code());
    if (receipt.content().isEmpty()) {
      chain.expectAlso(false, () -> at(row) + " has a receipt whose place cannot be read");
      entity.payloadHash = "";
      entity.receipts++;
      return;
    }
    ExaminedReceipt.ReceiptContent content = receipt.content().get();
    ReceiptDraft draft = content.payload().draft();
    agrees(row, attendance.get(), draft);
    chained(row, entity, content);
    once(row, attendance.get(), entity, draft);
    long before = receipts.get(receipt.hash());
    long times = (before >>> TIMES_SHIFT) + 1;
    receipts.put(receipt.hash(), times << TIMES_SHIFT | draft.sequence());
    draft
        .device()
        .map(device -> Hash.of(device.statementHash()))
        .filter(hash -> statements.get(hash) == 0)
        .ifPresent(hash -> statements.put(hash, receipt.hash()));
  }

  /** The unsigned members of the event must agree with its receipt. */
  private void agrees(JournalRow row, Attendance attendance, ReceiptDraft draft) {
    String place = row.entity().replaceFirst("^class[|]", "") + "/" + attendance.lesson();
    boolean same =
        draft.place().equals(place)
            && draft.act().code().equals(attendance.act())
            && draft
                .device()
                .map(device -> device.id() + "#" + device.sequence())
                .equals(
                    attendance
                        .statement()
                        .map(statement -> statement.device() + "#" + statement.counter()));
    signed.expectAlso(same, () -> at(row) + " differs from its receipt");
  }

  private void chained(
      JournalRow row, EntityProgress entity, ExaminedReceipt.ReceiptContent content) {
    ReceiptDraft draft = content.payload().draft();
    entity.adoptFirstReceipt(draft);
    long expected = entity.receipts + 1;
    chain.expectAlso(
        draft.sequence() == expected,
        () -> at(row) + " has receipt " + draft.sequence() + " where " + expected + " belongs");
    String previous = entity.payloadHash;
    chain.expectAlso(
        draft.previousHash().equals(previous),
        () -> at(row) + " does not name the receipt before it");
    long last = entity.issuedAtMillis;
    chain.expectAlso(
        draft.issuedAtMillis() >= last,
        () -> at(row) + " was issued " + (last - draft.issuedAtMillis()) + " ms too early");
    entity.receipts = draft.sequence();
    entity.payloadHash = content.payloadHash();
    entity.issuedAtMillis = Math.max(last, draft.issuedAtMillis());
  }

  private void once(
      JournalRow row, Attendance attendance, EntityProgress entity, ReceiptDraft draft) {
    attendance
        .statement()
        .ifPresent(
            statement ->
                once.expectAlso(
                    counters.add(
                        Hash.of(
                            statement.counter(),
                            row.entity(),
                            statement.device(),
                            Long.toString(statement.epoch()))),
                    () ->
                        at(row)
                            + " is statement "
                            + statement.counter()
                            + " of "
                            + statement.device()
                            + " once more"));
    once.expect(
        acts.add(act(row, attendance, attendance.act())),
        () -> at(row) + " is the same person's same act in the same lesson once more");
    // An offline sign-in may follow in a later batch; the sheet counts only both together.
    boolean online = draft.tap().lowMillis().isEmpty();
    if (draft.act() == Act.OUT && online && entity.complete) {
      once.expectAlso(
          acts.contains(act(row, attendance, Act.IN.code())),
          () -> at(row) + " is a sign-out without a sign-in");
    }
  }

  private static long act(JournalRow row, Attendance attendance, String act) {
    return Hash.of(row.entity(), attendance.person(), attendance.lesson(), act);
  }

  private static String at(JournalRow row) {
    return row.entity() + "#" + row.sequence();
  }
}
