package org.skillvoucher.domain.attendance;

/** Theory and practice (理论和实操) are counted apart (R06). */
public enum LessonKind {
  THEORY,
  PRACTICE
}
