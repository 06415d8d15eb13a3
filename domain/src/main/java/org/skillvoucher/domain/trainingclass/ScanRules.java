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
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.domain.scan.Circumstances;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/**
 * Whether a scan counts. Asked twice for each: before the card platform is troubled, and again when
 * the scan is decided, because the class may have moved on in between.
 */
public final class ScanRules {
  private ScanRules() {}

  /**
   * What a class is asked about a statement.
   *
   * @param institution whose device it was
   * @param person empty while a code has not been resolved
   * @param institutionStoppedFrom from when its institution is suspended or out (R24)
   * @param alone whether its place among its device's statements counts yet; of a batch each is
   *     asked about before those before it are taken
   */
  public record Question(
      CreditCode institution,
      ReceivedStatement received,
      Optional<PersonPseudonym> person,
      Circumstances circumstances,
      Optional<Instant> institutionStoppedFrom,
      boolean alone,
      Instant now) {
    static Question of(ScanCommand.Record command) {
      return new Question(
          command.institution(),
          command.received(),
          Optional.of(command.scan().person()),
          command.circumstances(),
          command.institutionStoppedFrom(),
          true,
          command.at());
    }

    /** The time that counts: the gateway's, or of an offline statement the proven tap. */
    Instant time() {
      return circumstances.offline().isPresent() ? received.statement().tappedAt() : now;
    }
  }

  /** What the class says of a scan. */
  public sealed interface Check {
    /** It was kept before; its receipt stands in this entry's event. */
    record AlreadyRecorded(ScanLedger.Entry entry) implements Check {}

    /**
     * By another statement than the one that was kept.
     *
     * @param inTime whether it shows, offline, that the person did not come late after all
     */
    record Duplicate(ScanLedger.Entry entry, boolean inTime) implements Check {}

    record Refused(ClassRefusal reason) implements Check {}

    /** Nothing is against it; whose it is remains to be seen. */
    record PersonUnknown() implements Check {}

    /** It would count. */
    record Eligible(Open open, boolean late, String voucher) implements Check {}
  }

  /** What the class says of a statement. */
  public static Check check(ClassState state, Question question) {
    return switch (state) {
      case ClassState foreign when !isOf(question.institution(), foreign) ->
          refused(new ClassRefusal.NotEnrolled());
      case Unfiled unfiled -> refused(new ClassRefusal.NotEnrolled());
      case Filed filed -> refused(new ClassRefusal.NotApproved());
      case Returned returned -> refused(new ClassRefusal.NotApproved());
      case Approved(var plan) ->
          entitled(plan, question)
              .orElseGet(() -> refused(new ClassRefusal.WrongState(state.name())));
      case Open open ->
          alreadyRecorded(open.ledger(), question)
              .or(() -> StatementRules.check(open, question))
              .or(() -> duplicateOnline(open, question))
              .or(() -> entitled(open.plan(), question))
              .orElseGet(() -> notRecorded(open, question));
      case Closed closed ->
          alreadyRecorded(closed.ledger(), question)
              .or(() -> duplicate(closed.plan(), closed.ledger(), question))
              .or(() -> entitled(closed.plan(), question))
              .orElseGet(() -> refused(new ClassRefusal.WrongState(state.name())));
    };
  }

  static boolean isOf(CreditCode institution, ClassState state) {
    return state.lastFiling().map(Filing::institution).equals(Optional.of(institution));
  }

  /** By its key, or by its device's counter. */
  private static Optional<Check> alreadyRecorded(ScanLedger ledger, Question question) {
    ReceivedStatement heard = question.received();
    Optional<ScanLedger.Entry> sameKey = ledger.by(heard.key());
    if (sameKey.isPresent() && !sameKey.get().body().equals(heard.body())) {
      return Optional.of(refused(new ClassRefusal.KeyReused()));
    }
    return sameKey
        .or(
            () ->
                StatementRules.numbered(heard)
                    .flatMap(ledger::by)
                    .filter(entry -> entry.body().equals(heard.body())))
        .map(Check.AlreadyRecorded::new);
  }

  /** The same person, lesson and act by another statement. */
  private static Optional<Check.Duplicate> duplicate(
      Plan plan, ScanLedger ledger, Question question) {
    ReceivedStatement heard = question.received();
    return question
        .person()
        .flatMap(person -> ledger.by(Scan.of(person, heard).naturalKey()))
        .map(
            entry ->
                new Check.Duplicate(
                    entry,
                    question.circumstances().offline().isPresent()
                        && entry.late()
                        && isInTime(plan, heard)));
  }

  /** Whatever the device's clock says; offline the time must be proven first. */
  private static Optional<Check> duplicateOnline(Open open, Question question) {
    return question.circumstances().offline().isEmpty()
        ? duplicate(open.plan(), open.ledger(), question).map(repeats -> repeats)
        : Optional.empty();
  }

