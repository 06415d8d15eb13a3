package org.skillvoucher.gateway.projection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sightings of one person, device or lesson, in the order of their times. */
final class Taps {
  /** By bytes, as the table's columns are ordered; names are ASCII. */
  private static final Comparator<Sighting> ORDER =
      Comparator.comparingLong(Sighting::tappedMillis)
          .thenComparing(Sighting::classId)
          .thenComparing(tap -> tap.kept().statement());

  private static final int ROWS_TO_KEEP = 100;
  private static final long DAYS_TO_KEEP_MILLIS = Duration.ofDays(3).toMillis();
  private static final long DAYS_LEFT_MILLIS = Duration.ofDays(2).toMillis();

  private final List<Sighting> rows = new ArrayList<>();
  private long since;
  private long changes;
  private Optional<Day> day = Optional.empty();

  /**
   * Who tapped on one day, and for which classes.
   *
   * @param firsts of each person whose tap counts, milliseconds
   */
  record Day(long from, long to, Map<String, Long> firsts, Set<String> classes) {
    private void add(Sighting tap) {
      if (tap.tappedMillis() >= from && tap.tappedMillis() < to) {
        classes.add(tap.classId());
        if (tap.kept().counted()) {
          firsts.merge(tap.person().orElseThrow(), tap.tappedMillis(), Math::min);
        }
      }
    }
  }

  /** None that were tapped earlier (milliseconds) are kept here. */
  Taps(long since) {
    this.since = since;
  }

  long since() {
    return since;
  }

  int size() {
    return rows.size();
  }

  /** Grows with every change. */
  long changes() {
    return changes;
  }

  /** All there are. */
  List<Sighting> all() {
    return rows;
  }

  /** Those tapped from one time to before another, milliseconds. */
  List<Sighting> between(long from, long to) {
    return rows.subList(firstFrom(from), firstFrom(Math.max(from, to)));
  }

  /** A day from one time to before another; the last one asked for is kept up to date. */
  Day day(long from, long to) {
    if (day.filter(one -> one.from() == from && one.to() == to).isEmpty()) {
      Day asked = new Day(from, to, new HashMap<>(), new HashSet<>());
      between(from, to).forEach(asked::add);
      day = Optional.of(asked);
    }
    return day.orElseThrow();
  }

  private int firstFrom(long from) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rows.get(middle).tappedMillis() < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  void add(Sighting tap) {
    if (tap.tappedMillis() >= since) {
      if (rows.isEmpty() || ORDER.compare(rows.getLast(), tap) < 0) {
        rows.add(tap); // as nearly always
      } else {
        int at = Collections.binarySearch(rows, tap, ORDER);
        rows.add(at < 0 ? ~at : at, tap);
      }
      day.ifPresent(one -> one.add(tap));
      changes++;
    }
  }

  void remove(Sighting tap) {
    int at = Collections.binarySearch(rows, tap, ORDER);
    if (at >= 0) {
      rows.remove(at);
      day = Optional.empty();
      changes++;
    }
  }

  /** Forgets what is long past, once it has become much. */
  void prune() {
    if (rows.size() > ROWS_TO_KEEP && since > Long.MIN_VALUE) {
      long newest = rows.getLast().tappedMillis();
      if (rows.getFirst().tappedMillis() < newest - DAYS_TO_KEEP_MILLIS) {
        since = Math.max(since, newest - DAYS_LEFT_MILLIS);
        rows.subList(0, firstFrom(since)).clear();
        day = Optional.empty();
      }
    }
  }
}
