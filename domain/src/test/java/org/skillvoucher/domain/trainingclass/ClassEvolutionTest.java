package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Samples.CLASS_RULES;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.OTHER_VOUCHER;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.VOUCHER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.receipt.ReceiptDraft.NO_PREVIOUS;
import static org.skillvoucher.domain.trainingclass.Classes.APPROVED;
import static org.skillvoucher.domain.trainingclass.Classes.CLOSED;
import static org.skillvoucher.domain.trainingclass.Classes.FILED;
import static org.skillvoucher.domain.trainingclass.Classes.FILING;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;
import static org.skillvoucher.domain.trainingclass.Classes.OPEN;
import static org.skillvoucher.domain.trainingclass.Classes.PLAN;
import static org.skillvoucher.domain.trainingclass.Classes.RETURNED;
import static org.skillvoucher.domain.trainingclass.Classes.UNFILED;
import static org.skillvoucher.domain.trainingclass.Classes.VERIFIED;
import static org.skillvoucher.domain.trainingclass.Classes.hash;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.Variants;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.device.DeviceAnomaly;
import org.skillvoucher.domain.device.DeviceChainHead;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Chain;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;

/** What follows from each event in each state: the state named here, or a loud failure. */
final class ClassEvolutionTest {
  private static final long EVENT_NUMBER = 7;

  private static final Scan SCAN = Classes.scan(LI, MORNING, Act.IN, NINE);
  private static final SealedReceipt RECEIPT =
      new SealedReceipt("R1", 1, "record", hash(1), NINE.toEpochMilli());

  private static final ClassEvent WAS_FILED = new ClassEvent.Filed(FILING, CLASS_RULES, NINE);
  private static final ClassEvent WAS_APPROVED = new ClassEvent.Approved("token-1", NINE);
  private static final ClassEvent WAS_RETURNED = new ClassEvent.Returned("token-1", "why", NINE);
  private static final ClassEvent WERE_ENROLLED =
      new ClassEvent.Enrolled(List.of(LI, STRANGER), NINE);
  private static final ClassEvent WAS_UNENROLLED =
      new ClassEvent.Unenrolled(LI, "moved away", NINE, Optional.empty());
  private static final ClassEvent NAME_WAS_MENDED =
      new ClassEvent.NameMended(LI, "typing error", NINE, Optional.empty());
  private static final ClassEvent WAS_SCHEDULED = new ClassEvent.Scheduled(List.of(MORNING), NINE);
  private static final ClassEvent WAS_ADMITTED =
      new ClassEvent.VoucherAdmitted(WANG, OTHER_VOUCHER, NINE);
  private static final ClassEvent WAS_WITHDRAWN =
      new ClassEvent.VoucherWithdrawn(LI, VOUCHER, NINE);
  private static final ClassEvent WAS_OPENED = new ClassEvent.Opened(NINE);
  private static final ClassEvent HAS_ATTENDED =
      new ClassEvent.Attended(SCAN, true, "V1", VERIFIED, RECEIPT, NINE, Optional.empty());
  private static final ClassEvent WAS_CLOSED =
      new ClassEvent.Closed(0, ReceiptDraft.NO_PREVIOUS, LAST_SCAN);

  private static final DeviceStatement STATEMENT = Field.statement("D1-1", 1, NO_PREVIOUS, NINE);
  private static final ClassEvent WAS_SET_ASIDE =
      new ClassEvent.Quarantined(
          Optional.of(LI),
          MORNING.id(),
          Act.OUT,
          SCAN.body(),
          STATEMENT,
          "captured",
          false,
          Classes.HERE,
          NINE);
  private static final ClassEvent WAS_NOTED =
      new ClassEvent.DeviceNoted(
          DeviceAnomaly.GAP,
          MORNING.id(),
          Act.IN,
          Field.statement("D1-1", 5, NO_PREVIOUS, NINE),
          1,
          NINE);
  private static final ClassCommand.Change CHANGE = new ClassCommand.Change("token-2", "why");
  private static final ClassEvent WAS_WAIVED = new ClassEvent.GapWaived("D1-1", 1, 5, CHANGE, NINE);
  private static final ClassEvent WAS_RESCHEDULED =
      new ClassEvent.Rescheduled(List.of(MORNING), CHANGE, NINE);
  private static final Window CHECKED = new Window(NINE, LAST_SCAN);
  private static final ClassEvent WAS_CHECKED =
      new ClassEvent.SpotCheckCalled(MORNING.id(), CHECKED, "token-1", NINE);
  private static final Correction CORRECTION =
      new Correction(
          "K1",
          LI,
          MORNING.id(),
          Correction.Kind.BACK_FILL,
          "why",
          "token-1",
          NINE,
          Optional.empty());
  private static final ClassEvent WAS_PROPOSED =
      new ClassEvent.CorrectionProposed(CORRECTION, NINE);
  private static final Correction.Decision APPROVED_BY_TWO =
      new Correction.Decision(true, "token-2", "so it was", NINE);
  private static final ClassEvent WAS_DECIDED =
      new ClassEvent.CorrectionDecided("K1", APPROVED_BY_TWO, NINE);
  private static final ClassEvent FLAG_WAS_DECIDED =
      new ClassEvent.FlagDecided("F1", true, CHANGE, NINE);

