package org.skillvoucher.simulator.load;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.Windows;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.receipt.Act;

/**
 * The valid taps of one class: for each lesson each person signs in once, in a shuffled order, and
 * out once, in the order of signing in.
 */
final class TapSource {
  private final ScanWindows windows;
  private final Duration offset;
  private final int people;
  private final SplittableRandom random;
  private final Deque<PlannedTap> signedIn = new ArrayDeque<>();
  private int lesson;
  private int[] order;
  private int next;

  /** A tap that the gateway accepts at its time. */
  record PlannedTap(int lesson, Act act, int person) {}

  /** In which times a tap is accepted, by lesson: sign-in and sign-out. */
  record ScanWindows(List<Window> ins, List<Window> outs) {
    ScanWindows {
      ins = List.copyOf(ins);
      outs = List.copyOf(outs);
    }

    /**
     * The windows of a timetable.
     *
     * @param slack windows are shortened by this at their end: a slow answer must not make a valid
     *     tap a late one
     */
    static ScanWindows of(List<Lesson> lessons, AttendanceRules rules, Duration slack) {
      return new ScanWindows(
          lessons.stream().map(lesson -> in(lesson, rules, slack)).toList(),
          lessons.stream().map(lesson -> out(lesson, rules, slack)).toList());
    }
  }

  /**
   * For one class.
   *
   * @param offset of its lessons from those of the windows
   */
  TapSource(ScanWindows windows, Duration offset, int people, SplittableRandom random) {
    this.windows = windows;
    this.offset = offset;
    this.people = people;
    this.random = random;
    order = shuffled();
  }

  /** The sign-in window without its late part. */
  private static Window in(Lesson lesson, AttendanceRules rules, Duration slack) {
    Window window = Windows.signIn(lesson, rules);
    Instant punctual = lesson.startsAt().plus(Duration.ofMinutes(rules.lateMinutesAfter()));
    return shortened(
        window.opensAt(),
        punctual.isBefore(window.closesAt()) ? punctual : window.closesAt(),
        slack);
  }

  /** The sign-out window after the lesson's end, so that no attendance is too short. */
  private static Window out(Lesson lesson, AttendanceRules rules, Duration slack) {
    return shortened(lesson.endsAt(), Windows.signOut(lesson, rules).closesAt(), slack);
  }

  private static Window shortened(Instant opensAt, Instant closesAt, Duration slack) {
    Instant half = opensAt.plus(Duration.between(opensAt, closesAt).dividedBy(2));
    Instant earlier = closesAt.minus(slack);
    return new Window(opensAt, earlier.isBefore(half) ? half : earlier);
  }

  private int[] shuffled() {
    int[] places = new int[people];
    for (int i = 0; i < people; i++) {
      int other = random.nextInt(i + 1);
      places[i] = places[other];
      places[other] = i;
    }
    return places;
  }

  /** The next valid tap at that moment, if any; moments must be ascending. */
  Optional<PlannedTap> next(Instant moment) {
    Instant at = moment.minus(offset);
    List<Window> outs = windows.outs();
    List<Window> ins = windows.ins();
    while (!signedIn.isEmpty() && !at.isBefore(outs.get(signedIn.getFirst().lesson()).closesAt())) {
      signedIn.removeFirst();
    }
    if (!signedIn.isEmpty() && outs.get(signedIn.getFirst().lesson()).contains(at)) {
      PlannedTap leaving = signedIn.removeFirst();
      return Optional.of(new PlannedTap(leaving.lesson(), Act.OUT, leaving.person()));
    }
    while (lesson < ins.size() && (next == people || !at.isBefore(ins.get(lesson).closesAt()))) {
      lesson++;
      next = 0;
      order = shuffled();
    }
    if (lesson == ins.size() || at.isBefore(ins.get(lesson).opensAt())) {
      return Optional.empty();
    }
    PlannedTap entering = new PlannedTap(lesson, Act.IN, order[next++]);
    signedIn.addLast(entering);
    return Optional.of(entering);
  }
}
