package org.skillvoucher.gateway.flag;

import static java.util.Comparator.comparingLong;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The people and classes of one device on one day, maintained tap by tap. */
final class TapsOfDay {
  private final long from;
  private final long to;
  private final Map<String, First> firsts = new HashMap<>();
  private final Set<String> classes = new HashSet<>();
  private final Map<Integer, NavigableSet<First>> earliest = new HashMap<>();
  private boolean changed = true;

  /** A person's first tap that counts, milliseconds. */
  private record First(long at, String person) implements Comparable<First> {
    private static final Comparator<First> ORDER =
        comparingLong(First::at).thenComparing(First::person);

    @Override
    public int compareTo(First other) {
      return ORDER.compare(this, other);
    }
  }

  /** From one time to before another, milliseconds. */
  TapsOfDay(long from, long to, List<TapObservation> taps) {
    this.from = from;
    this.to = to;
    taps.forEach(this::add);
  }

  /** Whether a tap is of this day. */
  boolean has(TapObservation tap) {
    return tap.tappedMillis() >= from && tap.tappedMillis() < to;
  }

  void add(TapObservation tap) {
    long at = tap.tappedMillis();
    if (has(tap)) {
      changed |= classes.add(tap.classId());
      if (tap.record().counted()) {
        String person = tap.person().orElseThrow();
        First before = firsts.get(person);
        if (before == null || at < before.at()) {
          first(before, new First(at, person));
        }
      }
    }
  }

  private void first(@Nullable First before, First now) {
    firsts.put(now.person(), now);
    earliest.forEach(
        (most, some) -> {
          if (before != null) {
            some.remove(before);
          }
          some.add(now);
          if (some.size() > most) {
            some.pollLast();
          }
        });
    changed = true;
  }

  int people() {
    return firsts.size();
  }

  Set<String> classes() {
    return Collections.unmodifiableSet(classes);
  }

  /** When a number of people had tapped (milliseconds); there must be at least as many. */
  long when(int people) {
    return earliest.computeIfAbsent(people, this::earliest).last().at();
  }

  private NavigableSet<First> earliest(int people) {
    return new TreeSet<>(firsts.values().stream().sorted().limit(people).toList());
  }

  /** Whether it changed since the last call. */
  boolean isChanged() {
    boolean since = changed;
    changed = false;
    return since;
  }
}
