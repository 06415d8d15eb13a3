package org.skillvoucher.simulator.checker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.checker.HonestClass.AcceptedTap;
import org.skillvoucher.simulator.checker.JournalRow.Attendance;
import org.skillvoucher.simulator.history.HistoryEntry;

/** C11: each kind of violation is found by its check, and an honest run has none. */
final class CheckerTest {
  /** A violation, with the checks that must find it and no others. */
  private record Violation(String name, List<String> failedChecks, Consumer<HonestRun> inject) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Violation> VIOLATIONS =
      List.of(
          new Violation("the end of a class is lost", List.of("C1"), CheckerTest::loseTail),
          new Violation("a row is lost", List.of("C1", "C4"), CheckerTest::loseRow),
          new Violation(
              "a row is duplicated", List.of("C1", "C4", "C8"), CheckerTest::duplicateRow),
          new Violation("an act counts twice", List.of("C8"), CheckerTest::countActAgain),
          new Violation(
              "a statement counts twice", List.of("C8"), CheckerTest::countStatementAgain),
          new Violation("a sign-out precedes the sign-in", List.of("C8"), CheckerTest::outBeforeIn),
          new Violation(
              "a bit of the journal is flipped", List.of("C10"), CheckerTest::flipInJournal),
          new Violation("a bit of an answer is flipped", List.of("C10"), CheckerTest::flipInAnswer),
          new Violation("an unsigned member is edited", List.of("C10"), CheckerTest::editUnsigned),
          new Violation("an attendance is unreadable", List.of("C10"), CheckerTest::makeUnreadable),
          new Violation("two writers fork the chain", List.of("C4"), CheckerTest::fork),
          new Violation("two rows are swapped", List.of("C4"), CheckerTest::swap),
          new Violation("time goes back", List.of("C4"), CheckerTest::timeGoesBack),
          new Violation("the real-time order is violated", List.of("C9"), CheckerTest::reorder),
          new Violation("a receipt is forged", List.of("C1", "C10"), CheckerTest::forgeAnswer),
          new Violation("a receipt is another's", List.of("C1"), CheckerTest::answerWithOther),
          new Violation("a row is forged", List.of("C10"), CheckerTest::forgeRow),
          new Violation(
              "a refused statement is recorded", List.of("C2"), CheckerTest::recordRefused),
          new Violation(
              "an unknown outcome is refused and recorded", List.of("C3"), CheckerTest::recordLost),
          new Violation("an outcome stays unknown", List.of("C3"), CheckerTest::leaveUnknown),
          new Violation("a request is never answered", List.of("C3"), CheckerTest::leaveUnanswered),
          new Violation(
              "a retry gets another receipt", List.of("C3"), CheckerTest::answerDifferently),
          new Violation("a retry is refused", List.of("C3"), CheckerTest::refuseLater));

