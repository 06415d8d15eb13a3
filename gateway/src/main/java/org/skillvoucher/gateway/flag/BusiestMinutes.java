package org.skillvoucher.gateway.flag;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The busiest minute of each lesson on one device, with the taps for all lessons. A minute begins
 * with a tap for the lesson.
 *
 * <p>Of the minutes that contain a new last tap, a lesson's first one has the most taps, so only
 * that one is compared. For a tap that arrives late the minutes that contain it are counted again.
 */
final class BusiestMinutes {
  static final long MINUTE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final List<TapObservation> rows;
  private final Map<FlagLesson.Id, OfLesson> lessons = new HashMap<>();
  private final Set<OfLesson> recent = new HashSet<>();

  /** Times in milliseconds. */
  private static final class OfLesson {
    private final FlagLesson.Id id;
    private final List<Long> taps = new ArrayList<>();
    private boolean whole;
    private long most;
    private long from = Long.MAX_VALUE;
    private long tooFast;
    private long tooFastFrom = Long.MAX_VALUE;

    OfLesson(FlagLesson.Id id) {
      this.id = id;
    }

    long last() {
      return taps.getLast();
    }

    long firstAfter(long millis) {
      return taps.get(place(millis + 1));
    }

    private int place(long millis) {
      int at = Collections.binarySearch(taps, millis);
      while (at > 0 && taps.get(at - 1) == millis) {
        at--;
      }
      return at < 0 ? ~at : at;
    }

    void tapped(TapObservation tap) {
      taps.add(
          taps.isEmpty() || last() <= tap.tappedMillis() ? taps.size() : place(tap.tappedMillis()),
          tap.tappedMillis());
      if (tap.record().tooFast()) {
        tooFast(tap);
      }
    }

    void tooFast(TapObservation tap) {
      tooFast++;
      tooFastFrom = Math.min(tooFastFrom, tap.tappedMillis());
    }

    void minute(long begin, long count) {
      if (count > most || (count == most && begin < from)) {
        most = count;
        from = begin;
      }
    }
  }

  /**
   * A lesson's.
   *
   * @param from the first of the minutes with the most taps
   * @param tooFast taps too soon after another, the first of them at {@code tooFastFrom}
   */
  record Busiest(FlagLesson.Id of, long taps, Instant from, long tooFast, Instant tooFastFrom) {}

  /**
   * Counts all taps.
   *
   * @param rows the device's taps in the order of their times; the caller may add to them
   */
  BusiestMinutes(List<TapObservation> rows) {
    this.rows = rows;
    rows.forEach(tap -> lesson(tap).tapped(tap));
    count(0, rows.size());
    if (!rows.isEmpty()) {
      long newest = rows.getLast().tappedMillis();
      rows.subList(Taps.firstFrom(rows, newest - MINUTE_MILLIS + 1), rows.size())
          .forEach(tap -> recent.add(lesson(tap)));
    }
  }

  private OfLesson lesson(TapObservation tap) {
    return lessons.computeIfAbsent(tap.ofLesson(), OfLesson::new);
  }

  /** Counts a tap just added to the rows. */
  void add(TapObservation tap) {
    long at = tap.tappedMillis();
    OfLesson own = lesson(tap);
    own.tapped(tap);
    recent.add(own);
    if (at < rows.getLast().tappedMillis()) {
      count(Taps.firstFrom(rows, at - MINUTE_MILLIS + 1), Taps.firstFrom(rows, at + 1));
    } else {
      recent.removeIf(lesson -> lesson.last() <= at - MINUTE_MILLIS);
      for (OfLesson lesson : recent) {
        long begin = lesson.firstAfter(at - MINUTE_MILLIS);
        lesson.minute(begin, rows.size() - Taps.firstFrom(rows, begin));
      }
    }
  }

  /** Counts a tap that turned out to be too fast. */
  void tooFast(TapObservation tap) {
    lesson(tap).tooFast(tap);
  }

  /** Counts the minutes that begin with some of the rows. */
  private void count(int first, int beyond) {
    int begin = first;
    int end = first;
    for (int i = first; i < beyond; i++) {
      long at = rows.get(i).tappedMillis();
      while (rows.get(begin).tappedMillis() < at) {
        begin++;
      }
      while (end < rows.size() && rows.get(end).tappedMillis() < at + MINUTE_MILLIS) {
        end++;
      }
      lesson(rows.get(i)).minute(at, end - begin);
    }
  }

  /** Drops taps before a time (milliseconds) that are no longer queried. */
  void dropBefore(long millis) {
    lessons.values().forEach(lesson -> lesson.taps.subList(0, lesson.place(millis)).clear());
  }

  private Set<OfLesson> with(long at) {
    Set<OfLesson> with = new HashSet<>();
    if (at < rows.getLast().tappedMillis()) {
      rows.subList(Taps.firstFrom(rows, at - MINUTE_MILLIS + 1), Taps.firstFrom(rows, at + 1))
          .forEach(tap -> with.add(lesson(tap)));
    } else {
      with.addAll(recent);
      with.removeIf(lesson -> lesson.last() <= at - MINUTE_MILLIS);
    }
    return with;
  }

  /** The busiest minutes of lessons with a minute that contains this time (milliseconds). */
  List<Busiest> around(long at) {
    return with(at).stream()
        .map(
            lesson ->
                new Busiest(
                    lesson.id,
                    lesson.most,
                    Instant.ofEpochMilli(lesson.from),
                    lesson.tooFast,
                    lesson.tooFast > 0 ? Instant.ofEpochMilli(lesson.tooFastFrom) : Instant.EPOCH))
        .toList();
  }

  /** Those of the same lessons that may have taps which were not read. */
  List<FlagLesson.Id> doubtful(long at) {
    return with(at).stream().filter(lesson -> !lesson.whole).map(lesson -> lesson.id).toList();
  }

  /** Marks that all taps of the lesson on the device were read. */
  void whole(FlagLesson.Id lesson) {
    Objects.requireNonNull(lessons.get(lesson)).whole = true;
  }
}
