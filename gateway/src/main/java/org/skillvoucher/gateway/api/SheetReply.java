package org.skillvoucher.gateway.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.gateway.projection.Views;
import org.skillvoucher.gateway.sheet.SheetTable;

/**
 * A page of the attendance sheet (考勤表) as JSON.
 *
 * @param rulePack the rule pack of the class, which sets the next two values
 * @param classHourMinutes the length of one class hour (学时)
 * @param thresholdPercent the share of the planned minutes that completes the training
 */
public record SheetReply(
    String classId,
    String rulePack,
    int classHourMinutes,
    int thresholdPercent,
    int lessonsPlanned,
    long minutesPlanned,
    List<SheetReplyRow> lines,
    Optional<String> nextCursor) {

  /** One person's row, by pseudonym. */
  record SheetReplyRow(
      String person,
      int lessonsAttended,
      int lessonsIncomplete,
      int late,
      long minutesAttended,
      int percent,
      boolean completed,
      boolean completedByScans,
      boolean completedWithCorrections,
      int percentByScans,
      long minutesTheory,
      long minutesPractice,
      BigDecimal classHoursTheory,
      BigDecimal classHoursPractice,
      long minutesScanned,
      long minutesAssisted,
      long minutesCorrected,
      long minutesCaptured,
      List<String> sites,
      int lessonsOnline,
      int lessonsOffline,
      int lessonsCorrected,
      int correctionsPending,
      int spotChecksMissed,
      int captured,
      int flagsOpen,
      int flagsConfirmed,
      List<String> flagIds) {}

  static SheetReply of(ClassId classId, Views.ClassSheet sheet) {
    var rules = sheet.rules().attendance();
    return new SheetReply(
        classId.value(),
        sheet.rules().pack(),
        rules.classHourMinutes(),
        rules.thresholdPercent(),
        sheet.sheet().lessons().size(),
        sheet.sheet().minutesPlanned(),
        sheet.sheet().rows().stream()
            .map(line -> row(line, sheet.remark(line.person()), rules.classHourMinutes()))
            .toList(),
        sheet.nextCursor());
  }

  private static SheetReplyRow row(
      AttendanceSheet.Row line, Views.Remark remark, int classHourMinutes) {
    var detail = line.detail();
    return new SheetReplyRow(
        line.person().value(),
        line.lessonsAttended(),
        line.lessonsIncomplete(),
        line.late(),
        line.minutesAttended(),
        line.percent(),
        line.completed(),
        line.completed(),
        line.origin().completedWithCorrections(),
        line.origin().percentByScans(),
        detail.minutesTheory(),
        detail.minutesPractice(),
        SheetTable.classHours(detail.minutesTheory(), classHourMinutes),
        SheetTable.classHours(detail.minutesPractice(), classHourMinutes),
        detail.minutesScanned(),
        line.origin().minutesAssisted(),
        line.origin().minutesCorrected(),
        line.origin().minutesCaptured(),
        line.origin().sites(),
        detail.lessonsOnline(),
        detail.lessonsOffline(),
        detail.lessonsCorrected(),
        remark.correctionsPending(),
        detail.spotChecksMissed(),
        remark.captured(),
        remark.flagsOpen(),
        remark.flagsConfirmed(),
        remark.flagIds());
  }
}