  /** Open, with a correction that waits and a device behind a gap. */
  private static final Open SUPERVISED =
      new Open(
          PLAN,
          OPEN.ledger(),
          OPEN.chain(),
          Map.of("D1-1", new DeviceChainHead(1, NO_PREVIOUS, 0, 5, 0, 0, false, "")),
          new Supervision(Map.of(), List.of(CORRECTION)));

  private static final List<ClassState> STATES =
      List.of(UNFILED, FILED, RETURNED, APPROVED, OPEN, CLOSED);
  private static final List<ClassEvent> EVENTS =
      List.of(
          WAS_FILED,
          WAS_APPROVED,
          WAS_RETURNED,
          WERE_ENROLLED,
          WAS_UNENROLLED,
          NAME_WAS_MENDED,
          WAS_SCHEDULED,
          WAS_ADMITTED,
          WAS_WITHDRAWN,
          WAS_OPENED,
          HAS_ATTENDED,
          WAS_SET_ASIDE,
          WAS_NOTED,
          WAS_WAIVED,
          WAS_RESCHEDULED,
          WAS_CHECKED,
          WAS_PROPOSED,
          WAS_DECIDED,
          FLAG_WAS_DECIDED,
          WAS_CLOSED);

  private static final Plan ADMITTED = PLAN.withRoster(roster("V1", "V2"));
  private static final Plan UNENROLLED =
      PLAN.withRoster(
          Roster.of(List.of(new Roster.Entry(LI, false, Optional.of(VOUCHER)), entry(WANG, ""))));
  private static final Plan WITHDRAWN = PLAN.withRoster(roster("", ""));

  /** The pairs that can be; every other one cannot. */
  private static final Map<ClassState, Map<ClassEvent, ClassState>> POSSIBLE =
      Map.of(
          UNFILED,
          Map.of(WAS_FILED, FILED),
          FILED,
          Map.of(
              WAS_APPROVED,
              new Approved(new Plan(FILING, CLASS_RULES, NINE, Roster.EMPTY, Timetable.EMPTY)),
              WAS_RETURNED,
              new Returned(FILING, "why")),
          APPROVED,
          Map.of(
              WERE_ENROLLED,
              new Approved(PLAN.withRoster(PLAN.roster().with(List.of(STRANGER)))),
              WAS_UNENROLLED,
              new Approved(UNENROLLED),
              NAME_WAS_MENDED,
              APPROVED,
              WAS_SCHEDULED,
              new Approved(PLAN.withTimetable(Timetable.of(List.of(MORNING)))),
              WAS_ADMITTED,
              new Approved(ADMITTED),
              WAS_WITHDRAWN,
              new Approved(WITHDRAWN),
              WAS_RESCHEDULED,
              new Approved(PLAN.withTimetable(Timetable.of(List.of(MORNING)))),
              WAS_OPENED,
              OPEN),
          OPEN,
          ofOpen(),
          CLOSED,
          Map.of(FLAG_WAS_DECIDED, CLOSED));

