package org.skillvoucher.simulator.scenario;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.scenario.GatewayState.ClassState;
import org.skillvoucher.simulator.scenario.GatewayState.GapReport;
import org.skillvoucher.simulator.scenario.GatewayState.Receipt;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.NaturalKey;
import org.skillvoucher.simulator.scenario.Plan.Sort;
import org.skillvoucher.simulator.scenario.Plan.Tap;

/** Compares the gateway's final state with the expected outcome and reports every difference. */
final class Comparison {
  private final Plan plan;
  private final ExpectedOutcome expected;
  private final GatewayState actual;
  private final List<List<PersonPseudonym>> pseudonyms;
  private final ComparisonFindings findings = new ComparisonFindings();

  private Comparison(Plan plan, GatewayState actual, List<List<PersonPseudonym>> pseudonyms) {
    this.plan = plan;
    expected = new ExpectedOutcome(plan);
    this.actual = actual;
    this.pseudonyms = pseudonyms;
  }

  /**
   * Compares.
   *
   * @param pseudonyms those of each class's people, in their order
   */
  static ComparisonFindings of(
      Plan plan, GatewayState actual, List<List<PersonPseudonym>> pseudonyms) {
    return new Comparison(plan, actual, pseudonyms).compare();
  }

  private ComparisonFindings compare() {
    statements();
    recorded();
    refusals();
    receipts();
    sheets();
    actual.gaps().forEach(this::gaps);
    books();
    return findings;
  }

  /** Every statement that was sent has a final answer. */
  private void statements() {
    long answered = 0;
    for (Tap tap : plan.taps()) {
      AnswerLog.Entry entry = actual.answers().of(tap);
      if (tap.delivery() == Delivery.LOST) {
        findings.mustBe(entry.outcomes().isEmpty(), name(tap) + " was never sent, and answered");
      } else if (entry.isSettled()) {
        answered++;
      } else {
        findings.differs(name(tap) + " has no final answer but " + shown(entry));
      }
    }
    findings.row("statements with a final answer 有最终结果的声明", expected.sent(), answered);
  }

  /**
   * Of the taps of one person, lesson and act exactly one is recorded, and all have its receipt.
   */
  private void recorded() {
    long recorded = 0;
    long repeated = 0;
    long twice = 0;
    for (Map.Entry<NaturalKey, List<Tap>> one : expected.counting().entrySet()) {
      Set<String> receipts = new HashSet<>();
      int recorders = 0;
      int attended = 0;
      for (Tap tap : one.getValue()) {
        AnswerLog.Entry entry = actual.answers().of(tap);
        receipts.addAll(entry.receipts());
        recorders += entry.isRecorded() ? 1 : 0;
        attended += entry.attended();
        repeated += entry.last().equals("repeated") ? 1 : 0;
      }
      recorded += recorders > 0 ? 1 : 0;
      twice += recorders > 1 || attended > 1 || receipts.size() > 1 ? 1 : 0;
      Tap first = one.getValue().getFirst();
      String tap = name(first) + ", whose answer was " + shown(actual.answers().of(first)) + ",";
      findings.mustBe(recorders == 1, tap + " was recorded " + recorders + " times");
      findings.mustBe(attended <= 1, tap + " was reported as new " + attended + " times");
      findings.mustBe(receipts.size() == 1, tap + " has " + receipts.size() + " receipts");
    }
    findings.row("attendances 签到签退", expected.counting().size(), recorded);
    findings.row("  lost 丢失", 0, expected.counting().size() - recorded);
    findings.row("  duplicated 重复", 0, twice);
    findings.row("second taps with the first one's receipt 重复刷卡", expected.repeats(), repeated);
  }

  private void refusals() {
    for (Sort sort : Sort.values()) {
      refusals(sort);
    }
  }

  private void refusals(Sort sort) {
    Map<String, long[]> byCode = new HashMap<>();
    for (Tap tap : plan.taps()) {
      Optional<ExpectedOutcome.Refusal> refusal = expected.refusal(tap);
      if (tap.sort() == sort && tap.delivery() != Delivery.LOST && refusal.isPresent()) {
        AnswerLog.Entry entry = actual.answers().of(tap);
        String wanted = "refused " + refusal.get().code();
        boolean right =
            entry.last().equals(wanted)
                || (refusal.get().orRepeated() && entry.last().equals("repeated"));
        long[] counts = byCode.computeIfAbsent(refusal.get().code(), code -> new long[2]);
        counts[0]++;
        counts[1] += right ? 1 : 0;
        findings.mustBe(right, name(tap) + " must be " + wanted + ", and was " + shown(entry));
      }
    }
    byCode.forEach(
        (code, counts) ->
            findings.row("refused 拒绝 " + code + " (" + words(sort) + ")", counts[0], counts[1]));
  }

  private static String words(Sort sort) {
    return switch (sort) {
      case PLAIN -> "card reported lost 挂失";
      case SECOND -> "the same, again";
      case STRANGER -> "of another class 非本班";
      case EARLY -> "too early 过早";
      case WRONG_CLOCK -> "device's clock off 时钟不准";
    };
  }

