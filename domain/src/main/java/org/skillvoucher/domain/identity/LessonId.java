package org.skillvoucher.domain.identity;

/** The name of one lesson within its class, as its timetable gives it. */
public record LessonId(String value) {
  public LessonId {
    Identifiers.check("lesson id", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
