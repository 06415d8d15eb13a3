package org.skillvoucher.domain.trainingclass;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.policy.VoucherAtDoor;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassRefusal.NotOpen;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/**
 * Whether a scan counts. Checked twice: before the card platform is asked, and again when the scan
 * is decided, because the class's state may have changed in between.
 */
public final class ScanRules {
  private ScanRules() {}

  /**
   * A statement to check.
   *
   * @param institution whose device it was
   * @param person empty while a code has not been resolved
   * @param institutionStoppedFrom from when its institution is suspended or removed (R24)
   * @param checksOrder whether its place in its device's chain is checked; not in the pre-check of
   *     a batch, which precedes the decision on the statements before it
   */
  public record Question(
      CreditCode institution,
      ReceivedStatement received,
      Optional<PersonPseudonym> person,
      Circumstances circumstances,
      Optional<Instant> institutionStoppedFrom,
      boolean checksOrder,
      Instant now) {
    static Question of(ScanCommand.RecordAttendance command) {
      return new Question(
          command.institution(),
          command.received(),
          Optional.of(command.scan().person()),
          command.circumstances(),
          command.institutionStoppedFrom(),
          true,
          command.at());
    }

    boolean isOffline() {
      return circumstances.offline().isPresent();
    }

    /** The time that counts: the gateway's, or of an offline statement the proven tap. */
    Instant time() {
      return isOffline() ? received.statement().tappedAt() : now;
    }
  }

  /** What the rules find: an answer that needs no new receipt, or attendance. */
  sealed interface Check permits ScanResult.Known, Eligible {}

  /**
   * It would count.
   *
   * @param late of the question's person; false, and no voucher, while that is unknown
   */
  record Eligible(Open open, boolean late, String voucher) implements Check {}

  /** The answer to a statement, as far as it is known without a decision; empty: go on. */
  public static Optional<ScanResult.Known> preCheck(ClassState state, Question question) {
    return switch (check(state, question)) {
      case Eligible eligible -> Optional.empty();
      // Offline a duplicate uses up its device's counter, for which it must be decided.
      case ScanResult.Duplicate duplicate when question.isOffline() -> Optional.empty();
      case ScanResult.Known known -> Optional.of(known);
    };
  }

  static Check check(ClassState state, ScanCommand.RecordAttendance command) {
    return check(state, Question.of(command));
  }

  private static Check check(ClassState state, Question question) {
    return switch (state) {
      case ClassState foreign when !isOf(question.institution(), foreign) ->
          refused(new ClassRefusal.NotEnrolled());
      case Unfiled unfiled -> refused(new ClassRefusal.NotEnrolled());
      case Filed filed ->
          clockIsOff(filed.rules(), question)
              .orElseGet(() -> refused(new ClassRefusal.NotApproved()));
      case Returned returned -> refused(new ClassRefusal.NotApproved());
      case Approved(var plan) ->
          clockIsOff(plan.rules(), question)
              .or(() -> entitled(plan, question))
              .orElseGet(() -> refused(new NotOpen()));
      case Open open ->
          alreadyRecorded(open.ledger(), question)
              .or(() -> StatementRules.check(open, question))
              .or(() -> duplicateOnline(open, question))
              .or(() -> clockIsOff(open.plan().rules(), question))
              .or(() -> entitled(open.plan(), question))
              .orElseGet(() -> notRecorded(open, question));
      case Closed closed ->
          alreadyRecorded(closed.ledger(), question)
              .or(() -> duplicate(closed.plan(), closed.ledger(), question, question.isOffline()))
              .or(() -> clockIsOff(closed.plan().rules(), question))
              .or(() -> entitled(closed.plan(), question))
              .orElseGet(() -> refused(new ClassRefusal.WrongState(state.name())));
    };
  }

  static boolean isOf(CreditCode institution, ClassState state) {
    return state.lastFiling().map(Filing::institution).equals(Optional.of(institution));
  }

  /** By its key, or by its device's counter. */
  private static Optional<Check> alreadyRecorded(ScanLedger ledger, Question question) {
    ReceivedStatement received = question.received();
    Optional<ScanLedger.Entry> sameKey = ledger.by(received.key());
    if (sameKey.isPresent() && !sameKey.get().body().equals(received.body())) {
      return Optional.of(refused(new ClassRefusal.KeyReused()));
    }
    return sameKey
        .or(
            () ->
                StatementRules.numbered(received)
                    .flatMap(ledger::by)
                    .filter(entry -> entry.body().equals(received.body())))
        .map(entry -> new ScanResult.AlreadyRecorded(entry.eventNumber()));
  }

