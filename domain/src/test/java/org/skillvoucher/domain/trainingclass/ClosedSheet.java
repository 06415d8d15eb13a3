package org.skillvoucher.domain.trainingclass;

import java.util.Comparator;
import java.util.List;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Mark;
import org.skillvoucher.domain.identity.VoucherId;

/** The attendance sheet (R42) of a closed class, counted from its state. */
final class ClosedSheet {
  private ClosedSheet() {}

  /** The ledger does not record which scans were offline, so that all count as online here. */
  static AttendanceSheet of(ClassState.Closed closed) {
    List<Mark> marks =
        closed.ledger().entries().stream()
            .map(
                entry ->
                    new Mark(
                        entry.naturalKey().person(),
                        entry.naturalKey().lesson(),
                        entry.naturalKey().act(),
                        entry.late()))
            .toList();
    ClassState.Plan plan = closed.plan();
    Supervision supervision = closed.supervision();
    return AttendanceSheet.of(
        plan.timetable().lessons(),
        plan.roster().people(),
        new AttendanceSheet.Input(marks, approved(supervision), supervision.spotChecks().keySet()),
        plan.rules().attendance());
  }

  /** In the order of the decisions, because the sheet follows the last; of two at once by id. */
  private static List<AttendanceSheet.Corrected> approved(Supervision supervision) {
    return supervision.corrections().stream()
        .filter(Correction::isApproved)
        .sorted(
            Comparator.comparing(
                    (Correction correction) -> correction.decision().orElseThrow().at())
                .thenComparing(Correction::id))
        .map(
            correction ->
                new AttendanceSheet.Corrected(
                    correction.person(),
                    correction.lesson(),
                    correction.kind() == Correction.Kind.BACK_FILL))
        .toList();
  }

  static List<VoucherId> completedVouchers(ClassState.Closed closed) {
    return of(closed).rows().stream()
        .filter(AttendanceSheet.Row::completed)
        .flatMap(row -> closed.plan().roster().voucherOf(row.person()).stream())
        .toList();
  }
}
