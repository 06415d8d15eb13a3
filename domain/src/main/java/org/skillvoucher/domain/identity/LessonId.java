package org.skillvoucher.domain.identity;

/** The name of one lesson within its class, as its timetable gives it. */
public record LessonId(String value) {
  public LessonId {
    Identifiers.check("lesson id", value);
  }

  /** Reads exactly this spelling; {@code lesson_id} when it is none. */
  public static Parsed<LessonId> parse(String text) {
    return Parsed.trying("lesson_id", text, LessonId::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
