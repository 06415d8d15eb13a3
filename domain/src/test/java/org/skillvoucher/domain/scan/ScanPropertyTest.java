package org.skillvoucher.domain.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.AFTERNOON;
import static org.skillvoucher.domain.Samples.ATTENDANCE;
import static org.skillvoucher.domain.Samples.CLASS_RULES;
import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.OTHER_VOUCHER;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.VOUCHER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.trainingclass.Classes.FILING;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;
import static org.skillvoucher.domain.trainingclass.Classes.OPEN;
import static org.skillvoucher.domain.trainingclass.Classes.record;
import static org.skillvoucher.domain.trainingclass.Classes.scan;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassRun;
import org.skillvoucher.domain.trainingclass.Classes;

/** Whatever commands come to a class in whatever order, these hold of its receipts. */
final class ScanPropertyTest {
  /** From before the first window to after the last, at the moments where something changes. */
  private static final List<Instant> MOMENTS =
      List.of(
          NINE.minusSeconds(86_401L),
          NINE,
          NINE.plusSeconds(1200),
          MORNING.endsAt(),
          AFTERNOON.startsAt(),
          AFTERNOON.endsAt(),
          LAST_SCAN);

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void noOrderOfCommandsGivesTwoReceiptsForOneThing(@ForAll("orders") List<Object> orders) {
    Set<Scan.NaturalKey> things = new HashSet<>();
    Set<Scan.Fingerprint> keys = new HashSet<>();

    for (ClassEvent.Attended event : run(orders).attended()) {
      assertTrue(things.add(event.scan().naturalKey()), "two receipts for one thing");
      assertTrue(keys.add(event.scan().key()), "two receipts for one key");
      assertTrue(List.of(LI, WANG).contains(event.scan().person()), "a receipt for a stranger");
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void theChainOfReceiptsHasNoGapAndItsTimeNeverGoesBack(@ForAll("orders") List<Object> orders) {
    long sequence = 0;
    long issuedAt = 0;
    String hash = ReceiptDraft.NO_PREVIOUS;
    for (ReceiptDraft draft : run(orders).drafts()) {
      assertEquals(++sequence, draft.sequence());
      assertEquals(hash, draft.previousHash());
      assertTrue(draft.issuedAtMillis() >= issuedAt);
      issuedAt = draft.issuedAtMillis();
      hash = Classes.hash(sequence);
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void theSheetAgreesWithTheReceipts(@ForAll("orders") List<Object> orders) {
    List<Mark> marks =
        run(orders).attended().stream()
            .map(
                event ->
                    new Mark(
                        event.scan().person(),
                        event.scan().lesson(),
                        event.scan().act(),
                        event.late()))
            .toList();
    var sheet =
        AttendanceSheet.of(LESSONS, List.of(LI, WANG), AttendanceSheet.Input.of(marks), ATTENDANCE);

    long ins = marks.stream().filter(mark -> mark.act() == Act.IN).count();
    long counted =
        sheet.rows().stream()
            .mapToLong(row -> row.lessonsAttended() + row.lessonsIncomplete())
            .sum();
    long outs = sheet.rows().stream().mapToLong(AttendanceSheet.Row::lessonsAttended).sum();
    assertEquals(ins, counted);
    assertEquals(marks.size() - ins, outs);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void sendingEveryCommandTwiceRecordsTheSameEvents(@ForAll("orders") List<Object> orders) {
    ClassRun twice = new ClassRun(OPEN);
    for (Object command : orders) {
      send(twice, command);
      send(twice, command);
    }

    assertEquals(run(orders).events(), twice.events());
  }

  @Provide
  Arbitrary<List<Object>> orders() {
    Arbitrary<Object> scans =
        Combinators.combine(
                Arbitraries.of(LI, LI, WANG, STRANGER),
                Arbitraries.of(LESSONS),
                Arbitraries.of(Act.IN, Act.OUT),
                Arbitraries.longs().between(1, 8),
                Arbitraries.longs().between(1, 2),
                Arbitraries.of(MOMENTS))
            .as(
                (who, lesson, act, key, body, at) ->
                    record(scan(who, lesson, act, at, key, body), at));
    return Arbitraries.frequencyOf(Tuple.of(12, scans), Tuple.of(3, Arbitraries.of(OTHERS)))
        .list()
        .ofMaxSize(40);
  }

  private static final List<Object> OTHERS =
      List.of(
          new ClassCommand.AdmitVoucher(WANG, OTHER_VOUCHER, NINE),
          new ClassCommand.AdmitVoucher(LI, VOUCHER, NINE),
          new ClassCommand.AdmitVoucher(STRANGER, OTHER_VOUCHER, NINE),
          new ClassCommand.WithdrawVoucher(LI, VOUCHER, NINE),
          new ClassCommand.WithdrawVoucher(WANG, OTHER_VOUCHER, NINE),
          new ClassCommand.File(FILING, CLASS_RULES, NINE),
          new ClassCommand.Approve("token-1", NINE),
          new ClassCommand.Return("token-1", "why", NINE),
          new ClassCommand.Enrol(List.of(STRANGER), NINE),
          new ClassCommand.Schedule(List.of(MORNING), NINE),
          new ClassCommand.Open(NINE),
          new ClassCommand.Close(NINE),
          new ClassCommand.Close(LAST_SCAN));

  private static ClassRun run(List<Object> orders) {
    ClassRun run = new ClassRun(OPEN);
    orders.forEach(order -> send(run, order));
    return run;
  }

  private static void send(ClassRun run, Object order) {
    switch (order) {
      case ClassCommand command -> run.send(command);
      case ScanCommand scan -> run.send(scan);
      case Object other -> throw new IllegalArgumentException(other.toString());
    }
  }
}
