package org.skillvoucher.domain.evidence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.Filing;

/** The members of evidence as a reviewer's system reads them. */
final class EvidenceContent {
  /**
   * Raised when a member changes its meaning; an additional member does not raise it. Since 2,
   * {@code completed} is by scans alone, and minutes are split by where they come from. Evidence
   * that was written stays as it is.
   */
  static final int VERSION = 2;

  private EvidenceContent() {}

  static Map<String, Object> of(AttendanceEvidence evidence) {
    AttendanceSheet sheet = evidence.sheet();
    Map<String, Object> members = new HashMap<>();
    members.put("version", VERSION);
    members.put("class", trainingClass(evidence));
    members.put(
        "lessons",
        sheet.lessons().stream()
            .sorted(
                Comparator.comparing(Lesson::startsAt).thenComparing(lesson -> lesson.id().value()))
            .map(EvidenceContent::lesson)
            .toList());
    members.put(
        "lines",
        sheet.rows().stream()
            .sorted(Comparator.comparing(line -> line.person().value()))
            .map(EvidenceContent::line)
            .toList());
    members.put("receipts", evidence.receipts().stream().map(EvidenceContent::receipt).toList());
    members.put("lastPayloadHash", evidence.lastPayloadHash());
    members.put("totals", totals(evidence));
    evidence.notes().dropped().ifPresent(dropped -> members.put("dropped", dropped(dropped)));
    if (!evidence.notes().unenrolled().isEmpty()) {
      members.put(
          "unenrolled",
          evidence.notes().unenrolled().stream()
              .sorted(Comparator.comparing(left -> left.person().value()))
              .map(left -> unenrolled(left, evidence))
              .toList());
    }
    return members;
  }

  private static Map<String, Object> dropped(ClassEvent.Dropped dropped) {
    return Map.of(
        "reason", dropped.reason(),
        "corrections", dropped.corrections(),
        "devices", dropped.devices());
  }

  /** Who was taken off the roster, and how many of the receipts are of that person. */
  private static Map<String, Object> unenrolled(
      EvidenceNotes.Unenrolled left, AttendanceEvidence evidence) {
    return Map.of(
        "person", left.person().value(),
        "at", left.at().toString(),
        "receipts",
            evidence.receipts().stream()
                .filter(receipt -> receipt.person().equals(left.person()))
                .count());
  }

  private static Map<String, Object> trainingClass(AttendanceEvidence evidence) {
    Filing filing = evidence.filing();
    Map<String, Object> members = new HashMap<>();
    members.put("classId", evidence.classId().value());
    members.put("institution", filing.institution().value());
    members.put("region", filing.region().value());
    members.put("occupation", filing.occupation().value());
    members.put("level", filing.level());
    members.put("title", filing.title());
    members.put(
        "plan",
        Map.of(
            "teachingPlan", filing.teachingPlan(),
            "trainingMode", filing.trainingMode(),
            "assessmentMethod", filing.assessmentMethod(),
            "employmentMeasures", filing.employmentMeasures()));
    members.put("venue", filing.venue());
    filing.site().ifPresent(site -> members.put("site", site));
    members.put("teachers", filing.teachers().stream().map(PersonPseudonym::value).toList());
    members.put("textbooks", filing.textbooks());
    members.put("traineesPlanned", filing.traineesPlanned());
    members.put("rulePack", evidence.rulePack());
    members.put("approvedAt", evidence.approvedAt().toString());
    members.put("closedAt", evidence.closedAt().toString());
    return members;
  }

  private static Map<String, Object> lesson(Lesson lesson) {
    return Map.of(
        "lessonId", lesson.id().value(),
        "title", lesson.title(),
        "kind", lesson.kind().name().toLowerCase(Locale.ROOT),
        "startsAt", lesson.startsAt().toString(),
        "endsAt", lesson.endsAt().toString(),
        "minutes", lesson.minutes());
  }

  private static Map<String, Object> line(AttendanceSheet.Row line) {
    Map<String, Object> members = new HashMap<>();
    members.put("person", line.person().value());
    members.put("lessonsAttended", line.lessonsAttended());
    members.put("lessonsIncomplete", line.lessonsIncomplete());
    members.put("late", line.late());
    members.put("minutesAttended", line.minutesAttended());
    members.put("percent", line.percent());
    members.put("completed", line.completed());
    members.put("completedByScans", line.completed());
    members.put("completedWithCorrections", line.origin().completedWithCorrections());
    members.put("percentByScans", line.origin().percentByScans());
    members.put("minutesScanned", line.detail().minutesScanned());
    members.put("minutesAssisted", line.origin().minutesAssisted());
    members.put("minutesCorrected", line.origin().minutesCorrected());
    members.put("minutesCaptured", line.origin().minutesCaptured());
    members.put("lessonsOffline", line.detail().lessonsOffline());
    members.put("lessonsCorrected", line.detail().lessonsCorrected());
    members.put("sites", line.origin().sites());
    return members;
  }

  private static Map<String, Object> receipt(EvidenceReceipt receipt) {
    Map<String, Object> members = new HashMap<>();
    members.put("receiptId", receipt.receiptId());
    members.put("sequence", receipt.sequence());
    members.put("payloadHash", receipt.payloadHash());
    members.put("person", receipt.person().value());
    members.put("lesson", receipt.lesson().value());
    members.put("act", receipt.act().code());
    members.put("late", receipt.late());
    if (!receipt.voucher().isEmpty()) { // a member without value is absent
      members.put("voucher", receipt.voucher());
    }
    return members;
  }

  /** Theory and practice apart (理论和实操, R06). */
  private static Map<String, Object> totals(AttendanceEvidence evidence) {
    AttendanceSheet sheet = evidence.sheet();
    List<AttendanceSheet.Row> lines = sheet.rows();
    long completed = lines.stream().filter(AttendanceSheet.Row::completed).count();
    Map<String, Object> members = new HashMap<>();
    members.put("people", lines.size());
    members.put("completed", completed);
    members.put("completedByScans", completed);
    members.put(
        "completedWithCorrections",
        lines.stream().filter(line -> line.origin().completedWithCorrections()).count());
    members.put("lessons", sheet.lessons().size());
    members.put("minutesPlanned", sheet.minutesPlanned());
    members.put("minutesTheory", minutes(sheet, LessonKind.THEORY));
    members.put("minutesPractice", minutes(sheet, LessonKind.PRACTICE));
    members.put("minutesAttended", sum(lines, AttendanceSheet.Row::minutesAttended));
    members.put("minutesScanned", sum(lines, line -> line.detail().minutesScanned()));
    members.put("minutesAssisted", sum(lines, line -> line.origin().minutesAssisted()));
    members.put("minutesCorrected", sum(lines, line -> line.origin().minutesCorrected()));
    members.put("minutesCaptured", sum(lines, line -> line.origin().minutesCaptured()));
    members.put("late", lines.stream().mapToInt(AttendanceSheet.Row::late).sum());
    members.put("receipts", evidence.receipts().size());
    return members;
  }

  private static long sum(
      List<AttendanceSheet.Row> lines, ToLongFunction<AttendanceSheet.Row> number) {
    return lines.stream().mapToLong(number).sum();
  }

  private static long minutes(AttendanceSheet sheet, LessonKind kind) {
    return sheet.lessons().stream()
        .filter(lesson -> lesson.kind() == kind)
        .mapToLong(Lesson::minutes)
        .sum();
  }
}