  /**
   * The same person, lesson and act by another statement.
   *
   * @param timeIsProven whether the time of the tap may show that the person was not late
   */
  private static Optional<Check> duplicate(
      Plan plan, ScanLedger ledger, Question question, boolean timeIsProven) {
    ReceivedStatement received = question.received();
    return question
        .person()
        .flatMap(
            person -> ledger.by(new Scan.NaturalKey(person, received.lesson(), received.act())))
        .map(
            entry ->
                new ScanResult.Duplicate(
                    entry.eventNumber(),
                    timeIsProven && entry.late() && isInTime(plan, received),
                    StatementRules.isQuarantined(ledger, received)));
  }

  /** Whatever the device's clock shows; offline the time must be proven first. */
  private static Optional<Check> duplicateOnline(Open open, Question question) {
    return question.isOffline()
        ? Optional.empty()
        : duplicate(open.plan(), open.ledger(), question, false);
  }

  /** A tap that was too fast proves no time, or the order of arrival would decide. */
  private static Optional<Check> duplicateOffline(Open open, Question question) {
    return question.isOffline()
        ? duplicate(
            open.plan(),
            open.ledger(),
            question,
            !StatementRules.isTooFast(open, question.received().statement()))
        : Optional.empty();
  }

  private static boolean isInTime(Plan plan, ReceivedStatement received) {
    AttendanceRules rules = plan.rules().attendance();
    Instant tappedAt = received.statement().tappedAt();
    return plan.timetable()
        .lesson(received.lesson())
        .filter(lesson -> Windows.signIn(lesson, rules).contains(tappedAt))
        .filter(lesson -> !Windows.isLate(lesson, tappedAt, rules))
        .isPresent();
  }

  /** Online, before all that the device's time is compared with: else the answer would mislead. */
  private static Optional<Check> clockIsOff(ClassRules rules, Question question) {
    return question.isOffline() ? Optional.empty() : TapTimes.check(rules.fieldRules(), question);
  }

  /** R01 for the time of the tap, then who may be here: trainees of the roster and teachers. */
  private static Optional<Check> entitled(Plan plan, Question question) {
    FieldRules rules = plan.rules().fieldRules();
    if (TapTimes.latest(rules, question).isBefore(plan.approvedAt())) {
      return TapTimes.check(rules, question)
          .or(() -> Optional.of(refused(new ClassRefusal.NotApproved())));
    }
    return isStranger(plan, question)
        ? Optional.of(refused(new ClassRefusal.NotEnrolled()))
        : Optional.empty();
  }

  private static boolean isStranger(Plan plan, Question question) {
    return question.person().filter(person -> !plan.isTaughtOrTeaches(person)).isPresent();
  }

  private static Check notRecorded(Open open, Question question) {
    Plan plan = open.plan();
    ReceivedStatement received = question.received();
    Optional<Lesson> lesson = plan.timetable().lesson(received.lesson());
    if (lesson.isEmpty()) {
      return refused(new ClassRefusal.NoSuchLesson());
    }
    Optional<Instant> stoppedFrom = question.institutionStoppedFrom();
    if (stoppedFrom.isPresent()
        && !question.time().isBefore(stoppedFrom.get())
        && !plan.rules().fieldRules().suspendedClassesGoOn()) {
      return refused(new ClassRefusal.InstitutionSuspended(stoppedFrom.get()));
    }
    return TapTimes.check(plan.rules().fieldRules(), question)
        .or(() -> duplicateOffline(open, question))
        .orElseGet(
            () ->
                question
                    .person()
                    .map(person -> identified(open, lesson.get(), person, question))
                    .orElseGet(() -> new Eligible(open, false, "")));
  }

  private static Check identified(
      Open open, Lesson lesson, PersonPseudonym person, Question question) {
    return StatementRules.tooFast(open, question)
        .orElseGet(() -> inLesson(open, lesson, person, question));
  }