  static Stream<Arguments> seeds() {
    return LongStream.range(0, 100).mapToObj(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anHonestRunPassesAndEachCheckHasComparedSomething(long seed) {
    CheckReport report = new HonestRun(seed).check();
    assertTrue(report.passed(), report::text);
    assertEquals(
        List.of("C1", "C2", "C3", "C4", "C8", "C9", "C10"),
        report.checks().stream().map(CheckResult::id).toList());
    assertTrue(report.checks().stream().allMatch(check -> check.compared() > 0), report::text);
  }

  static Stream<Arguments> violations() {
    return VIOLATIONS.stream()
        .flatMap(
            violation -> LongStream.range(0, 25).mapToObj(seed -> Arguments.of(violation, seed)));
  }

  @ParameterizedTest(name = "{0} (seed {1})")
  @MethodSource("violations")
  void aViolationIsFoundByItsChecks(Violation violation, long seed) {
    HonestRun run = new HonestRun(seed);
    violation.inject().accept(run);
    CheckReport report = run.check();
    assertTrue(HonestRun.failed(report).containsAll(violation.failedChecks()), report::text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clean")
  void aViolationOfOneGuaranteeFailsNoOtherCheck(Violation violation) {
    HonestRun run = new HonestRun(3);
    violation.inject().accept(run);
    assertEquals(violation.failedChecks(), HonestRun.failed(run.check()));
  }

  /** A wrong byte in the middle of a chain violates several guarantees. */
  static Stream<Violation> clean() {
    return VIOLATIONS.stream()
        .filter(violation -> violation.failedChecks().size() == 1)
        .filter(violation -> !violation.name().contains("flipped"))
        .filter(violation -> !violation.name().contains("unreadable"))
        .filter(violation -> !violation.name().contains("another's"))
        .filter(violation -> !violation.name().contains("swapped"))
        .filter(violation -> !violation.name().contains("fork"));
  }

  /** The clients of the run started when half of the journal was written. */
  private static HonestRun secondHalf(HonestRun run) {
    Set<String> late = new HashSet<>();
    for (JournalRow row : run.journal.subList(run.journal.size() / 2, run.journal.size())) {
      row.attendance().ifPresent(found -> late.add(found.receipt()));
    }
    Set<String> early = new HashSet<>();
    for (HistoryEntry entry : run.history) {
      if (entry.type() == HistoryEntry.Type.OK && !late.contains(entry.receipt())) {
        early.add(entry.idem());
      }
    }
    run.history.removeIf(entry -> early.contains(entry.idem()));
    return run;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aJournalFromTheMiddleOnIsCheckedFromItsFirstRow(long seed) {
    HonestRun run = secondHalf(new HonestRun(seed));
    int half = run.journal.size() / 2;
    CheckReport report = run.check(half);
    assertTrue(report.passed(), report::text);
    run.journal.remove((int) run.attendances().get(run.attendances().size() * 3 / 4));
    assertTrue(HonestRun.failed(run.check(half)).containsAll(List.of("C1", "C4")));
  }

  @Test
  void allViolationsAreCounted() {
    HonestRun run = new HonestRun(1);
    for (int i = 0; i < 3; i++) {
      loseTail(run);
    }
    CheckResult lost = run.check().checks().getFirst();
    assertTrue(lost.violations() >= 3, lost::toString);
    assertTrue(lost.examples().getFirst().contains("0 times"), lost::toString);
  }

  @Test
  void anExampleNamesNoPerson() {
    for (Violation violation : VIOLATIONS) {
      HonestRun run = new HonestRun(5);
      violation.inject().accept(run);
      assertTrue(!run.check().text().matches("(?s).*\\bP\\d.*"), violation::name);
    }
  }

  /** Loses the tail, as an unsafe commit does; no chain can show that. */
  private static void loseTail(HonestRun run) {
    int last = run.attendances().getLast();
    String entity = run.journal.get(last).entity();
    for (int i = run.journal.size() - 1; i >= last; i--) {
      if (run.journal.get(i).entity().equals(entity)) {
        run.journal.remove(i);
      }
    }
  }

  private static void loseRow(HonestRun run) {
    List<Integer> ofFirst =
        run.attendances().stream()
            .filter(i -> run.journal.get(i).entity().equals("class|C0"))
            .toList();
    run.journal.remove((int) ofFirst.get(run.random.nextInt(ofFirst.size() - 1)));
  }

  private static void duplicateRow(HonestRun run) {
    int place = run.anyAttendance();
    run.journal.add(place + 1, run.journal.get(place));
  }

  private static Attendance attendance(HonestRun run, int place) {
    return run.journal.get(place).attendance().orElseThrow();
  }

  private static int classOf(HonestRun run, int place) {
    String entity = run.journal.get(place).entity();
    return IntStream.range(0, run.classes.size())
        .filter(n -> entity.equals("class|" + run.classes.get(n).id))
        .findFirst()
        .orElseThrow();
  }

  /** The same person's same act by a new statement, with a valid receipt. */
  private static void countActAgain(HonestRun run) {
    int place = run.anyAttendance();
    Attendance attendance = attendance(run, place);
    int n = classOf(run, place);
    run.append(
        n,
        run.tap(
            n, attendance.person(), attendance.lesson(), Act.of(attendance.act()).orElseThrow()));
  }

  private static void countStatementAgain(HonestRun run) {
    int place =
        run.attendances().stream()
            .filter(i -> attendance(run, i).statement().isPresent())
            .findFirst()
            .orElseThrow();
    run.append(
        classOf(run, place),
        new AcceptedTap(
            "P99", "L0", Act.IN, attendance(run, place).statement(), "x".repeat(43), false));
  }

  private static AcceptedTap online(HonestRun run, String person, Act act) {
    AcceptedTap tap = run.tap(0, person, "L9", act);
    return new AcceptedTap(person, "L9", act, tap.statement(), tap.hash(), false);
  }

  private static void outBeforeIn(HonestRun run) {
    run.append(0, online(run, "P99", Act.OUT));
  }

  private static String flipped(HonestRun run, String receipt) {
    byte[] bytes = Base64.getUrlDecoder().decode(receipt);
    bytes[run.random.nextInt(bytes.length)] ^= (byte) (1 << run.random.nextInt(8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void replace(HonestRun run, int place, Attendance attendance) {
    JournalRow row = run.journal.get(place);
    run.journal.set(
        place, new JournalRow(row.entity(), row.sequence(), row.event(), Optional.of(attendance)));
  }

  private static Attendance with(Attendance attendance, String receipt) {
    return new Attendance(
        receipt,
        attendance.person(),
        attendance.lesson(),
        attendance.act(),
        attendance.statement());
  }

  private static void flipInJournal(HonestRun run) {
    int place = run.anyAttendance();
    Attendance attendance = attendance(run, place);
    replace(run, place, with(attendance, flipped(run, attendance.receipt())));
  }

  private static void flipInAnswer(HonestRun run) {
    List<Integer> taken =
        IntStream.range(0, run.history.size())
            .filter(i -> !run.history.get(i).receipt().isEmpty())
            .boxed()
            .toList();
    int place = taken.get(run.random.nextInt(taken.size()));
    HistoryEntry entry = run.history.get(place);
    run.history.set(
        place, entry.answered(entry.micros(), entry.http(), flipped(run, entry.receipt())));
  }

  private static void editUnsigned(HonestRun run) {
    int place = run.attendances().getLast();
    Attendance attendance = attendance(run, place);
    replace(
        run,
        place,
        new Attendance(
            attendance.receipt(),
            attendance.person(),
            attendance.lesson(),
            "check",
            attendance.statement()));
  }

  private static void makeUnreadable(HonestRun run) {
    int place = run.anyAttendance();
    JournalRow row = run.journal.get(place);
    run.journal.set(
        place, new JournalRow(row.entity(), row.sequence(), row.event(), Optional.empty()));
  }

  private static void fork(HonestRun run) {
    HonestClass other = run.classes.getFirst().copy();
    run.append(0, online(run, "P97", Act.IN));
    AcceptedTap second = online(run, "P96", Act.IN);
    run.journal.add(other.append(second));
  }

  private static void swap(HonestRun run) {
    List<Integer> ofFirst =
        run.attendances().stream()
            .filter(i -> run.journal.get(i).entity().equals("class|C1"))
            .toList();
    int place = run.random.nextInt(ofFirst.size() - 1);
    Collections.swap(run.journal, ofFirst.get(place), ofFirst.get(place + 1));
  }

  private static void timeGoesBack(HonestRun run) {
    run.classes.getFirst().issuedAtMillis = 5;
    run.append(0, online(run, "P95", Act.IN));
  }

  /** An operation that completed before another was invoked gets the higher number. */
  private static void reorder(HonestRun run) {
    AcceptedTap first = online(run, "P94", Act.IN);
    HistoryEntry sent = run.invoke(0, first);
    AcceptedTap second =
        new AcceptedTap("P93", "L9", Act.IN, Optional.empty(), "y".repeat(43), false);
    String receiptOfSecond = run.append(0, second);
    run.answer(sent, 201, run.append(0, first));
    run.answer(run.invoke(0, second), 201, receiptOfSecond);
  }

  private static void forgeAnswer(HonestRun run) {
    AcceptedTap tap = online(run, "P92", Act.IN);
    JournalRow forged = run.classes.getFirst().copy().append(tap, new FastSeal("another's")::seal);
    run.answer(run.invoke(0, tap), 201, HonestRun.receiptOf(forged));
  }

  /** A valid receipt of the journal, but for another statement. */
  private static void answerWithOther(HonestRun run) {
    JournalRow other =
        run.journal.stream()
            .filter(row -> row.entity().equals("class|C0"))
            .filter(JournalRow::isAttendance)
            .toList()
            .getLast();
    HistoryEntry sent =
        HistoryEntry.invoke(9, run.later(), "w".repeat(43), "C0", "D0-1", 77); // not in the journal
    run.history.add(sent);
    run.answer(sent, 201, HonestRun.receiptOf(other));
  }

  private static void forgeRow(HonestRun run) {
    AcceptedTap tap = online(run, "P91", Act.IN);
    run.journal.add(run.classes.getFirst().append(tap, new FastSeal("another's")::seal));
  }

  private static void recordRefused(HonestRun run) {
    AcceptedTap tap = online(run, "P90", Act.IN);
    AcceptedTap signed =
        new AcceptedTap(
            "P90",
            "L9",
            Act.IN,
            Optional.of(new JournalRow.StatementId("D0-1", 1, 9_999)),
            tap.hash(),
            false);
    run.answer(run.invoke(0, signed), 409, "");
    run.append(0, signed);
  }

  private static void recordLost(HonestRun run) {
    AcceptedTap tap =
        new AcceptedTap(
            "P89",
            "L9",
            Act.IN,
            Optional.of(new JournalRow.StatementId("D0-1", 1, 9_998)),
            "z".repeat(43),
            false);
    run.answer(run.invoke(0, tap), 0, "");
    run.append(0, tap);
    run.answer(run.invoke(0, tap), 409, "");
  }

  private static void leaveUnknown(HonestRun run) {
    run.answer(run.invoke(0, online(run, "P88", Act.IN)), 503, "");
  }

  private static void leaveUnanswered(HonestRun run) {
    run.invoke(0, online(run, "P87", Act.IN));
  }

  private static void answerDifferently(HonestRun run) {
    AcceptedTap tap = online(run, "P86", Act.IN);
    HistoryEntry sent = run.invoke(0, tap);
    String other = HonestRun.receiptOf(run.journal.get(run.anyAttendance()));
    run.answer(sent, 201, run.append(0, tap));
    run.answer(run.invoke(0, tap), 200, other);
  }

  private static void refuseLater(HonestRun run) {
    AcceptedTap tap = online(run, "P85", Act.IN);
    HistoryEntry sent = run.invoke(0, tap);
    run.answer(sent, 201, run.append(0, tap));
    run.answer(run.invoke(0, tap), 403, "");
  }
}
