package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.util.List;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
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

  static Problem of(ClassRefusal.LessonBegun begun) {
    return Problem.of(
            Code.TIMETABLE_INVALID,
            "Lesson "
                + begun.lesson()
                + " began at "
                + Times.text(begun.startsAt())
                + ": only the bureau changes it, with a reason, and nobody once people have"
                + " signed in to it.",
            "课次 "
                + begun.lesson()
                + " 已于 "
                + Times.text(begun.startsAt())
                + " 开始，仅人社部门可说明理由后变更；已有人签到的不得变更。")
        .with("cause", "lesson_begun")
        .with("reason", "lesson " + begun.lesson() + " has begun")
        .with("lesson", begun.lesson())
        .with("startsAt", begun.startsAt());
  }

  static Problem of(ClassRefusal.LessonBeforeApproval early) {
    return Problem.of(
            Code.TIMETABLE_INVALID,
            "Lesson "
                + early.lesson()
                + " would begin at "
                + Times.text(early.startsAt())
                + ", before the class was approved at "
                + Times.text(early.approvedAt())
                + ".",
            "课次 "
                + early.lesson()
                + " 的开始时间 "
                + Times.text(early.startsAt())
                + " 早于备案同意时间 "
                + Times.text(early.approvedAt())
                + "，须先备案后开班。")
        .with("cause", "before_approval")
        .with("reason", "lesson " + early.lesson() + " begins before the approval")
        .with("lesson", early.lesson())
        .with("startsAt", early.startsAt())
        .with("approvedAt", early.approvedAt());
  }

  static Problem of(ClassRefusal.ClosingPending pending) {
    return Problem.of(
            Code.CLOSING_PENDING,
            "Decide or drop first: "
                + pending.corrections().size()
                + " corrections that nobody decided, "
                + pending.devices().size()
                + " devices of which statements are missing.",
            "结班前须先处理或明确放弃："
                + pending.corrections().size()
                + " 项未决更正，"
                + pending.devices().size()
                + " 台设备的声明有缺失。")
        .with("corrections", pending.corrections())
        .with("devices", pending.devices());
  }

  static Problem neverVerified() {
    return Problem.of(
        Code.IDENTITY_NEVER_VERIFIED,
        "This person was never verified in the class: a back-fill cannot make the first hour.",
        "该人员在本班从未核验过身份，不能以补录形成首个学时。");
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
