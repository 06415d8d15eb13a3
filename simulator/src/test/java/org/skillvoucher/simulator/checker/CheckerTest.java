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
import org.skillvoucher.simulator.checker.ClassBook.Tap;
import org.skillvoucher.simulator.checker.JournalRow.Attendance;
import org.skillvoucher.simulator.history.Entry;

/** C11: every kind of fault is found, by the check whose it is, and nothing else ever is. */
final class CheckerTest {
  /** A fault, with the checks that find it; nothing but these may. */
  private record Control(String name, List<String> red, Consumer<PlayedRun> fault) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Control> CONTROLS =
      List.of(
          new Control("the end of a class is lost", List.of("C1"), CheckerTest::loseTheEnd),
          new Control("a row is lost", List.of("C1", "C4"), CheckerTest::loseOne),
          new Control("a row stands twice", List.of("C1", "C4", "C8"), CheckerTest::double_),
          new Control("an act counts twice", List.of("C8"), CheckerTest::countAgain),
          new Control("a statement counts twice", List.of("C8"), CheckerTest::countStatementAgain),
          new Control("somebody is out before in", List.of("C8"), CheckerTest::outBeforeIn),
          new Control(
              "a bit of the journal is flipped", List.of("C10"), CheckerTest::flipInJournal),
          new Control("a bit of an answer is flipped", List.of("C10"), CheckerTest::flipInAnswer),
          new Control("what is not signed is edited", List.of("C10"), CheckerTest::editUnsigned),
          new Control("an attendance is unreadable", List.of("C10"), CheckerTest::unreadable),
          new Control("two writers go on from one state", List.of("C4"), CheckerTest::fork),
          new Control("two rows have changed places", List.of("C4"), CheckerTest::swap),
          new Control("time goes back", List.of("C4"), CheckerTest::timeGoesBack),
          new Control(
              "the order is not that of the clients", List.of("C9"), CheckerTest::overtaken),
          new Control("a receipt is forged", List.of("C1", "C10"), CheckerTest::forgeAnswer),
          new Control("a receipt is another's", List.of("C1"), CheckerTest::answerAnothers),
          new Control("a row is forged", List.of("C10"), CheckerTest::forgeRow),
          new Control("what was refused is kept", List.of("C2"), CheckerTest::keepRefused),
          new Control("what was unknown is refused and kept", List.of("C3"), CheckerTest::keepLost),
          new Control("an outcome stays unknown", List.of("C3"), CheckerTest::leaveUnknown),
          new Control("a request is never answered", List.of("C3"), CheckerTest::leaveUnanswered),
          new Control("a retry gets another receipt", List.of("C3"), CheckerTest::answerOtherwise),
          new Control("a retry is refused", List.of("C3"), CheckerTest::refuseLater));

