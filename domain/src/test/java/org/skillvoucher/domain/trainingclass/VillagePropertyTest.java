package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.LESSONS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanLedger.Numbered;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.Village.Event;
import org.skillvoucher.domain.trainingclass.Village.Step;

/** Whatever happens to a class in a village and in whatever order, these hold. */
final class VillagePropertyTest {
  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void oneThingHasOneReceiptAndOneStatementHasOne(@ForAll("stories") List<Step> story) {
    Set<Scan.NaturalKey> things = new HashSet<>();
    Set<Numbered> statements = new HashSet<>();
    for (ClassEvent.Attended event : Village.play(story, 1).attended()) {
      assertTrue(things.add(event.scan().naturalKey()), "two receipts for one thing");
      StatementRules.numbered(event.scan().received())
          .ifPresent(one -> assertTrue(statements.add(one), "two receipts for one statement"));
      assertTrue(!event.scan().person().equals(STRANGER), "a receipt for a stranger");
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void theClasssOwnReceiptsHaveNoGapAndTheirTimeNeverGoesBack(@ForAll("stories") List<Step> story) {
    long sequence = 0;
    long issuedAt = 0;
    String previous = ReceiptDraft.NO_PREVIOUS;
    for (ReceiptDraft draft : Village.play(story, 1).drafts()) {
      assertEquals(++sequence, draft.sequence());
      assertEquals(previous, draft.previousHash());
      assertTrue(draft.issuedAtMillis() >= issuedAt);
      issuedAt = draft.issuedAtMillis();
      previous = Classes.hash(sequence);
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void whateverIsSentThreeTimesIsRecordedOnce(@ForAll("stories") List<Step> story) {
    assertEquals(Village.play(story, 1).events(), Village.play(story, 3).events());
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aClassReadFromItsEventsIsTheSameClass(@ForAll("stories") List<Step> story) {
    ClassRun run = Village.play(story, 1);
    ClassState read = Field.open(Village.RULES);
    long number = 0;
    for (ClassEvent event : run.events()) {
      read = ClassEvolution.evolve(read, event, ++number);
    }

    assertEquals(run.state(), read);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void noScanMarksALessonOutsideTheTimeAtWhichItWasHeld(@ForAll("stories") List<Step> story) {
    ClassRun run = Village.play(story, 1);
    Plan plan = plan(run);
    AttendanceRules rules = plan.rules().attendance();
    for (ClassEvent.Attended event : run.attended()) {
      boolean offline = event.circumstances().flatMap(Circumstances::offline).isPresent();
      Instant time = offline ? event.scan().statement().tappedAt() : event.at();
      Optional<Lesson> held = plan.timetable().lesson(event.scan().lesson());
      held.ifPresent(
          lesson -> assertTrue(window(lesson, event.scan().act(), rules).contains(time)));
    }
  }

  private static Window window(Lesson lesson, Act act, AttendanceRules rules) {
    return switch (act) {
      case IN -> Windows.signIn(lesson, rules);
      case OUT -> Windows.signOut(lesson, rules);
      case CHECK -> new Window(lesson.startsAt(), lesson.endsAt());
      case REDEEM, VOID -> throw new IllegalArgumentException("no scan");
    };
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void attendedHoursNeverExceedTheTimetableAndCorrectionsAreShownApart(
      @ForAll("stories") List<Step> story) {
    ClassRun run = Village.play(story, 1);
    AttendanceSheet sheet = ClosedSheet.of(closed(run));
    for (AttendanceSheet.Row line : sheet.rows()) {
      assertTrue(line.minutesAttended() <= sheet.minutesPlanned());
      assertTrue(line.percent() <= 100);
      if (line.minutesAttended() != line.detail().minutesScanned()) {
        assertTrue(line.detail().lessonsCorrected() > 0, "hours from nowhere");
      }
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void noCorrectionAppliesThatOnePersonMadeAlone(@ForAll("stories") List<Step> story) {
    Map<String, String> proposers = new HashMap<>();
    for (ClassEvent event : Village.play(story, 1).events()) {
      switch (event) {
        case ClassEvent.CorrectionProposed(var correction, var at, var by) ->
            proposers.put(correction.id(), correction.by());
        case ClassEvent.CorrectionDecided(var id, var decision, var at, var by) ->
            assertTrue(!decision.by().equals(proposers.get(id)));
        default -> {}
      }
    }
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aDevicesStatementsAreTakenInTheirOrderUnlessAGapWasWaived(
      @ForAll("stories") List<Step> story) {
    Map<String, Long> next = new HashMap<>();
    Set<Numbered> received = new HashSet<>();
    for (ClassEvent event : Village.play(story, 1).events()) {
      switch (event) {
        case ClassEvent.Attended attended ->
            StatementRules.numbered(attended.scan().received())
                .ifPresent(one -> take(next, received, one));
        case ClassEvent.Quarantined quarantined ->
            take(
                next,
                received,
                new Numbered(quarantined.statement().device(), quarantined.statement().counter()));
        case ClassEvent.GapWaived waived -> next.put(waived.device(), waived.to());
        default -> {}
      }
    }
  }

  /** What was quarantined may be recorded later; everything else is the next of its device. */
  private static void take(Map<String, Long> next, Set<Numbered> received, Numbered one) {
    if (received.add(one)) {
      assertEquals(next.getOrDefault(one.device(), 1L), one.counter());
      next.put(one.device(), one.counter() + 1);
    }
  }

  private static Plan plan(ClassRun run) {
    return closed(run).plan();
  }

  private static Closed closed(ClassRun run) {
    return switch (run.state()) {
      case Closed closed -> closed;
      case Open open ->
          switch (ClassEvolution.evolve(open, new ClassEvent.Closed(0, "", LAST_SCAN), 999)) {
            case Closed closed -> closed;
            case ClassState other -> throw new IllegalStateException(other.name());
          };
      case ClassState other -> throw new IllegalStateException(other.name());
    };
  }

  @Provide
  Arbitrary<List<Step>> stories() {
    Arbitrary<Event> events =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.of(Event.TAP_ONLINE, Event.TAP_OFFLINE)),
            Tuple.of(4, Arbitraries.of(Event.UPLOAD, Event.UPLOAD_BACKWARDS)),
            Tuple.of(4, Arbitraries.of(Event.SCAN_THE_ROOMS_CODE, Event.CALL_A_SPOT_CHECK)),
            Tuple.of(2, Arbitraries.of(Event.MOVE_THE_LESSON, Event.HOLD_IT_UNDER_ANOTHER_ID)),
            Tuple.of(6, Arbitraries.of(Event.values())));
    return Combinators.combine(
            events,
            Arbitraries.of(0, 0, 1, 2),
            Arbitraries.of(LI, LI, WANG, WANG, STRANGER),
            Arbitraries.of(LESSONS),
            Arbitraries.of(Act.IN, Act.IN, Act.OUT, Act.CHECK),
            Arbitraries.of(0, 0, 1, 5, 10, 30, 60))
        .as(Step::new)
        .list()
        .ofMaxSize(45);
  }
}
