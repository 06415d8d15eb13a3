package org.skillvoucher.domain.trainingclass;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.identity.LessonId;

/** The lessons of a class (课程表), in order of their start. */
public final class Timetable {
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

  /** Why these lessons cannot be held as they stand; empty when they can. */
  Optional<String> fault(int lessonsMax) {
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
    return Optional.empty();
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
