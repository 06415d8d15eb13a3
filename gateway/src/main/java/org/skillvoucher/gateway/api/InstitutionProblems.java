package org.skillvoucher.gateway.api;

import java.util.Locale;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.Text;
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
      case InstitutionRefusal.NotSuspended r -> state("It is not suspended.", "该机构未被暂停。");
      case InstitutionRefusal.ReasonNotFit r ->
          Problem.invalid(
              Problem.Fault.at("/reason", new Text("is no reason for a suspension", "不能作为暂停的理由")));
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
