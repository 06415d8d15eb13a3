package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.CLASS_RULES;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.OTHER_VOUCHER;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.VOUCHER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;
import static org.skillvoucher.domain.identity.Actors.BUREAU;
import static org.skillvoucher.domain.receipt.ReceiptDraft.NO_PREVIOUS;
import static org.skillvoucher.domain.trainingclass.Classes.APPROVED;
import static org.skillvoucher.domain.trainingclass.Classes.CLOSED;
import static org.skillvoucher.domain.trainingclass.Classes.FILED;
import static org.skillvoucher.domain.trainingclass.Classes.FILING;
import static org.skillvoucher.domain.trainingclass.Classes.HERE;
import static org.skillvoucher.domain.trainingclass.Classes.LAST_SCAN;
import static org.skillvoucher.domain.trainingclass.Classes.OPEN;
import static org.skillvoucher.domain.trainingclass.Classes.RETURNED;
import static org.skillvoucher.domain.trainingclass.Classes.UNFILED;
import static org.skillvoucher.domain.trainingclass.Classes.VERIFIED;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.Variants;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.receipt.ReceiptDraft;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent.Approved;
import org.skillvoucher.domain.trainingclass.ClassEvent.Closed;
import org.skillvoucher.domain.trainingclass.ClassEvent.Enrolled;
import org.skillvoucher.domain.trainingclass.ClassEvent.Filed;
import org.skillvoucher.domain.trainingclass.ClassEvent.Opened;
import org.skillvoucher.domain.trainingclass.ClassEvent.Returned;
import org.skillvoucher.domain.trainingclass.ClassEvent.VoucherAdmitted;
import org.skillvoucher.domain.trainingclass.ClassEvent.VoucherWithdrawn;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotApproved;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotEnrolled;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotFiled;
import org.skillvoucher.domain.trainingclass.ClassRefusal.ReasonRequired;
import org.skillvoucher.domain.trainingclass.ClassRefusal.WrongState;

/** The decision on each command in each state of a class. */
final class ClassDecisionsTest {
  private static final ClassCommand FILE = new ClassCommand.File(FILING, CLASS_RULES, NINE);
  private static final ClassCommand APPROVE = new ClassCommand.Approve("token-1", NINE);
  private static final ClassCommand RETURN = new ClassCommand.Return("token-1", "no venue", NINE);
  private static final ClassCommand ENROL =
      new ClassCommand.Enrol(List.of(LI, STRANGER, STRANGER), NINE);
  private static final ClassCommand SCHEDULE = new ClassCommand.Schedule(List.of(MORNING), NINE);
  private static final ClassCommand ADMIT =
      new ClassCommand.AdmitVoucher(WANG, OTHER_VOUCHER, NINE);
  private static final ClassCommand WITHDRAW = new ClassCommand.WithdrawVoucher(LI, VOUCHER, NINE);
  private static final ClassCommand OPEN_UP = new ClassCommand.Open(NINE);
  private static final ScanCommand.RecordAttendance SCAN =
      Classes.record(Classes.scan(LI, MORNING, Act.IN, NINE.minusSeconds(1)), NINE);
  private static final ClassCommand CLOSE = new ClassCommand.Close(LAST_SCAN);

  /** The one record that {@link #SCAN} yields (R41), with the whole draft of its receipt. */
  private static final ScanDecision.Attendance ATTENDED =
      new ScanDecision.Attendance(
          SCAN.scan(),
          false,
          "V1",
          VERIFIED,
          new ReceiptDraft(
              SCAN.receiptId(),
              Act.IN,
              "C1/am",
              1,
              NO_PREVIOUS,
              NINE.toEpochMilli(),
              "subject",
              NINE.toEpochMilli() - 1000,
              "V1"),
          HERE,
          NINE);

  /** One pair of the table. */
  record Row(ClassState given, ClassCommand when, Decision<ClassEvent, ClassRefusal> then) {
    String pair() {
      return Variants.pair(given.getClass(), when.getClass());
    }

    @Override
    public String toString() {
      return pair() + " → " + then;
    }
  }

