package org.skillvoucher.gateway.flag;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The taps of one person, device or lesson, in the order of their times. Once the days and busiest
 * minutes of a device are maintained, only its latest taps are cached beside them: however many
 * taps a device has in a day, it takes no more memory than its people do.
 */
final class Taps {
  /** By bytes, as the table's columns are ordered; names are ASCII. */
  private static final Comparator<TapObservation> ORDER =
      Comparator.comparingLong(TapObservation::tappedMillis)
          .thenComparing(TapObservation::classId)
          .thenComparing(tap -> tap.record().statement());

  private static final int ROWS_TO_KEEP = 100;
  private static final long DAYS_TO_KEEP_MILLIS = Duration.ofDays(3).toMillis();
  private static final long DAYS_LEFT_MILLIS = Duration.ofDays(2).toMillis();

  /** How much older than the newest a late tap may be without reading all again. */
  private static final long LATE_MILLIS = Duration.ofMinutes(2).toMillis();

  private static final int ROWS_DROPPED_MIN = 16;
  private static final int DAYS_MAX = 4;

  private final List<TapObservation> rows = new ArrayList<>();
  private long since;
  private long droppedBefore = Long.MIN_VALUE;
  private int dropAt = ROWS_DROPPED_MIN;
  private boolean incomplete;
  private long changes;
  private final Map<Long, TapsOfDay> days = new HashMap<>();
  private Optional<BusiestMinutes> minutes = Optional.empty();

  /** Caches no taps before a time (milliseconds). */
  Taps(long since) {
    this.since = since;
  }

  long since() {
    return since;
  }

  /** Whether all taps since a time (milliseconds) are included. */
  boolean reach(long time) {
    return since <= time && !incomplete;
  }

  /** The number of taps, and of people of days. */
  int size() {
    int size = rows.size();
    for (TapsOfDay day : days.values()) {
      size += day.people();
    }
    return size;
  }

  /** Grows with every change. */
  long changes() {
    return changes;
  }

  /** All cached taps. */
  List<TapObservation> all() {
    return rows;
  }

  /** Those tapped from one time to before another, milliseconds. */
  List<TapObservation> between(long from, long to) {
    return rows.subList(firstFrom(from), firstFrom(Math.max(from, to)));
  }

  /** A day from one time to before another (milliseconds), maintained from then on. */
  TapsOfDay day(long from, long to) {
    return days.computeIfAbsent(from, key -> new TapsOfDay(from, to, between(from, to)));
  }

  /** Maintained from then on. */
  BusiestMinutes minutes() {
    BusiestMinutes now = minutes.orElseGet(() -> new BusiestMinutes(rows));
    minutes = Optional.of(now);
    return now;
  }

  private int firstFrom(long from) {
    return firstFrom(rows, from);
  }

  /** The index of the first tap not before a time (milliseconds). */
  static int firstFrom(List<TapObservation> rows, long from) {
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

  void add(TapObservation tap) {
    changes++;
    if (tap.tappedMillis() < droppedBefore) {
      incomplete = true;
    } else if (tap.tappedMillis() >= since) {
      boolean newest = rows.isEmpty() || ORDER.compare(rows.getLast(), tap) < 0; // nearly always
      int at = newest ? rows.size() : Collections.binarySearch(rows, tap, ORDER);
      rows.add(at < 0 ? ~at : at, tap);
      days.values().forEach(day -> day.add(tap));
      minutes.ifPresent(known -> known.add(tap));
      if (newest) {
        prune();
        drop(tap.tappedMillis());
      }
    }
  }

  /**
   * Drops taps that days and minutes include; a tap less than a minute after them would need them.
   * Taps of other days stay, and are checked again once there are a quarter more.
   */
  private void drop(long newest) {
    incomplete |= days.size() > DAYS_MAX;
    if (minutes.isPresent() && rows.size() >= dropAt) {
      long before = newest - LATE_MILLIS;
      List<TapObservation> old = rows.subList(0, firstFrom(before));
      if (old.removeIf(tap -> days.values().stream().anyMatch(day -> day.has(tap)))) {
        droppedBefore = before + BusiestMinutes.MINUTE_MILLIS;
        minutes.orElseThrow().dropBefore(before);
      }
      dropAt = rows.size() + Math.max(ROWS_DROPPED_MIN, rows.size() / 4);
    }
  }

  void remove(TapObservation tap) {
    incomplete |= tap.tappedMillis() < droppedBefore;
    int at = Collections.binarySearch(rows, tap, ORDER);
    if (at >= 0) {
      rows.remove(at);
      countAnew();
      changes++;
    }
  }

  /** Counts that only grow are reset when a tap is removed, which is rare. */
  private void countAnew() {
    days.clear();
    minutes = Optional.empty();
    incomplete |= droppedBefore > since;
  }

  /** Another observation of a tap: mostly at the same time, and then nothing is removed. */
  void replace(TapObservation before, TapObservation after) {
    incomplete |= before.tappedMillis() < droppedBefore;
    int at = ORDER.compare(before, after) == 0 ? Collections.binarySearch(rows, before, ORDER) : -1;
    boolean countsOn =
        !before.record().counted()
            || (after.record().counted() && before.person().equals(after.person()));
    if (at >= 0 && countsOn) {
      rows.set(at, after);
      days.values().forEach(day -> day.add(after));
      if (after.record().tooFast() && !before.record().tooFast()) {
        minutes.ifPresent(known -> known.tooFast(after));
      }
      changes++;
    } else {
      remove(before);
      add(after);
    }
  }

  /** Evicts old taps once there are many. */
  private void prune() {
    if (rows.size() > ROWS_TO_KEEP && since > Long.MIN_VALUE) {
      long newest = rows.getLast().tappedMillis();
      if (rows.getFirst().tappedMillis() < newest - DAYS_TO_KEEP_MILLIS) {
        since = Math.max(since, newest - DAYS_LEFT_MILLIS);
        rows.subList(0, firstFrom(since)).clear();
        countAnew();
      }
    }
  }
}