  /** The receipts of each class form a chain, and each is of one attendance. */
  private void receipts() {
    long chained = 0;
    long matched = 0;
    Map<String, NaturalKey> byHash = new HashMap<>();
    expected.counting().forEach((key, taps) -> taps.forEach(tap -> hash(tap, byHash)));
    for (int number = 0; number < actual.classes().size(); number++) {
      Set<NaturalKey> seen = new HashSet<>();
      List<Receipt> receipts = actual.classes().get(number).receipts();
      for (int i = 0; i < receipts.size(); i++) {
        Receipt receipt = receipts.get(i);
        NaturalKey key = byHash.get(receipt.statementHash());
        String what = "receipt " + (i + 1) + " of class " + (number + 1);
        findings.mustBe(receipt.verified(), what + " does not verify");
        findings.mustBe(receipt.chained(), what + " does not follow the one before it");
        chained += receipt.verified() && receipt.chained() ? 1 : 0;
        boolean one = key != null && key.classNumber() == number && seen.add(key);
        findings.mustBe(one, what + " is of no attendance, or of one that has a receipt");
        matched += one && key != null && isHandedOut(receipt, key) ? 1 : 0;
      }
      findings.mustBe(
          seen.size() == expected.records(number),
          "class "
              + (number + 1)
              + " has receipts for "
              + seen.size()
              + " attendances instead of "
              + expected.records(number));
    }
    findings.row("receipts verified and chained 回执验签、成链", expected.counting().size(), chained);
    findings.row("receipts as they were handed out 与发出的一致", expected.counting().size(), matched);
  }

  private void hash(Tap tap, Map<String, NaturalKey> byHash) {
    actual
        .answers()
        .of(tap)
        .statement()
        .map(Statement::hash)
        .ifPresent(hash -> byHash.put(hash, tap.naturalKey()));
  }

  private boolean isHandedOut(Receipt receipt, NaturalKey key) {
    boolean same =
        expected.counting().getOrDefault(key, List.of()).stream()
            .allMatch(tap -> actual.answers().of(tap).receipts().contains(receipt.record()));
    return findings.mustBe(same, "a receipt that was handed out for a tap is another one now");
  }

  /** Each class's sheet has the expected numbers for each person. */
  private void sheets() {
    long lines = 0;
    long same = 0;
    for (int number = 0; number < actual.classes().size(); number++) {
      ClassState one = actual.classes().get(number);
      AttendanceSheet sheet = expected.sheet(number, pseudonyms.get(number));
      String what = "the sheet of class " + (number + 1);
      findings.mustBe(
          one.sheet().size() == sheet.rows().size(),
          what + " has " + one.sheet().size() + " lines");
      findings.mustBe(
          one.minutesPlanned() == sheet.minutesPlanned(),
          what + " plans " + one.minutesPlanned() + " minutes");
      for (int i = 0; i < sheet.rows().size(); i++) {
        AttendanceSheet.Row line = sheet.rows().get(i);
        String actual = one.sheet().getOrDefault(line.person().value(), "nothing");
        boolean equal = actual.equals(numbers(line));
        findings.mustBe(
            equal,
            what + ", person " + (i + 1) + ": must be " + numbers(line) + ", and is " + actual);
        lines++;
        same += equal ? 1 : 0;
      }
    }
    findings.row("lines of attendance sheets 考勤表", lines, same);
  }

  /** The numbers of a line in one text; in the end nothing is left as captured, not verified. */
  static String numbers(AttendanceSheet.Row line) {
    return Stream.of(
            line.lessonsAttended(),
            line.lessonsIncomplete(),
            line.late(),
            line.minutesAttended(),
            line.percent(),
            line.completed(),
            line.detail().minutesTheory(),
            line.detail().minutesPractice(),
            line.detail().lessonsOffline(),
            line.detail().lessonsCorrected(),
            0)
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private void gaps(GapReport report) {
    long right = 0;
    for (Map.Entry<String, Long> gap : report.expected().entrySet()) {
      Long reported = report.reported().get(gap.getKey());
      right += gap.getValue().equals(reported) ? 1 : 0;
      findings.mustBe(
          gap.getValue().equals(reported),
          "gap of "
              + gap.getKey()
              + " "
              + report.when()
              + ": "
              + gap.getValue()
              + " is missing, and reported was "
              + (reported == null ? "nothing" : reported));
    }
    for (String chain : report.reported().keySet()) {
      findings.mustBe(
          report.expected().containsKey(chain),
          "a gap of " + chain + " was reported " + report.when() + ", where none is");
    }
    findings.row("gaps told 缺口 " + report.when(), report.expected().size(), right);
  }

  private void books() {
    findings.row(
        "journal events applied 对账",
        actual.books().journalEvents(),
        actual.books().appliedEvents());
    findings.row("differences in the books 对账差异", 0, actual.books().differences());
    findings.mustBe(
        actual.books().journalEvents() == actual.books().appliedEvents()
            && actual.books().differences() == 0,
        "the read side does not hold what the journal does");
  }

  private String name(Tap tap) {
    return "tap "
        + tap.number()
        + " (class "
        + (tap.classNumber() + 1)
        + ", "
        + plan.lesson(tap).id()
        + " "
        + tap.act().code()
        + ", device "
        + (tap.device() + 1)
        + ")";
  }

  private static String shown(AnswerLog.Entry entry) {
    return entry.last().isEmpty() ? "nothing" : entry.last();
  }
}