  private static final List<Row> OF_PREPARATION =
      List.of(
          new Row(UNFILED, FILE, accept(new Filed(FILING, CLASS_RULES, NINE))),
          new Row(UNFILED, APPROVE, reject(new NotFiled())),
          new Row(UNFILED, RETURN, reject(new NotFiled())),
          new Row(UNFILED, ENROL, reject(new NotFiled())),
          new Row(UNFILED, SCHEDULE, reject(new NotFiled())),
          new Row(UNFILED, ADMIT, reject(new NotFiled())),
          new Row(UNFILED, WITHDRAW, reject(new NotFiled())),
          new Row(UNFILED, OPEN_UP, reject(new NotFiled())),
          new Row(UNFILED, CLOSE, reject(new NotFiled())),
          new Row(FILED, FILE, already()),
          new Row(FILED, APPROVE, accept(new Approved("token-1", NINE))),
          new Row(FILED, RETURN, accept(new Returned("token-1", "no venue", NINE))),
          new Row(FILED, ENROL, reject(new NotApproved())),
          new Row(FILED, SCHEDULE, reject(new NotApproved())),
          new Row(FILED, ADMIT, reject(new NotApproved())),
          new Row(FILED, WITHDRAW, reject(new NotApproved())),
          new Row(FILED, OPEN_UP, reject(new NotApproved())),
          new Row(FILED, CLOSE, reject(new NotApproved())),
          new Row(RETURNED, FILE, already()),
          new Row(RETURNED, APPROVE, wrongState("returned")),
          new Row(RETURNED, RETURN, already()),
          new Row(RETURNED, ENROL, reject(new NotApproved())),
          new Row(RETURNED, SCHEDULE, reject(new NotApproved())),
          new Row(RETURNED, ADMIT, reject(new NotApproved())),
          new Row(RETURNED, WITHDRAW, reject(new NotApproved())),
          new Row(RETURNED, OPEN_UP, reject(new NotApproved())),
          new Row(RETURNED, CLOSE, reject(new NotApproved())),
          new Row(APPROVED, FILE, already()),
          new Row(APPROVED, APPROVE, already()),
          new Row(APPROVED, RETURN, wrongState("approved")),
          new Row(APPROVED, ENROL, accept(new Enrolled(List.of(STRANGER), NINE))),
          new Row(APPROVED, SCHEDULE, reject(new ReasonRequired())),
          new Row(APPROVED, ADMIT, accept(new VoucherAdmitted(WANG, OTHER_VOUCHER, NINE))),
          new Row(APPROVED, WITHDRAW, accept(new VoucherWithdrawn(LI, VOUCHER, NINE))),
          new Row(APPROVED, OPEN_UP, accept(new Opened(NINE))),
          new Row(APPROVED, CLOSE, wrongState("approved")),
          new Row(OPEN, FILE, already()),
          new Row(OPEN, APPROVE, already()),
          new Row(OPEN, RETURN, wrongState("open")),
          new Row(OPEN, ENROL, wrongState("open")),
          new Row(OPEN, SCHEDULE, reject(new ReasonRequired())),
          new Row(OPEN, ADMIT, accept(new VoucherAdmitted(WANG, OTHER_VOUCHER, NINE))),
          new Row(OPEN, WITHDRAW, accept(new VoucherWithdrawn(LI, VOUCHER, NINE))),
          new Row(OPEN, OPEN_UP, already()),
          new Row(OPEN, CLOSE, accept(new Closed(0, NO_PREVIOUS, LAST_SCAN))),
          new Row(CLOSED, FILE, already()),
          new Row(CLOSED, APPROVE, already()),
          new Row(CLOSED, RETURN, wrongState("closed")),
          new Row(CLOSED, ENROL, wrongState("closed")),
          new Row(CLOSED, SCHEDULE, wrongState("closed")),
          new Row(CLOSED, ADMIT, wrongState("closed")),
          new Row(CLOSED, WITHDRAW, wrongState("closed")),
          new Row(CLOSED, OPEN_UP, wrongState("closed")),
          new Row(CLOSED, CLOSE, already()));

  private static final ClassCommand.Change BY_TWO = new ClassCommand.Change("token-2", "why");
  private static final ClassCommand SPOT_CHECK =
      new ClassCommand.CallSpotCheck(MORNING.id(), 10, "token-1", NINE);
  private static final Correction CORRECTION =
      new Correction(
          "K1",
          LI,
          MORNING.id(),
          Correction.Kind.BACK_FILL,
          "the reader broke",
          "token-1",
          LAST_SCAN,
          Optional.empty());
  private static final ClassCommand PROPOSE =
      new ClassCommand.ProposeCorrection(CORRECTION, LAST_SCAN);
  private static final ClassCommand DECIDE =
      new ClassCommand.DecideCorrection("K1", true, BY_TWO, LAST_SCAN);
  private static final ClassCommand WAIVE = new ClassCommand.WaiveGap("D1-1", BY_TWO, NINE);
  private static final ClassCommand DECIDE_FLAG =
      new ClassCommand.DecideFlag("F1", true, BY_TWO, NINE);

