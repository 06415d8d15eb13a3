package org.skillvoucher.simulator.checker;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.simulator.checker.JournalRow.Attendance;

/**
 * C4, C8 and C10 over the journal, row by row in the feed's order; and what the history's checks
 * need to know of it.
 */
final class JournalChecks {
  /** How often a record stands in the journal, in the bits above its {@code sq}. */
  private static final int TIMES_SHIFT = 40;

  private final CheckFindings chain =
      new CheckFindings(
          "C4",
          "each entity's events and receipts are counted without a gap, chained, never back in"
              + " time (回执链完整)");
  private final CheckFindings once =
      new CheckFindings(
          "C8",
          "each statement, and each person's act in a lesson, counts at most once; nobody is out"
              + " before in (不重复计入)");
  private final CheckFindings signed;
  private final Map<String, Entity> entities = new HashMap<>();
  private final LongTable receipts = new LongTable();
  private final LongTable statements = new LongTable();
  private LongSet counters = new LongSet();
  private LongSet acts = new LongSet();

  private final boolean partial;

  /**
   * C10 is shared with the histories, whose receipts are looked at too.
   *
   * @param partial whether an entity's first row here may follow others
   */
  JournalChecks(CheckFindings signed, boolean partial) {
    this.signed = signed;
    this.partial = partial;
  }

  /** How far an entity has come. */
  private static final class Entity {
    private final boolean fromItsBeginning;
    private long sequence;
    private boolean placed;
    private long receipts;
    private String payloadHash = ReceiptDraft.NO_PREVIOUS;
    private long issuedAtMillis;

    private Entity(boolean fromItsBeginning, long sequence) {
      this.fromItsBeginning = fromItsBeginning;
      this.sequence = sequence;
      placed = fromItsBeginning;
    }

    /** The first receipt that is seen of an older entity is taken to stand in its place. */
    private void place(ReceiptDraft first) {
      if (!placed) {
        placed = true;
        receipts = first.sequence() - 1;
        payloadHash = first.previousHash();
      }
    }
  }

  /** All rows were seen: what only they are compared with makes room for the histories. */
  void end() {
    counters = new LongSet();
    acts = new LongSet();
  }

  Check chain() {
    return chain.check();
  }

  Check once() {
    return once.check();
  }

  /** How often the journal holds this record. */
  long timesOf(long record) {
    return receipts.get(record) >>> TIMES_SHIFT;
  }

  /** The record's {@code sq}; 0 where the journal does not hold it. */
  long sequenceOf(long record) {
    return receipts.get(record) & ((1L << TIMES_SHIFT) - 1);
  }

  /** The record given for the statement whose {@code dh} has this hash; 0 where there is none. */
  long recordOf(long statement) {
    return statements.get(statement);
  }

  void row(JournalRow row, Optional<Examined> examined) {
    Entity entity = entities.computeIfAbsent(row.entity(), id -> entity(row.sequence()));
    long expected = entity.sequence + 1;
    chain.expect(
        row.sequence() == expected, () -> at(row) + " stands where event " + expected + " belongs");
    entity.sequence = row.sequence();
    if (row.isAttendance()) {
      attendance(row, entity, examined);
    }
  }

  private Entity entity(long firstSequence) {
    boolean older = partial && firstSequence > 1;
    return new Entity(!older, older ? firstSequence - 1 : 0);
  }

  private void attendance(JournalRow row, Entity entity, Optional<Examined> examined) {
    Optional<Attendance> attendance = row.attendance();
    if (attendance.isEmpty() || examined.isEmpty()) {
      signed.expect(false, () -> at(row) + " is an attendance that cannot be read");
      return;
    }
    Examined receipt = examined.get();
    signed.expect(
        receipt.flaw().isEmpty(),
        () -> at(row) + " has a receipt that is invalid: " + receipt.flaw().orElseThrow().code());
    if (receipt.content().isEmpty()) {
      chain.also(false, () -> at(row) + " has a receipt whose place cannot be read");
      entity.payloadHash = "";
      entity.receipts++;
      return;
    }
    Examined.Content content = receipt.content().get();
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

  /** The event beside its receipt: what is not signed must say the same. */
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
    signed.also(same, () -> at(row) + " says something else than its receipt");
  }

  private void chained(JournalRow row, Entity entity, Examined.Content content) {
    ReceiptDraft draft = content.payload().draft();
    entity.place(draft);
    long expected = entity.receipts + 1;
    chain.also(
        draft.sequence() == expected,
        () -> at(row) + " has receipt " + draft.sequence() + " where " + expected + " belongs");
    String previous = entity.payloadHash;
    chain.also(
        draft.previousHash().equals(previous),
        () -> at(row) + " names another receipt before it than there is");
    long last = entity.issuedAtMillis;
    chain.also(
        draft.issuedAtMillis() >= last,
        () -> at(row) + " was issued " + (last - draft.issuedAtMillis()) + " ms too early");
    entity.receipts = draft.sequence();
    entity.payloadHash = content.payloadHash();
    entity.issuedAtMillis = Math.max(last, draft.issuedAtMillis());
  }

  private void once(JournalRow row, Attendance attendance, Entity entity, ReceiptDraft draft) {
    attendance
        .statement()
        .ifPresent(
            statement ->
                once.also(
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
    // Offline the scan in may come in a later batch; the sheet counts only both.
    boolean online = draft.tap().lowMillis().isEmpty();
    if (draft.act() == Act.OUT && online && entity.fromItsBeginning) {
      once.also(
          acts.contains(act(row, attendance, Act.IN.code())),
          () -> at(row) + " is an out of somebody who was not in");
    }
  }

  private static long act(JournalRow row, Attendance attendance, String act) {
    return Hash.of(row.entity(), attendance.person(), attendance.lesson(), act);
  }

  private static String at(JournalRow row) {
    return row.entity() + "#" + row.sequence();
  }
}
