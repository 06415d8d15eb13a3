package org.skillvoucher.domain.evidence;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.trainingclass.Filing;

/** The members of evidence as a reviewer's system reads them. */
final class EvidenceContent {
  /** Raised when a member changes its meaning; an additional member does not raise it. */
  static final int VERSION = 1;

  private EvidenceContent() {}

  static Map<String, Object> of(AttendanceEvidence evidence) {
    AttendanceSheet sheet = evidence.sheet();
    return Map.of(
        "version",
        VERSION,
        "class",
        trainingClass(evidence),
        "lessons",
        sheet.lessons().stream()
            .sorted(
                Comparator.comparing(Lesson::startsAt).thenComparing(lesson -> lesson.id().value()))
            .map(EvidenceContent::lesson)
            .toList(),
        "lines",
        sheet.rows().stream()
            .sorted(Comparator.comparing(line -> line.person().value()))
            .map(EvidenceContent::line)
            .toList(),
        "receipts",
        evidence.receipts().stream().map(EvidenceContent::receipt).toList(),
        "lastPayloadHash",
        evidence.lastPayloadHash(),
        "totals",
        totals(evidence));
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

  /** A detail without value is absent, so that the content of older evidence is unchanged. */
  private static Map<String, Object> line(AttendanceSheet.Row line) {
    Map<String, Object> members = new HashMap<>();
    members.put("person", line.person().value());
    members.put("lessonsAttended", line.lessonsAttended());
    members.put("lessonsIncomplete", line.lessonsIncomplete());
    members.put("late", line.late());
    members.put("minutesAttended", line.minutesAttended());
    members.put("percent", line.percent());
    members.put("completed", line.completed());
    if (line.detail().lessonsOffline() > 0) {
      members.put("lessonsOffline", line.detail().lessonsOffline());
    }
    if (line.detail().lessonsCorrected() > 0) {
      members.put("lessonsCorrected", line.detail().lessonsCorrected());
      members.put("minutesScanned", line.detail().minutesScanned());
    }
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
    return Map.of(
        "people", lines.size(),
        "completed", lines.stream().filter(AttendanceSheet.Row::completed).count(),
        "lessons", sheet.lessons().size(),
        "minutesPlanned", sheet.minutesPlanned(),
        "minutesTheory", minutes(sheet, LessonKind.THEORY),
        "minutesPractice", minutes(sheet, LessonKind.PRACTICE),
        "minutesAttended", lines.stream().mapToLong(AttendanceSheet.Row::minutesAttended).sum(),
        "late", lines.stream().mapToInt(AttendanceSheet.Row::late).sum(),
        "receipts", evidence.receipts().size());
  }

  private static long minutes(AttendanceSheet sheet, LessonKind kind) {
    return sheet.lessons().stream()
        .filter(lesson -> lesson.kind() == kind)
        .mapToLong(Lesson::minutes)
        .sum();
  }
}