  static Stream<Arguments> seeds() {
    return LongStream.range(0, 100).mapToObj(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anHonestRunIsGreenAndEachCheckHasLookedAtSomething(long seed) {
    Verdict verdict = new PlayedRun(seed).verdict();
    assertTrue(verdict.isGreen(), verdict::text);
    assertEquals(
        List.of("C1", "C2", "C3", "C4", "C8", "C9", "C10"),
        verdict.checks().stream().map(Check::id).toList());
    assertTrue(verdict.checks().stream().allMatch(check -> check.looked() > 0), verdict::text);
  }

  static Stream<Arguments> controls() {
    return CONTROLS.stream()
        .flatMap(control -> LongStream.range(0, 25).mapToObj(seed -> Arguments.of(control, seed)));
  }

  @ParameterizedTest(name = "{0} (seed {1})")
  @MethodSource("controls")
  void aFaultIsFoundByItsChecks(Control control, long seed) {
    PlayedRun run = new PlayedRun(seed);
    control.fault().accept(run);
    Verdict verdict = run.verdict();
    assertTrue(verdict.red().containsAll(control.red()), verdict::text);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clean")
  void aFaultThatBreaksOnePromiseAccusesOfNoOther(Control control) {
    PlayedRun run = new PlayedRun(3);
    control.fault().accept(run);
    assertEquals(control.red(), run.verdict().red());
  }

  /** A wrong byte in the middle of a chain shows in several ways, as it should. */
  static Stream<Control> clean() {
    return CONTROLS.stream()
        .filter(control -> control.red().size() == 1)
        .filter(control -> !control.name().contains("flipped"))
        .filter(control -> !control.name().contains("unreadable"))
        .filter(control -> !control.name().contains("another's"))
        .filter(control -> !control.name().contains("changed places"))
        .filter(control -> !control.name().contains("two writers"));
  }

  /** The clients began when the journal was half full already. */
  private static PlayedRun secondHalf(PlayedRun run) {
    Set<String> late = new HashSet<>();
    for (JournalRow row : run.journal.subList(run.journal.size() / 2, run.journal.size())) {
      row.attendance().ifPresent(found -> late.add(found.receipt()));
    }
    Set<String> early = new HashSet<>();
    for (Entry entry : run.history) {
      if (entry.type() == Entry.Type.OK && !late.contains(entry.receipt())) {
        early.add(entry.idem());
      }
    }
    run.history.removeIf(entry -> early.contains(entry.idem()));
    return run;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aJournalFromTheMiddleOnIsJudgedByWhatFollows(long seed) {
    PlayedRun run = secondHalf(new PlayedRun(seed));
    int half = run.journal.size() / 2;
    Verdict verdict = run.verdict(half);
    assertTrue(verdict.isGreen(), verdict::text);
    run.journal.remove((int) run.attendances().get(run.attendances().size() * 3 / 4));
    assertTrue(run.verdict(half).red().containsAll(List.of("C1", "C4")));
  }

  @Test
  void severalFaultsAreAllCounted() {
    PlayedRun run = new PlayedRun(1);
    for (int i = 0; i < 3; i++) {
      loseTheEnd(run);
    }
    Check lost = run.verdict().checks().getFirst();
    assertTrue(lost.violations() >= 3, lost::toString);
    assertTrue(lost.examples().getFirst().contains("0 times"), lost::toString);
  }

  @Test
  void anExampleNamesNoPerson() {
    for (Control control : CONTROLS) {
      PlayedRun run = new PlayedRun(5);
      control.fault().accept(run);
      assertTrue(!run.verdict().text().matches("(?s).*\\bP\\d.*"), control::name);
    }
  }

  /** The tail goes: what an unsafe commit loses, and no chain can show. */
  private static void loseTheEnd(PlayedRun run) {
    int last = run.attendances().getLast();
    String entity = run.journal.get(last).entity();
    for (int i = run.journal.size() - 1; i >= last; i--) {
      if (run.journal.get(i).entity().equals(entity)) {
        run.journal.remove(i);
      }
    }
  }

  private static void loseOne(PlayedRun run) {
    List<Integer> ofFirst =
        run.attendances().stream()
            .filter(i -> run.journal.get(i).entity().equals("class|C0"))
            .toList();
    run.journal.remove((int) ofFirst.get(run.random.nextInt(ofFirst.size() - 1)));
  }

  private static void double_(PlayedRun run) {
    int place = run.anyAttendance();
    run.journal.add(place + 1, run.journal.get(place));
  }

  private static Attendance attendance(PlayedRun run, int place) {
    return run.journal.get(place).attendance().orElseThrow();
  }

  private static int classOf(PlayedRun run, int place) {
    String entity = run.journal.get(place).entity();
    return IntStream.range(0, run.books.size())
        .filter(n -> entity.equals("class|" + run.books.get(n).id))
        .findFirst()
        .orElseThrow();
  }

  /** The same person's same act by a new statement, with a receipt as good as the first. */
  private static void countAgain(PlayedRun run) {
    int place = run.anyAttendance();
    Attendance kept = attendance(run, place);
    int n = classOf(run, place);
    run.keep(n, run.tap(n, kept.person(), kept.lesson(), Act.of(kept.act()).orElseThrow()));
  }

  private static void countStatementAgain(PlayedRun run) {
    int place =
        run.attendances().stream()
            .filter(i -> attendance(run, i).statement().isPresent())
            .findFirst()
            .orElseThrow();
    run.keep(
        classOf(run, place),
        new Tap("P99", "L0", Act.IN, attendance(run, place).statement(), "x".repeat(43), false));
  }

  private static Tap online(PlayedRun run, String person, Act act) {
    Tap tap = run.tap(0, person, "L9", act);
    return new Tap(person, "L9", act, tap.statement(), tap.hash(), false);
  }

  private static void outBeforeIn(PlayedRun run) {
    run.keep(0, online(run, "P99", Act.OUT));
  }

  private static String flipped(PlayedRun run, String receipt) {
    byte[] bytes = Base64.getUrlDecoder().decode(receipt);
    bytes[run.random.nextInt(bytes.length)] ^= (byte) (1 << run.random.nextInt(8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static void replace(PlayedRun run, int place, Attendance attendance) {
    JournalRow row = run.journal.get(place);
    run.journal.set(
        place, new JournalRow(row.entity(), row.sequence(), row.event(), Optional.of(attendance)));
  }

  private static Attendance with(Attendance kept, String receipt) {
    return new Attendance(receipt, kept.person(), kept.lesson(), kept.act(), kept.statement());
  }

  private static void flipInJournal(PlayedRun run) {
    int place = run.anyAttendance();
    Attendance kept = attendance(run, place);
    replace(run, place, with(kept, flipped(run, kept.receipt())));
  }

  private static void flipInAnswer(PlayedRun run) {
    List<Integer> taken =
        IntStream.range(0, run.history.size())
            .filter(i -> !run.history.get(i).receipt().isEmpty())
            .boxed()
            .toList();
    int place = taken.get(run.random.nextInt(taken.size()));
    Entry entry = run.history.get(place);
    run.history.set(
        place, entry.answered(entry.micros(), entry.http(), flipped(run, entry.receipt())));
  }

  private static void editUnsigned(PlayedRun run) {
    int place = run.attendances().getLast();
    Attendance kept = attendance(run, place);
    replace(
        run,
        place,
        new Attendance(kept.receipt(), kept.person(), kept.lesson(), "check", kept.statement()));
  }

  private static void unreadable(PlayedRun run) {
    int place = run.anyAttendance();
    JournalRow row = run.journal.get(place);
    run.journal.set(
        place, new JournalRow(row.entity(), row.sequence(), row.event(), Optional.empty()));
  }

  private static void fork(PlayedRun run) {
    ClassBook other = run.books.getFirst().copy();
    run.keep(0, online(run, "P97", Act.IN));
    Tap second = online(run, "P96", Act.IN);
    run.journal.add(other.keep(second));
  }

  private static void swap(PlayedRun run) {
    List<Integer> ofFirst =
        run.attendances().stream()
            .filter(i -> run.journal.get(i).entity().equals("class|C1"))
            .toList();
    int place = run.random.nextInt(ofFirst.size() - 1);
    Collections.swap(run.journal, ofFirst.get(place), ofFirst.get(place + 1));
  }

  private static void timeGoesBack(PlayedRun run) {
    run.books.getFirst().issuedAtMillis = 5;
    run.keep(0, online(run, "P95", Act.IN));
  }

  /** One client has its receipt before another asks, and yet comes after it. */
  private static void overtaken(PlayedRun run) {
    Tap first = online(run, "P94", Act.IN);
    Entry sent = run.invoke(0, first);
    Tap second = new Tap("P93", "L9", Act.IN, Optional.empty(), "y".repeat(43), false);
    String receiptOfSecond = run.keep(0, second);
    run.answer(sent, 201, run.keep(0, first));
    run.answer(run.invoke(0, second), 201, receiptOfSecond);
  }

  private static void forgeAnswer(PlayedRun run) {
    Tap tap = online(run, "P92", Act.IN);
    JournalRow forged = run.books.getFirst().copy().keep(tap, new FastSeal("somebody's")::seal);
    run.answer(run.invoke(0, tap), 201, PlayedRun.receiptOf(forged));
  }

  /** Genuine and in the journal, but not for what was sent. */
  private static void answerAnothers(PlayedRun run) {
    JournalRow other =
        run.journal.stream()
            .filter(row -> row.entity().equals("class|C0"))
            .filter(JournalRow::isAttendance)
            .toList()
            .getLast();
    Entry sent =
        Entry.invoke(9, run.later(), "w".repeat(43), "C0", "D0-1", 77); // the journal never hears
    run.history.add(sent);
    run.answer(sent, 201, PlayedRun.receiptOf(other));
  }

  private static void forgeRow(PlayedRun run) {
    Tap tap = online(run, "P91", Act.IN);
    run.journal.add(run.books.getFirst().keep(tap, new FastSeal("somebody's")::seal));
  }

  private static void keepRefused(PlayedRun run) {
    Tap tap = online(run, "P90", Act.IN);
    Tap signed =
        new Tap(
            "P90",
            "L9",
            Act.IN,
            Optional.of(new JournalRow.Statement("D0-1", 1, 9_999)),
            tap.hash(),
            false);
    run.answer(run.invoke(0, signed), 409, "");
    run.keep(0, signed);
  }

  private static void keepLost(PlayedRun run) {
    Tap tap =
        new Tap(
            "P89",
            "L9",
            Act.IN,
            Optional.of(new JournalRow.Statement("D0-1", 1, 9_998)),
            "z".repeat(43),
            false);
    run.answer(run.invoke(0, tap), 0, "");
    run.keep(0, tap);
    run.answer(run.invoke(0, tap), 409, "");
  }

  private static void leaveUnknown(PlayedRun run) {
    run.answer(run.invoke(0, online(run, "P88", Act.IN)), 503, "");
  }

  private static void leaveUnanswered(PlayedRun run) {
    run.invoke(0, online(run, "P87", Act.IN));
  }

  private static void answerOtherwise(PlayedRun run) {
    Tap tap = online(run, "P86", Act.IN);
    Entry sent = run.invoke(0, tap);
    String other = PlayedRun.receiptOf(run.journal.get(run.anyAttendance()));
    run.answer(sent, 201, run.keep(0, tap));
    run.answer(run.invoke(0, tap), 200, other);
  }

  private static void refuseLater(PlayedRun run) {
    Tap tap = online(run, "P85", Act.IN);
    Entry sent = run.invoke(0, tap);
    run.answer(sent, 201, run.keep(0, tap));
    run.answer(run.invoke(0, tap), 403, "");
  }
}
