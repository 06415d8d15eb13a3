package org.skillvoucher.domain.identity;

/** The id of one lesson within its class, as in its timetable. */
public record LessonId(String value) {
  public LessonId {
    Identifiers.check("lesson id", value);
  }

  /** Parses exactly this form; {@code lesson_id} when invalid. */
  public static Parsed<LessonId> parse(String text) {
    return Parsed.trying("lesson_id", text, LessonId::new);
  }

  @Override
  public String toString() {
    return value;
  }
}
