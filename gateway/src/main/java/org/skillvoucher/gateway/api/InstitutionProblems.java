package org.skillvoucher.gateway.api;

import java.util.Locale;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.domain.institution.StopReason;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.Times;

/** Maps refusals of an institution to problems. */
final class InstitutionProblems {
  private InstitutionProblems() {}

  static Problem of(InstitutionRefusal refusal) {
    return switch (refusal) {
      case InstitutionRefusal.NotAdmitted r -> notAdmitted();
      case InstitutionRefusal.AdmittedOtherwise r ->
          state("It was admitted with other data before.", "该机构已以其他信息纳入目录。");
      case InstitutionRefusal.OutForEdition(var edition) ->
          state(
              "It left the directory of " + edition + "; a later edition may admit it anew.",
              "该机构已退出 " + edition + " 年度目录，可在以后年度重新纳入。");
      case InstitutionRefusal.Stopped(var from) ->
          state(
              "It is suspended, or out, since " + Times.text(from) + ".",
              "该机构自 " + Times.text(from) + " 起已暂停或退出。");
      case InstitutionRefusal.MayNotTrain(var from) -> ScanProblems.suspended(from);
      case InstitutionRefusal.NotSuspended r -> state("It is not suspended.", "该机构未被暂停。");
      case InstitutionRefusal.ReasonNotFit(var reason, var accepted) ->
          Problem.of(
                  Code.REASON_NOT_FIT,
                  "For " + reason.code() + " such an institution is not stopped in this way.",
                  "不能以 " + reason.code() + " 为由对该类机构作此处理。")
              .with("reason", reason.code())
              .with("accepted", accepted.stream().map(StopReason::code).toList());
      case InstitutionRefusal.EditionNotOpen(var edition, var opensOn) ->
          Problem.of(
                  Code.EDITION_NOT_OPEN,
                  "The directory of " + edition + " opens on " + opensOn + ".",
                  edition + " 年度目录自 " + opensOn + " 起受理。")
              .with("edition", edition)
              .with("opensOn", opensOn.toString());
      case InstitutionRefusal.Barred(var until) ->
          Problem.of(
                  Code.BARRED_UNTIL,
                  "It left for fraud, and is barred until " + until + ".",
                  "该机构因造假退出目录，" + until + " 前不得重新纳入。")
              .with("barredUntil", until.toString());
      case InstitutionRefusal.NoSuchPlace r ->
          Problem.of(Code.SITE_UNKNOWN, "There is no such site or room of it.", "该机构没有此培训点或教室。");
      case InstitutionRefusal.NoSuchDevice r -> Problem.notFound();
      case InstitutionRefusal.InvitedOtherwise r -> Problem.keyReused();
      case InstitutionRefusal.DeviceState(var status) ->
          Problem.of(
                  Code.DEVICE_STATE,
                  "The device is " + status.name().toLowerCase(Locale.ROOT) + ".",
                  "设备当前状态为 " + status.name().toLowerCase(Locale.ROOT) + "。")
              .with("state", status.name().toLowerCase(Locale.ROOT));
      case InstitutionRefusal.CodeUsed r ->
          Problem.of(
              Code.ENROLMENT_CODE_USED,
              "The code was used, has expired, or is of another device.",
              "注册码已使用、已过期或属于其他设备。");
      case InstitutionRefusal.Full(var most) ->
          state("There are at most " + most + ".", "数量上限为 " + most + "。");
    };
  }

  static Problem notAdmitted() {
    return Problem.of(
        Code.INSTITUTION_NOT_ADMITTED, "The institution is not in the directory.", "该机构未纳入培训机构目录。");
  }

  private static Problem state(String en, String zh) {
    return Problem.of(Code.INSTITUTION_STATE, en, zh);
  }
}