  /** What people may add to a class that runs, and to no other. */
  private static final List<Row> OF_SUPERVISION =
      Stream.of(SPOT_CHECK, PROPOSE, DECIDE, WAIVE, DECIDE_FLAG)
          .flatMap(
              command ->
                  Stream.of(
                      new Row(UNFILED, command, reject(new NotFiled())),
                      new Row(FILED, command, reject(new NotApproved())),
                      new Row(RETURNED, command, reject(new NotApproved())),
                      new Row(APPROVED, command, wrongState("approved")),
                      new Row(OPEN, command, ofOpen(command)),
                      new Row(
                          CLOSED,
                          command,
                          command.equals(DECIDE_FLAG) ? ofOpen(command) : wrongState("closed"))))
          .toList();

  private static final ClassCommand UNENROL = new ClassCommand.Unenrol(LI, "moved away", NINE);
  private static final ClassCommand MEND = new ClassCommand.MendName(LI, "typing error", NINE);
  private static final Decision<ClassEvent, ClassRefusal> UNENROLLED =
      accept(new ClassEvent.Unenrolled(LI, "moved away", NINE, Optional.empty()));
  private static final Decision<ClassEvent, ClassRefusal> MENDED =
      accept(new ClassEvent.NameMended(LI, "typing error", NINE, Optional.empty()));

  private static final List<Row> OF_THE_ROSTER =
      Stream.of(UNENROL, MEND)
          .flatMap(
              command ->
                  Stream.of(
                      new Row(UNFILED, command, reject(new NotFiled())),
                      new Row(FILED, command, reject(new NotApproved())),
                      new Row(RETURNED, command, reject(new NotApproved())),
                      new Row(APPROVED, command, command.equals(MEND) ? MENDED : UNENROLLED),
                      new Row(OPEN, command, command.equals(MEND) ? MENDED : UNENROLLED),
                      new Row(CLOSED, command, wrongState("closed"))))
          .toList();

  private static final List<Row> TABLE =
      Stream.of(OF_PREPARATION, OF_SUPERVISION, OF_THE_ROSTER).flatMap(List::stream).toList();

  private static Decision<ClassEvent, ClassRefusal> ofOpen(ClassCommand command) {
    return switch (command) {
      case ClassCommand.CallSpotCheck call ->
          accept(
              new ClassEvent.SpotCheckCalled(
                  MORNING.id(), new Window(NINE, minutes(10)), "token-1", NINE));
      case ClassCommand.ProposeCorrection propose ->
          accept(new ClassEvent.CorrectionProposed(CORRECTION, LAST_SCAN));
      case ClassCommand.DecideCorrection decide -> reject(new ClassRefusal.NoSuchCorrection());
      case ClassCommand.WaiveGap waive -> reject(new ClassRefusal.NoGap());
      default -> accept(new ClassEvent.FlagDecided("F1", true, BY_TWO, NINE));
    };
  }

  static Stream<Row> table() {
    return TABLE.stream();
  }

  @Test
  void aScanInEachStateIsDecidedByTheRules() {
    Map<ClassState, Decision<ClassEvent, ClassRefusal>> table =
        Map.of(
            UNFILED, reject(new NotEnrolled()),
            FILED, reject(new NotApproved()),
            RETURNED, reject(new NotApproved()),
            APPROVED, reject(new ClassRefusal.NotOpen()),
            OPEN, accept(ATTENDED.sealedBy(Classes::seal).events().getFirst()),
            CLOSED, wrongState("closed"));

    assertEquals(Variants.of(ClassState.class).size(), table.size());
    table.forEach((state, then) -> assertEquals(then, new ClassRun(state).send(SCAN)));
    assertEquals(ATTENDED, ScanDecider.record(OPEN, SCAN));
  }

  @ParameterizedTest
  @MethodSource("table")
  void eachCommandInEachStateIsDecidedAsInTheTable(Row row) {
    assertEquals(row.then(), ClassDecider.decide(row.given(), row.when(), BUREAU));
  }

  @Test
  void noPairIsLeftOutOfTheTable() {
    Set<String> pairs = TABLE.stream().map(Row::pair).collect(Collectors.toSet());

    assertEquals(Variants.pairs(ClassState.class, ClassCommand.class), pairs);
    assertEquals(pairs.size(), TABLE.size());
  }

  private static Decision<ClassEvent, ClassRefusal> wrongState(String state) {
    return reject(new WrongState(state));
  }
}
