package org.skillvoucher.gateway.api;

import java.util.List;
import java.util.Map;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.voucher.VoucherRefusal;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;
import org.skillvoucher.gateway.projection.Views;

/** The problems of vouchers that do not fit a class, in both languages. */
final class VoucherProblems {
  private VoucherProblems() {}

  static Problem of(VoucherRefusal.ClassTakesNone refusal) {
    return refusal.classState().equals("closed")
        ? ClassProblems.wrongState(refusal.classState())
        : ClassProblems.notApproved();
  }

  static Problem of(VoucherRefusal.OutOfScope refusal) {
    return Problem.of(
            Code.VOUCHER_SCOPE,
            "The voucher is for %s, the class trains %s."
                .formatted(refusal.voucher(), refusal.trainingClass()),
            "培训券适用于 %s，班级为 %s。".formatted(refusal.voucher(), refusal.trainingClass()))
        .with("facts", Map.of("voucher", refusal.voucher(), "class", refusal.trainingClass()));
  }

  static Problem of(VoucherRefusal.OutOfRegion refusal) {
    List<String> usable = refusal.usable().stream().map(RegionCode::value).toList();
    String region = refusal.ofClass().value();
    return Problem.of(
            Code.VOUCHER_REGION,
            "The voucher can be used in %s, the class is in %s."
                .formatted(String.join(", ", usable), region),
            "培训券可在 %s 使用，班级所在地区为 %s。".formatted(String.join("、", usable), region))
        .with("facts", Map.of("voucher", usable, "class", region));
  }

  static Problem of(VoucherRefusal.NotAtInstitution refusal) {
    List<String> usable = refusal.usable().stream().map(CreditCode::value).toList();
    String institution = refusal.ofClass().value();
    Text why =
        refusal.inDirectory()
            ? new Text(
                "The voucher can be used at %s, the class is one of %s."
                    .formatted(String.join(", ", usable), institution),
                "培训券可在 %s 使用，班级属于 %s。".formatted(String.join("、", usable), institution))
            : new Text(
                "%s is not in the directory now.".formatted(institution),
                "%s 目前不在培训机构目录中。".formatted(institution));
    return Problem.of(Code.VOUCHER_INSTITUTION, why.en(), why.zh())
        .with(
            "facts",
            Map.of("voucher", usable, "class", institution, "inDirectory", refusal.inDirectory()));
  }

  /** 409 of a binding; the roster's rows have the same text. */
  static Problem of(Views.Overlap overlap) {
    Text text = text(overlap);
    return Problem.of(Code.SCHEDULE_OVERLAP, text.en(), text.zh())
        .with(
            "facts",
            Map.of(
                "lesson", overlap.own().value(),
                "otherClass", overlap.classId().value(),
                "otherLesson", overlap.lesson().value(),
                "startsAt", Times.text(overlap.startsAt()),
                "endsAt", Times.text(overlap.endsAt())));
  }

  static Text text(Views.Overlap overlap) {
    Object[] facts = {
      overlap.own(),
      overlap.lesson(),
      overlap.classId(),
      Times.text(overlap.startsAt()),
      Times.text(overlap.endsAt())
    };
    return new Text(
        "Lesson %s meets lesson %s of class %s, from %s to %s.".formatted(facts),
        "课次 %s 与班级 %3$s 的课次 %2$s 时间重叠（%4$s 至 %5$s）。".formatted(facts));
  }
}
