package org.skillvoucher.simulator.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.policy.RulePack;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.gateway.Role;
import org.skillvoucher.simulator.screen.Screen;
import org.skillvoucher.simulator.wire.Json;

/** The story of one class, from filing to forwarded evidence: a table of contents. */
final class Demo {
  private final DemoEnvironment environment;
  private final Screen screen;

  Demo(DemoEnvironment environment) {
    this.environment = environment;
    screen = environment.screen();
  }

  /**
   * Plays it all.
   *
   * @param receiptsFolder where to write the receipts; empty for nowhere
   * @param started {@code System.nanoTime} at the beginning
   */
  DemoSummary play(Optional<Path> receiptsFolder, long started) throws IOException {
    Instant now = environment.clock().now();
    Paperwork paperwork = new Paperwork(environment);

    screen.chapter("1 Institution and devices 培训机构、签到设备");
    DoorDevices door = new DoorDevices(environment, new Fleet(environment).enrol());

    screen.chapter("2 Filing and approval 开班备案");
    paperwork.anIncompleteFilingIsRefused();
    String classId = paperwork.file();
    aScanBeforeTheApproval(door, classId, now);
    paperwork.approve(classId);
    RulePack rules = rulesOf(classId);

    screen.chapter("3 Roster 学员名册");
    paperwork.importRoster(classId);

    screen.chapter("4 Vouchers 职业培训券");
    VoucherDesk desk = new VoucherDesk(environment);
    List<String> ids = desk.issue(now, rules.voucherRules().validityDaysMax());
    List<VoucherDesk.Voucher> vouchers = desk.claimAndBind(classId, ids);

    screen.chapter("5 Timetable and opening 课程表、开班");
    paperwork.schedule(classId);
    paperwork.open(classId);

    screen.chapter("6 Lessons 上课");
    AttendancePlan plan = teach(door, rules, classId);

    screen.chapter("7 Flags and corrections 预警、更正");
    Oversight oversight = new Oversight(environment, classId);
    oversight.backFill(
        vouchers.get(plan.cast().forgetful()).holder().value(), plan.lessons().getLast());
    oversight.theLessonWithoutATeacherIsFlagged(plan.lessons().getLast());

    screen.chapter("8 Closing and evidence 结班、补贴申请材料");
    DemoClosing closing = new DemoClosing(environment, classId);
    closing.close(plan.lessons().getLast(), rules.classRules().attendance(), plan.receipts());
    AttendanceSheet sheet =
        plan.sheet(
            vouchers.stream().map(VoucherDesk.Voucher::holder).toList(),
            rules.classRules().attendance());
    closing.checkSheet(sheet, environment.sample().trainees());
    oversight.takeHome();
    DemoClosing.Evidence evidence = closing.forward(sheet, plan.receipts());

    screen.chapter("9 Receipts and books 回执核验、对账");
    int verified = checkReceipts(door, classId);
    closing.audit();
    if (receiptsFolder.isPresent()) {
      ReceiptCheck.withPublishedKeys(environment)
          .write(receiptsFolder.get(), door.counters().receipts());
    }
    return summary(ids, door, verified, evidence, started);
  }

  private static DemoSummary summary(
      List<String> ids,
      DoorDevices door,
      int verified,
      DemoClosing.Evidence evidence,
      long started) {
    return new DemoSummary(
        (int) ids.stream().distinct().count(),
        door.counters().accepted(),
        door.counters().replayed(),
        door.counters().refused(),
        door.counters().unanswered(),
        verified,
        evidence.delivered(),
        evidence.acknowledged(),
        (System.nanoTime() - started) / 1e9);
  }

  /** Plays all lessons; the number of receipts must be the planned one. */
  private AttendancePlan teach(DoorDevices door, RulePack rules, String classId)
      throws IOException {
    AttendancePlan plan =
        new AttendancePlan(
            AttendancePlan.Cast.USUAL,
            environment.sample().lessons(),
            environment.sample().trainees().size());
    Lessons lessons =
        new Lessons(environment, door, plan, rules.classRules().attendance(), classId);
    for (int lesson = 0; lesson < plan.lessons().size(); lesson++) {
      lessons.play(lesson);
    }
    door.checkCounters(plan.receipts(), lessons.replays());
    return plan;
  }

  /** Verifies every receipt offline; one changed byte must be found. */
  private int checkReceipts(DoorDevices door, String classId) throws IOException {
    ReceiptCheck check = ReceiptCheck.withPublishedKeys(environment);
    List<ScanCounters.Receipt> receipts = door.counters().receipts();
    int verified = check.verify(receipts);
    check.oneChangedByteIsFound(receipts.getFirst());
    check.areListed(classId, receipts);
    return verified;
  }

  /** R01, 先备案后开班: no scan counts before the authority has agreed. */
  private void aScanBeforeTheApproval(DoorDevices door, String classId, Instant now) {
    Lesson first = environment.sample().lessons().getFirst();
    door.mustRefuse(
        "a scan before the approval (先备案后开班)",
        door.scan(
            new DoorDevices.Tap(
                environment.sample().trainees().getFirst(), classId, first.id(), Act.IN, now)),
        409,
        "class_not_approved");
  }

  private RulePack rulesOf(String classId) {
    String name =
        Json.text(
            environment.gateway().read(Role.INSTITUTION, "/v1/classes/" + classId), "rulePack");
    screen.line("rule pack (规则包) " + name);
    return environment.sample().rulePack(name);
  }
}
