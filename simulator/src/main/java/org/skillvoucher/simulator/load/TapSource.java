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
 * Who of a class can scan at a given moment so that it counts: everybody in once for each lesson,
 * in an order of their own, and out once, in the order in which they came.
 */
final class TapSource {
  private final Openings openings;
  private final Duration later;
  private final int people;
  private final SplittableRandom random;
  private final Deque<Pick> within = new ArrayDeque<>();
  private int lesson;
  private int[] order;
  private int next;

  /** Somebody, for something that counts. */
  record Pick(int lesson, Act act, int person) {}

  /** When people can come to each lesson, and go. */
  record Openings(List<Window> ins, List<Window> outs) {
    Openings {
      ins = List.copyOf(ins);
      outs = List.copyOf(outs);
    }

    /**
     * Of a class whose lessons nobody moved.
     *
     * @param slack so long before a window closes nobody comes any more: a slow answer must not
     *     make a good scan a late one
     */
    static Openings of(List<Lesson> lessons, AttendanceRules rules, Duration slack) {
      return new Openings(
          lessons.stream().map(lesson -> in(lesson, rules, slack)).toList(),
          lessons.stream().map(lesson -> out(lesson, rules, slack)).toList());
    }
  }

  /**
   * Of one class.
   *
   * @param later so much later than that its lessons are
   */
  TapSource(Openings openings, Duration later, int people, SplittableRandom random) {
    this.openings = openings;
    this.later = later;
    this.people = people;
    this.random = random;
    order = shuffled();
  }

  /** In time, and nobody late. */
  private static Window in(Lesson lesson, AttendanceRules rules, Duration slack) {
    Window window = Windows.signIn(lesson, rules);
    Instant punctual = lesson.startsAt().plus(Duration.ofMinutes(rules.lateMinutesAfter()));
    return shortened(
        window.opensAt(),
        punctual.isBefore(window.closesAt()) ? punctual : window.closesAt(),
        slack);
  }

  /** Once the lesson is over, so that nobody's stay is a short one. */
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

  /** Somebody who can scan at that moment; moments never go back. */
  Optional<Pick> next(Instant moment) {
    Instant at = moment.minus(later);
    List<Window> outs = openings.outs();
    List<Window> ins = openings.ins();
    while (!within.isEmpty() && !at.isBefore(outs.get(within.getFirst().lesson()).closesAt())) {
      within.removeFirst();
    }
    if (!within.isEmpty() && outs.get(within.getFirst().lesson()).contains(at)) {
      Pick leaving = within.removeFirst();
      return Optional.of(new Pick(leaving.lesson(), Act.OUT, leaving.person()));
    }
    while (lesson < ins.size() && (next == people || !at.isBefore(ins.get(lesson).closesAt()))) {
      lesson++;
      next = 0;
      order = shuffled();
    }
    if (lesson == ins.size() || at.isBefore(ins.get(lesson).opensAt())) {
      return Optional.empty();
    }
    Pick coming = new Pick(lesson, Act.IN, order[next++]);
    within.addLast(coming);
    return Optional.of(coming);
  }
}
