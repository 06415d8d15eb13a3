package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.PACK;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;
import static org.skillvoucher.domain.trainingclass.Classes.open;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;

/** Statements of three devices that were offline, cut, reordered and sent again and again. */
final class FieldPropertyTest {
  private static final ClassRules RULES =
      new ClassRules(
          PACK,
          3,
          4,
          new AttendanceRules(30, 10, 45, 15, 60, 45, 80, false),
          Optional.of(new FieldRules(72, 120, 500, 10, true, 24, false)),
          Optional.empty());
  private static final Instant ARRIVED = minutes(24 * 60);
  private static final List<String> DEVICES = List.of("D1-1", "D2-1", "D3-1");

  /** Minutes after nine at which something changes: windows, lateness, lessons. */
  private static final List<Long> MOMENTS =
      List.of(-31L, -30L, 0L, 11L, 44L, 45L, 170L, 180L, 239L, 240L, 260L, 400L, 425L, 480L);

  /** One tap on a device. */
  record Tap(int device, PersonPseudonym person, Lesson lesson, Act act, long minute) {}

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void anyOrderOfTheSameStatementsGivesTheSameSheet(
      @ForAll("taps") List<Tap> taps, @ForAll long one, @ForAll long other) {
    assertEquals(
        sheet(delivered(statements(taps), new Random(one))),
        sheet(delivered(statements(taps), new Random(other))));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void attendedHoursNeverExceedTheTimetable(@ForAll("taps") List<Tap> taps, @ForAll long seed) {
    AttendanceSheet sheet = sheet(delivered(statements(taps), new Random(seed)));
    for (AttendanceSheet.Row row : sheet.rows()) {
      assertTrue(row.minutesAttended() <= sheet.minutesPlanned());
      assertEquals(
          row.minutesAttended(), row.detail().minutesTheory() + row.detail().minutesPractice());
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void noOrderGivesTwoReceiptsForOneThingOrAGapInTheClasssOwnOrder(
      @ForAll("taps") List<Tap> taps, @ForAll long seed) {
    ClassRun run = delivered(statements(taps), new Random(seed));
    Set<Scan.NaturalKey> things = new HashSet<>();
    for (ClassEvent.Attended event : run.attended()) {
      assertTrue(things.add(event.scan().naturalKey()));
      assertTrue(!event.scan().person().equals(STRANGER));
    }
    String previous = ReceiptDraft.NO_PREVIOUS;
    long sequence = 0;
    for (ReceiptDraft draft : run.drafts()) {
      assertEquals(++sequence, draft.sequence());
      assertEquals(previous, draft.previousHash());
      previous = Classes.hash(sequence);
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void everyStatementIsEitherReceiptedOrQuarantinedAndEachOnce(
      @ForAll("taps") List<Tap> taps, @ForAll long seed) {
    List<ScanCommand.RecordAttendance> statements = statements(taps);
    ClassRun run = delivered(statements, new Random(seed));
    Set<String> recorded = new HashSet<>();
    run.events()
        .forEach(
            event -> {
              switch (event) {
                case ClassEvent.Attended attended ->
                    recorded.add(name(attended.scan().statement()));
                case ClassEvent.Quarantined quarantined ->
                    recorded.add(name(quarantined.statement()));
                default -> {}
              }
            });

    assertEquals(statements.size(), recorded.size());
  }

  private static String name(DeviceStatement statement) {
    return statement.device() + "/" + statement.counter();
  }

  @Provide
  Arbitrary<List<Tap>> taps() {
    return Combinators.combine(
            Arbitraries.of(0, 1, 2),
            Arbitraries.of(LI, LI, WANG, WANG, STRANGER),
            Arbitraries.of(LESSONS),
            Arbitraries.of(Act.IN, Act.OUT),
            Arbitraries.of(MOMENTS))
        .as(Tap::new)
        .list()
        .ofMaxSize(25);
  }

  /** What the devices signed; each of them taps in the order of its own clock. */
  private static List<ScanCommand.RecordAttendance> statements(List<Tap> taps) {
    List<Field> devices = DEVICES.stream().map(name -> new Field(name, "S" + name)).toList();
    return taps.stream()
        .sorted(java.util.Comparator.comparingLong(Tap::minute))
        .map(
            tap ->
                devices
                    .get(tap.device())
                    .offline(tap.person(), tap.lesson(), tap.act(), minutes(tap.minute()), ARRIVED))
        .toList();
  }

  /**
   * In any order, any of them twice, any of them before their cards could be verified; what comes
   * before its time is sent again until it is taken.
   */
  private static ClassRun delivered(List<ScanCommand.RecordAttendance> statements, Random random) {
    List<ScanCommand.RecordAttendance> sent = new ArrayList<>(statements);
    statements.stream().filter(any -> random.nextInt(3) == 0).forEach(sent::add);
    Collections.shuffle(sent, random);
    ClassRun run = new ClassRun(open(RULES));
    Deque<ScanCommand.RecordAttendance> waiting = new ArrayDeque<>(sent);
    int patience = 2 * sent.size() * sent.size() + 100;
    while (!waiting.isEmpty()) {
      assertTrue(patience-- > 0, "a gap that does not close");
      ScanCommand.RecordAttendance next = waiting.removeFirst();
      boolean silent = random.nextInt(4) == 0; // the card platform is
      ScanDecision.Sealed<?> decision = run.decide(silent ? captured(next) : next);
      boolean gap =
          decision.result() instanceof ScanResult.Refused(var reason)
              && reason instanceof ClassRefusal.CounterGap;
      if (silent || gap) {
        waiting.addLast(next);
      }
    }
    return run;
  }

  private static ScanCommand captured(ScanCommand.RecordAttendance tap) {
    return new Field(tap.scan().statement().device(), "").quarantine(tap, "captured");
  }

  private static AttendanceSheet sheet(ClassRun run) {
    ClassState closed =
        ClassEvolution.evolve(run.state(), new ClassEvent.Closed(0, "", LAST_SCAN), 99);
    return switch (closed) {
      case ClassState.Closed state -> ClosedSheet.of(state);
      case ClassState other -> throw new IllegalStateException(other.name());
    };
  }
}
