package org.skillvoucher.gateway.flag;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.policy.FlagKind;

/**
 * Whether a flag (预警) of a kind holds for one subject, or does not or no longer.
 *
 * @param key identifies the subject among those of the kind in the class
 * @param facts numbers, ids and times that explain it to people; integers, texts, lists and maps
 * @param at when it happened, by the taps and the timetable and not by their arrival
 */
record FlagAssessment(
    FlagKind kind,
    FlagClass of,
    Subject subject,
    String key,
    Map<String, ?> facts,
    Instant at,
    boolean holds) {
  /** The subject of a flag. */
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

  /** Whether the region's rules ask for this kind. */
  boolean isWanted() {
    return of.level(kind) > 0;
  }
}