  /** A tap faster than people can shows nothing, or which one came first would decide. */
  private static Optional<Check> duplicateOffline(Open open, Question question) {
    return duplicate(open.plan(), open.ledger(), question)
        .map(
            repeats ->
                StatementRules.isTooFast(open, question.received().statement())
                    ? new Check.Duplicate(repeats.entry(), false)
                    : repeats);
  }

  private static boolean isInTime(Plan plan, ReceivedStatement heard) {
    AttendanceRules rules = plan.rules().attendance();
    Instant tappedAt = heard.statement().tappedAt();
    return plan.timetable()
        .lesson(heard.lesson())
        .filter(lesson -> Windows.signIn(lesson, rules).contains(tappedAt))
        .filter(lesson -> !Windows.isLate(lesson, tappedAt, rules))
        .isPresent();
  }

  /** R01 for the scan's own time, then who may be here: trainees of the roster and teachers. */
  private static Optional<Check> entitled(Plan plan, Question question) {
    if (question.received().statement().tappedAt().isBefore(plan.approvedAt())) {
      return Optional.of(refused(new ClassRefusal.NotApproved()));
    }
    return question.person().filter(person -> !plan.isTaughtOrTeaches(person)).isPresent()
        ? Optional.of(refused(new ClassRefusal.NotEnrolled()))
        : Optional.empty();
  }

  private static Check notRecorded(Open open, Question question) {
    Plan plan = open.plan();
    ReceivedStatement heard = question.received();
    Optional<Lesson> lesson = plan.timetable().lesson(heard.lesson());
    if (lesson.isEmpty()) {
      return refused(new ClassRefusal.NoSuchLesson());
    }
    Optional<Instant> stoppedFrom = question.institutionStoppedFrom();
    if (stoppedFrom.isPresent()
        && !question.time().isBefore(stoppedFrom.get())
        && !plan.rules().fieldRules().suspendedClassesGoOn()) {
      return refused(new ClassRefusal.InstitutionSuspended(stoppedFrom.get()));
    }
    Optional<Check> untimely = TapTimes.check(plan.rules().fieldRules(), question);
    if (untimely.isPresent()) {
      return untimely.get();
    }
    return question.person().isEmpty()
        ? new Check.PersonUnknown()
        : duplicateOffline(open, question)
            .or(() -> StatementRules.tooFast(open, question))
            .orElseGet(() -> inLesson(open, lesson.get(), question.person().get(), question));
  }

  private static Check inLesson(
      Open open, Lesson lesson, PersonPseudonym person, Question question) {
    Plan plan = open.plan();
    AttendanceRules rules = plan.rules().attendance();
    Optional<VoucherId> voucher = plan.roster().voucherOf(person);
    if (plan.roster().has(person) && rules.voucherRequired() && voucher.isEmpty()) {
      return refused(new ClassRefusal.NoVoucher());
    }
    Act act = question.received().act();
    Instant time = question.time();
    Window window = window(open, lesson, act);
    if (!window.contains(time)) {
      return refused(new ClassRefusal.OutsideWindow(window.opensAt(), window.closesAt()));
    }
    // Offline, the scan in may be in a batch that has not come yet; the sheet counts only both.
    if (act == Act.OUT
        && question.circumstances().offline().isEmpty()
        && !isIn(open, lesson, person)) {
      return refused(new ClassRefusal.OutWithoutIn());
    }
    boolean late = act == Act.IN && Windows.isLate(lesson, time, rules);
    return tooFarAway(open, person, question)
        .or(() -> codeUsedBefore(open, person, question))
        .or(() -> witnessUnfit(open, lesson, person, question))
        .orElseGet(() -> new Check.Eligible(open, late, voucher.map(VoucherId::value).orElse("")));
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
   * Only where the region refuses it; elsewhere the flags see it. Offline they always do: which of
   * two batches arrives first must not decide which tap counts.
   */
  private static Optional<Check> tooFarAway(Open open, PersonPseudonym person, Question question) {
    FieldRules rules = open.plan().rules().fieldRules();
    String site = question.circumstances().site();
    boolean offline = question.circumstances().offline().isPresent();
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

  /** A teacher of the class, or another trainee who is here. */
  private static Optional<Check> witnessUnfit(
      Open open, Lesson lesson, PersonPseudonym person, Question question) {
    boolean offline = question.circumstances().offline().isPresent();
    return question
        .circumstances()
        .witness()
        .filter(
            witness ->
                witness.equals(person)
                    || !(open.plan().filing().teachers().contains(witness)
                        || (open.plan().roster().has(witness)
                            && (offline || isIn(open, lesson, witness)))))
        .map(witness -> refused(new ClassRefusal.WitnessNotAccepted()));
  }

  private static Check refused(ClassRefusal reason) {
    return new Check.Refused(reason);
  }
}