  private static Check inLesson(
      Open open, Lesson lesson, PersonPseudonym person, Question question) {
    Plan plan = open.plan();
    AttendanceRules rules = plan.rules().attendance();
    Optional<VoucherId> voucher = plan.roster().voucherOf(person);
    boolean required = plan.rules().doorRules().voucher() == VoucherAtDoor.REQUIRED;
    if (required && plan.roster().has(person) && voucher.isEmpty()) {
      return refused(new ClassRefusal.NoVoucher());
    }
    Act act = question.received().act();
    Instant time = question.time();
    Window window = window(open, lesson, act);
    if (!window.contains(time)) {
      return refused(new ClassRefusal.OutsideWindow(window.opensAt(), window.closesAt()));
    }
    // Offline, the scan in may be in a later batch; the sheet counts only both together.
    if (act == Act.OUT && !question.isOffline() && !isIn(open, lesson, person)) {
      return refused(new ClassRefusal.OutWithoutIn());
    }
    boolean late = act == Act.IN && Windows.isLate(lesson, time, rules);
    return tooFarAway(open, person, question)
        .or(() -> codeUsedBefore(open, person, question))
        .or(() -> witnessUnfit(open, lesson, person, question))
        .orElseGet(() -> new Eligible(open, late, voucher.map(VoucherId::value).orElse("")));
  }

  private static Window window(Open open, Lesson lesson, Act act) {
    AttendanceRules rules = open.plan().rules().attendance();
    return switch (act) {
      case IN -> Windows.signIn(lesson, rules);
      case OUT -> Windows.signOut(lesson, rules);
      // Counts only while one is called; otherwise the empty window at the lesson's end.
      case CHECK -> open.supervision().spotCheck(lesson.id()).orElse(nothingAt(lesson));
      case REDEEM -> nothingAt(lesson);
      case VOID -> nothingAt(lesson);
    };
  }

  private static Window nothingAt(Lesson lesson) {
    return new Window(lesson.endsAt(), lesson.endsAt());
  }

  private static boolean isIn(Open open, Lesson lesson, PersonPseudonym person) {
    return open.ledger().by(new Scan.NaturalKey(person, lesson.id(), Act.IN)).isPresent();
  }

  /**
   * Only where the region refuses it; elsewhere it raises a flag. Offline it always does: the order
   * in which two batches arrive must not decide which tap counts.
   */
  private static Optional<Check> tooFarAway(Open open, PersonPseudonym person, Question question) {
    FieldRules rules = open.plan().rules().fieldRules();
    String site = question.circumstances().site();
    boolean offline = question.isOffline();
    if (!rules.velocityRefused() || offline || site.isEmpty()) {
      return Optional.empty();
    }
    long tappedAt = question.received().statement().tappedAt().toEpochMilli();
    return open.ledger()
        .lastOf(person)
        .filter(last -> last.statement().isPresent())
        .filter(last -> !open.siteOf(last).equals(site))
        .filter(
            last ->
                Math.abs(tappedAt - last.tappedAtMillis())
                    < Duration.ofMinutes(rules.velocityMinutesMin()).toMillis())
        .map(last -> refused(new ClassRefusal.Velocity(rules.velocityMinutesMin())));
  }

  /** One code once for each person; one phone, one person (代签). */
  private static Optional<Check> codeUsedBefore(
      Open open, PersonPseudonym person, Question question) {
    return question
        .circumstances()
        .roomCode()
        .flatMap(
            use -> {
              boolean others =
                  open.ledger()
                      .lastOf(use.phone())
                      .filter(last -> !last.naturalKey().person().equals(person))
                      .isPresent();
              if (others) {
                return Optional.of(refused(new ClassRefusal.PhoneAlreadyUsed()));
              }
              // By the phone too: the person may have tapped a card since.
              return Stream.of(open.ledger().lastOf(person), open.ledger().lastOf(use.phone()))
                      .flatMap(Optional::stream)
                      .flatMap(last -> last.roomCode().stream())
                      .anyMatch(last -> last.step() >= use.step())
                  ? Optional.of(refused(new ClassRefusal.CodeAlreadyUsed()))
                  : Optional.empty();
            });
  }

  /** A teacher of the class or, where the region lets trainees vouch, another one who is here. */
  private static Optional<Check> witnessUnfit(
      Open open, Lesson lesson, PersonPseudonym person, Question question) {
    boolean offline = question.isOffline();
    return question
        .circumstances()
        .witness()
        .filter(
            witness ->
                witness.equals(person)
                    || !(open.plan().filing().teachers().contains(witness)
                        || (open.plan().rules().doorRules().traineesWitness()
                            && open.plan().roster().has(witness)
                            && (offline || isIn(open, lesson, witness)))))
        .map(witness -> refused(new ClassRefusal.WitnessNotAccepted()));
  }

  private static Check refused(ClassRefusal reason) {
    return new ScanResult.Refused(reason);
  }
}
