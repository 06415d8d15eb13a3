package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.desk.RulesFile;

final class TapSourceTest {
  private static final Instant NINE = Instant.parse("2026-03-02T01:00:00Z");
  private static final int PEOPLE = 4;

  /** Sign-in 0 to 10 s and sign-out 20 to 30 s; the second lesson 30 s later. */
  private static final TapSource.ScanWindows WINDOWS =
      new TapSource.ScanWindows(
          List.of(window(0, 10), window(30, 40)), List.of(window(20, 30), window(50, 60)));

  private static Window window(long from, long to) {
    return new Window(NINE.plusSeconds(from), NINE.plusSeconds(to));
  }

  private static TapSource source(Duration offset, long seed) {
    return new TapSource(WINDOWS, offset, PEOPLE, new SplittableRandom(seed));
  }

  private static List<TapSource.PlannedTap> take(TapSource source, long second, int count) {
    List<TapSource.PlannedTap> taps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      source.next(NINE.plusSeconds(second)).ifPresent(taps::add);
    }
    return taps;
  }

  private static List<Integer> people(List<TapSource.PlannedTap> taps) {
    return taps.stream().map(TapSource.PlannedTap::person).toList();
  }

  @Test
  void eachPersonSignsInOnceAndOutOnceInTheSameOrder() {
    TapSource source = source(Duration.ZERO, 1);
    List<TapSource.PlannedTap> in = take(source, 5, PEOPLE + 3);
    assertEquals(Set.of(0, 1, 2, 3), new HashSet<>(people(in)));
    assertEquals(PEOPLE, in.size());
    List<TapSource.PlannedTap> out = take(source, 25, PEOPLE + 3);
    assertEquals(people(in), people(out));
    assertEquals(
        List.of(Act.OUT, Act.OUT, Act.OUT, Act.OUT),
        out.stream().map(TapSource.PlannedTap::act).toList());
  }

  @Test
  void thereIsNoTapOutsideTheWindows() {
    TapSource source = source(Duration.ZERO, 1);
    assertEquals(List.of(), take(source, -1, 1));
    assertEquals(1, take(source, 0, 1).size());
    assertEquals(List.of(), take(source, 15, 1), "between sign-in and sign-out");
    assertEquals(1, take(source, 20, 1).size());
    assertEquals(List.of(), take(source, 45, 1));
    assertEquals(List.of(), take(source, 1_000, 1), "after the last lesson");
  }

  @Test
  void onlyThoseWhoSignedInSignOut() {
    TapSource source = source(Duration.ZERO, 1);
    List<TapSource.PlannedTap> in = take(source, 9, 2);
    assertEquals(people(in), people(take(source, 29, PEOPLE)));
  }

  @Test
  void aMissedSignOutIsNotMadeUpForInTheNextLesson() {
    TapSource source = source(Duration.ZERO, 1);
    take(source, 9, PEOPLE);
    List<TapSource.PlannedTap> next = take(source, 30, PEOPLE + 1);
    assertEquals(PEOPLE, next.size());
    assertEquals(List.of(1, 1, 1, 1), next.stream().map(TapSource.PlannedTap::lesson).toList());
    assertEquals(Set.of(Act.IN), Set.copyOf(next.stream().map(TapSource.PlannedTap::act).toList()));
  }

  @Test
  void anOffsetMovesAllWindows() {
    TapSource source = source(Duration.ofHours(1), 1);
    assertEquals(List.of(), take(source, 5, 1));
    assertEquals(1, take(source, 3_605, 1).size());
  }

  @Test
  void theOrderFollowsFromTheSeed() {
    assertEquals(
        people(take(source(Duration.ZERO, 1), 5, 4)), people(take(source(Duration.ZERO, 1), 5, 4)));
    Set<List<Integer>> orders = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      orders.add(people(take(source(Duration.ZERO, seed), 5, 4)));
    }
    assertNotEquals(1, orders.size());
  }

  @Test
  void windowsOfATimetableAreShortenedButNeverByMoreThanHalf() throws Exception {
    Path config = Path.of(System.getProperty("vgw.config", "../config"));
    AttendanceRules rules = RulesFile.read(config, "990000", LocalDate.of(2026, 3, 2)).attendance();
    Lesson lesson =
        new Lesson(
            new LessonId("L1"), "课", LessonKind.PRACTICE, NINE, NINE.plus(Duration.ofMinutes(45)));
    Duration slack = Duration.ofSeconds(5);
    TapSource.ScanWindows windows = TapSource.ScanWindows.of(List.of(lesson), rules, slack);
    Window out = windows.outs().getFirst();
    assertEquals(lesson.endsAt(), out.opensAt(), "no sign-out before the end of the lesson");
    assertEquals(Windows.signOut(lesson, rules).closesAt().minus(slack), out.closesAt());
    Window in = windows.ins().getFirst();
    assertEquals(Windows.signIn(lesson, rules).opensAt(), in.opensAt());
    assertEquals(
        NINE.plus(Duration.ofMinutes(rules.lateMinutesAfter())).minus(slack), in.closesAt());
    Window half =
        TapSource.ScanWindows.of(List.of(lesson), rules, Duration.ofDays(1)).ins().getFirst();
    Duration length = Duration.between(in.opensAt(), in.closesAt().plus(slack));
    assertEquals(in.opensAt().plus(length.dividedBy(2)), half.closesAt());
    assertEquals(Optional.empty(), source(Duration.ZERO, 1).next(NINE.minusSeconds(1)));
  }
}
