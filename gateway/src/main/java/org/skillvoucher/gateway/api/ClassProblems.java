package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.util.List;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.http.Times;

/** The problems of a class from filing to close and of its lessons' windows, in both languages. */
final class ClassProblems {
  private ClassProblems() {}

  static Problem notApproved() {
    return Problem.of(
        Code.CLASS_NOT_APPROVED,
        "A class is filed first and runs after its approval.",
        "先备案后开班，经同意后方可组织实施。");
  }

  static Problem notOpen() {
    return Problem.of(
        Code.CLASS_NOT_OPEN,
        "The class is approved but not open. Its institution opens it once it has a roster and a"
            + " timetable; then send the scan again.",
        "班级已获同意但尚未开班。培训机构在名册与课程表齐备后办理开班，之后请重新发送本次签到。");
  }

  static Problem wrongState(String state) {
    return Problem.of(
            Code.CLASS_STATE, "The class is in the state " + state + ".", "班级当前状态为 " + state + "。")
        .with("state", state);
  }

  static Problem notReady(List<String> parts) {
    return Problem.of(
            Code.CLASS_STATE,
            "The class cannot open before it has: " + String.join(", ", parts) + ".",
            "开班前还缺少：" + String.join("、", parts) + "。")
        .with("missingParts", parts);
  }

  static Problem lessonsRemain(Instant until) {
    return Problem.of(
            Code.CLASS_STATE,
            "Lessons run until " + Times.text(until) + ".",
            "课程持续到 " + Times.text(until) + "，此前不能结班。")
        .with("until", until);
  }

  static Problem rosterFull(int most) {
    return Problem.of(
            Code.ROSTER_FULL,
            "A class of this region has at most " + most + " people.",
            "本地区每班最多 " + most + " 人。")
        .with("rosterMax", most);
  }

  static Problem timetableInvalid(String reason) {
    return Problem.of(
            Code.TIMETABLE_INVALID, "It was found that " + reason + ".", "课程表无法执行：" + reason + "。")
        .with("reason", reason);
  }

  static Problem sideNotAllowed(Side side, List<Side> allowed) {
    List<String> sides = allowed.stream().map(Side::code).toList();
    return Problem.of(
            Code.SIDE_NOT_ALLOWED,
            "Only the side " + String.join(", ", sides) + " decides this, not " + side.code() + ".",
            "此事项仅可由 " + String.join("、", sides) + " 方办理，不可由 " + side.code() + " 方办理。")
        .with("side", side.code())
        .with("allowed", sides);
  }

  static Problem notEnrolled() {
    return Problem.of(
        Code.NOT_ENROLLED,
        "There is no such class, or the person is not on its roster.",
        "没有该班级，或该人员不在其学员名册中。");
  }

  static Problem outWithoutIn() {
    return Problem.of(
        Code.SEQUENCE_VIOLATION, "The person has not signed in to this lesson.", "该人员尚未签到本课次。");
  }

  static Problem filingIncomplete(List<String> parts) {
    Text missing = new Text("is missing or blank", "缺失或为空");
    return Problem.of(
            Code.FILING_INCOMPLETE,
            "These parts are missing: " + String.join(", ", parts) + ".",
            "缺少以下内容：" + String.join("、", parts) + "。")
        .with("missingParts", parts)
        .withErrors(
            parts.stream()
                .map(part -> Problem.Fault.at(Requests.pointerOfPart(part), missing))
                .toList());
  }

  static Problem outsideWindow(Instant opensAt, Instant closesAt) {
    String from = Times.text(opensAt);
    String until = Times.text(closesAt);
    return Problem.of(
            Code.OUTSIDE_WINDOW,
            "A scan counts from " + from + " until " + until + ".",
            "有效时间为 " + from + " 至 " + until + "。")
        .with("opensAt", opensAt)
        .with("closesAt", closesAt);
  }
}
