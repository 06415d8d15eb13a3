package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.policy.ClassRules;

/** The lessons of a class (课程表), in order of their start. */
public final class Timetable {
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  public static final Timetable EMPTY = new Timetable(List.of());

  private final List<Lesson> lessons;
  private final Map<LessonId, Lesson> byId;

  private Timetable(List<Lesson> lessons) {
    this.lessons = lessons;
    byId = HashMap.newHashMap(lessons.size());
    lessons.forEach(lesson -> byId.put(lesson.id(), lesson));
  }

  public static Timetable of(List<Lesson> lessons) {
    List<Lesson> ordered = new ArrayList<>(lessons);
    ordered.sort(Comparator.comparing(Lesson::startsAt));
    return new Timetable(List.copyOf(ordered));
  }

  public List<Lesson> lessons() {
    return lessons;
  }

  public Optional<Lesson> lesson(LessonId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Why these lessons cannot be held; empty when they can. */
  Optional<String> fault(ClassRules rules) {
    int lessonsMax = rules.lessonsMax();
    if (lessons.isEmpty()) {
      return Optional.of("a timetable needs at least one lesson");
    }
    if (lessons.size() > lessonsMax) {
      return Optional.of("a timetable has at most " + lessonsMax + " lessons");
    }
    if (byId.size() < lessons.size()) {
      return Optional.of("two lessons have the same id");
    }
    for (int i = 1; i < lessons.size(); i++) {
      if (lessons.get(i).startsAt().isBefore(lessons.get(i - 1).endsAt())) {
        return Optional.of(
            "lesson "
                + lessons.get(i).id()
                + " begins before "
                + lessons.get(i - 1).id()
                + " ends");
      }
    }
    return tooLongADay(rules);
  }

  /** Class hours (学时) on one business day are limited (R06). */
  private Optional<String> tooLongADay(ClassRules rules) {
    int hoursMax = rules.fieldRules().classHoursADayMax();
    long minutesMax = (long) hoursMax * rules.attendance().classHourMinutes();
    Map<LocalDate, Long> minutes = new TreeMap<>();
    lessons.forEach(
        lesson ->
            minutes.merge(
                LocalDate.ofInstant(lesson.startsAt(), ZONE), lesson.minutes(), Long::sum));
    return minutes.entrySet().stream()
        .filter(day -> day.getValue() > minutesMax)
        .findFirst()
        .map(
            day ->
                day.getKey()
                    + " has more than "
                    + hoursMax
                    + " class hours of "
                    + rules.attendance().classHourMinutes()
                    + " minutes");
  }

  /** The last lesson's end. Only for a timetable with lessons. */
  Instant end() {
    return lessons.getLast().endsAt();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Timetable timetable && lessons.equals(timetable.lessons);
  }

  @Override
  public int hashCode() {
    return lessons.hashCode();
  }

  @Override
  public String toString() {
    return "Timetable of " + lessons.size();
  }
}
