package org.skillvoucher.gateway.flag;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.policy.FlagKind;

/**
 * What is to be said of one thing that a flag (预警) of this kind could point at: that it stands, or
 * that it does not or not any longer.
 *
 * @param key tells it from the other things which the kind points at in the class
 * @param facts numbers, ids and times that explain it to a person; integers, texts, lists and maps
 * @param at when it happened, by the taps and the timetable, whenever they were heard of
 */
record FlagAssessment(
    FlagKind kind,
    FlagClass of,
    Subject subject,
    String key,
    Map<String, ?> facts,
    Instant at,
    boolean holds) {
  /** What a flag is about. */
  record Subject(Optional<String> lesson, Optional<String> person, Optional<String> device) {
    static Subject person(String person) {
      return new Subject(Optional.empty(), Optional.of(person), Optional.empty());
    }

    static Subject person(String lesson, String person) {
      return new Subject(Optional.of(lesson), Optional.of(person), Optional.empty());
    }

    static Subject lesson(String lesson) {
      return new Subject(Optional.of(lesson), Optional.empty(), Optional.empty());
    }

    static Subject device(String device) {
      return new Subject(Optional.empty(), Optional.empty(), Optional.of(device));
    }

    static Subject device(String lesson, String device) {
      return new Subject(Optional.of(lesson), Optional.empty(), Optional.of(device));
    }
  }

  /** Whether the region wants to be told. */
  boolean isWanted() {
    return of.level(kind) > 0;
  }
}
