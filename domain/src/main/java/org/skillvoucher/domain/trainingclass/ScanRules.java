package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.VoucherId;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
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

  /** What the class says of a scan. */
  public sealed interface Verdict {
    /** It was kept before; its receipt stands in this entry's event. */
    record Seen(ScanLedger.Entry entry) implements Verdict {}

    record Refused(ClassRefusal reason) implements Verdict {}

    /** It would count. */
    record Counts(Open open, boolean late, String voucher) implements Verdict {}
  }

  /** What the class says of a scan by a device of the given institution. */
  public static Verdict weigh(ClassState state, Scan scan, CreditCode institution, Instant now) {
    return switch (state) {
      case ClassState foreign when !isOf(institution, foreign) ->
          refused(new ClassRefusal.NotEnrolled());
      case Unfiled unfiled -> refused(new ClassRefusal.NotEnrolled());
      case Filed filed -> refused(new ClassRefusal.NotApproved());
      case Returned returned -> refused(new ClassRefusal.NotApproved());
      case Approved(var plan) ->
          entitled(plan, scan).orElseGet(() -> refused(new ClassRefusal.WrongState(state.name())));
      case Open open ->
          seen(open.ledger(), scan)
              .or(() -> entitled(open.plan(), scan))
              .orElseGet(() -> inLesson(open, scan, now));
      case Closed closed ->
          seen(closed.ledger(), scan)
              .or(() -> entitled(closed.plan(), scan))
              .orElseGet(() -> refused(new ClassRefusal.WrongState(state.name())));
    };
  }

  private static boolean isOf(CreditCode institution, ClassState state) {
    return state.lastFiling().map(Filing::institution).equals(Optional.of(institution));
  }

  private static Optional<Verdict> seen(ScanLedger ledger, Scan scan) {
    Optional<ScanLedger.Entry> sameKey = ledger.by(scan.key());
    if (sameKey.isPresent() && !sameKey.get().body().equals(scan.body())) {
      return Optional.of(refused(new ClassRefusal.KeyReused()));
    }
    return sameKey.or(() -> ledger.by(scan.naturalKey())).map(Verdict.Seen::new);
  }

  /** R01 for the scan's own time, then the roster. */
  private static Optional<Verdict> entitled(Plan plan, Scan scan) {
    if (scan.statement().tappedAt().isBefore(plan.approvedAt())) {
      return Optional.of(refused(new ClassRefusal.NotApproved()));
    }
    return plan.roster().has(scan.person())
        ? Optional.empty()
        : Optional.of(refused(new ClassRefusal.NotEnrolled()));
  }

  private static Verdict inLesson(Open open, Scan scan, Instant now) {
    Optional<Lesson> lesson = open.plan().timetable().lesson(scan.lesson());
    if (lesson.isEmpty()) {
      return refused(new ClassRefusal.NoSuchLesson());
    }
    AttendanceRules rules = open.plan().rules().attendance();
    Optional<VoucherId> voucher = open.plan().roster().voucherOf(scan.person());
    if (rules.voucherRequired() && voucher.isEmpty()) {
      return refused(new ClassRefusal.NoVoucher());
    }
    boolean out = scan.act() == Act.OUT;
    Windows.Window window =
        out ? Windows.signOut(lesson.get(), rules) : Windows.signIn(lesson.get(), rules);
    if (!window.contains(now)) {
      return refused(new ClassRefusal.OutsideWindow(window.opensAt(), window.closesAt()));
    }
    if (out && open.ledger().by(signInOf(scan)).isEmpty()) {
      return refused(new ClassRefusal.OutWithoutIn());
    }
    boolean late = !out && Windows.isLate(lesson.get(), now, rules);
    return new Verdict.Counts(open, late, voucher.map(VoucherId::value).orElse(""));
  }

  private static Scan.NaturalKey signInOf(Scan scan) {
    return new Scan.NaturalKey(scan.person(), scan.lesson(), Act.IN);
  }

  private static Verdict refused(ClassRefusal reason) {
    return new Verdict.Refused(reason);
  }
}