  private static Map<ClassEvent, ClassState> ofOpen() {
    Map<ClassEvent, ClassState> next = new HashMap<>();
    next.put(WAS_UNENROLLED, OPEN.with(UNENROLLED));
    next.put(NAME_WAS_MENDED, OPEN);
    next.put(WAS_ADMITTED, new Open(ADMITTED, OPEN.ledger(), OPEN.chain()));
    next.put(WAS_WITHDRAWN, new Open(WITHDRAWN, OPEN.ledger(), OPEN.chain()));
    next.put(
        HAS_ATTENDED,
        new Open(
            PLAN,
            ScanLedger.of(
                List.of(
                    new ScanLedger.Entry(
                        SCAN.naturalKey(),
                        SCAN.key(),
                        SCAN.body(),
                        true,
                        EVENT_NUMBER,
                        Optional.empty(),
                        NINE.toEpochMilli(),
                        Optional.empty())),
                List.of()),
            new Chain(1, hash(1), NINE.toEpochMilli())));
    next.put(
        WAS_SET_ASIDE,
        new Open(
            PLAN,
            ScanLedger.of(
                List.of(),
                List.of(
                    new ScanLedger.Quarantined(
                        new ScanLedger.Numbered("D1-1", 1), SCAN.body(), false, true))),
            OPEN.chain(),
            Map.of(
                "D1-1",
                new DeviceChainHead(
                    2, Field.hashOf(STATEMENT), 1, 0, NINE.toEpochMilli(), 0, false, "S1")),
            Supervision.NONE));
    next.put(WAS_NOTED, SUPERVISED.with(Supervision.NONE));
    next.put(WAS_WAIVED, OPEN.with("D1-1", new DeviceChainHead(0, "", 0, 0, 0, 0, false, "")));
    next.put(WAS_RESCHEDULED, OPEN.with(PLAN.withTimetable(Timetable.of(List.of(MORNING)))));
    next.put(WAS_CHECKED, OPEN.with(new Supervision(Map.of("am", CHECKED), List.of())));
    next.put(WAS_PROPOSED, OPEN.with(new Supervision(Map.of(), List.of(CORRECTION))));
    next.put(FLAG_WAS_DECIDED, OPEN);
    next.put(WAS_CLOSED, CLOSED);
    return next;
  }

  record Pair(ClassState given, ClassEvent event) {
    Optional<ClassState> next() {
      return Optional.ofNullable(POSSIBLE.getOrDefault(given, Map.of()).get(event));
    }

    @Override
    public String toString() {
      return Variants.pair(given.getClass(), event.getClass())
          + " → "
          + next().map(ClassState::name).orElse("impossible");
    }
  }

  static Stream<Pair> pairs() {
    return STATES.stream().flatMap(state -> EVENTS.stream().map(event -> new Pair(state, event)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void eachEventLeadsToItsStateOrIsCalledImpossible(Pair pair) {
    if (pair.next().isPresent()) {
      assertEquals(
          pair.next().get(), ClassEvolution.evolve(pair.given(), pair.event(), EVENT_NUMBER));
      return;
    }
    var loud =
        assertThrows(
            IllegalStateException.class,
            () -> ClassEvolution.evolve(pair.given(), pair.event(), EVENT_NUMBER));
    assertTrue(String.valueOf(loud.getMessage()).endsWith("the state " + pair.given().name()));
  }

  @Test
  void everyStateAndEveryEventTakesPart() {
    assertEquals(Variants.of(ClassState.class), classes(STATES));
    assertEquals(Variants.of(ClassEvent.class), classes(EVENTS));
  }

  @Test
  void aClassThatWasNeverFiledIsUnfiledAndEveryOtherKnowsItsFiling() {
    assertEquals(UNFILED, ClassState.initial());
    for (ClassState state : STATES) {
      assertEquals(
          state.equals(UNFILED) ? Optional.empty() : Optional.of(FILING), state.lastFiling());
    }
  }

  @Test
  void aGapThatIsWaivedLetsTheDevicesLineGoOnBehindIt() {
    assertEquals(
        SUPERVISED.with("D1-1", new DeviceChainHead(5, "", 0, 0, 0, 0, false, "")),
        ClassEvolution.evolve(SUPERVISED, WAS_WAIVED, EVENT_NUMBER));
  }

  @Test
  void aDecidedCorrectionKeepsItsProposalAndTheDecision() {
    assertEquals(
        SUPERVISED.with(new Supervision(Map.of(), List.of(CORRECTION.decided(APPROVED_BY_TWO)))),
        ClassEvolution.evolve(SUPERVISED, WAS_DECIDED, EVENT_NUMBER));
  }

  private static Roster roster(String ofLi, String ofWang) {
    return Roster.of(List.of(entry(LI, ofLi), entry(WANG, ofWang)));
  }

  private static Roster.Entry entry(PersonPseudonym person, String voucher) {
    return new Roster.Entry(
        person, true, Optional.of(voucher).filter(value -> !value.isEmpty()).map(VoucherId::new));
  }

  private static Set<Class<?>> classes(List<?> values) {
    return values.stream().map(Object::getClass).collect(Collectors.toSet());
  }
}
