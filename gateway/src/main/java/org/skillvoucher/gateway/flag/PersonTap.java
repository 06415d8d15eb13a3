package org.skillvoucher.gateway.flag;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.gateway.flag.FlagLesson.Held;

/**
 * A person's tap with the lesson it was for.
 *
 * @param held when the lesson is held; empty when it was removed from the timetable
 */
record PersonTap(TapObservation tap, Optional<Held> held) {
  String classId() {
    return tap.classId();
  }

  String lesson() {
    return tap.lesson();
  }

  Act act() {
    return tap.act();
  }

  Instant tappedAt() {
    return tap.tappedAt().orElseThrow();
  }

  Optional<String> site() {
    return tap.site();
  }

  boolean teacher() {
    return tap.teacher();
  }

  /** Of one lesson of one class. */
  boolean isOf(String otherClassId, String otherLesson) {
    return lesson().equals(otherLesson) && classId().equals(otherClassId);
  }

  /** The reference to look it up by. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new HashMap<>();
    facts.put("class", classId());
    facts.put("lesson", lesson());
    facts.put("act", act().code());
    facts.put("at", tappedAt().toString());
    site().ifPresent(where -> facts.put("site", where.substring(where.indexOf('/') + 1)));
    tap.record().receipt().ifPresent(number -> facts.put("receipt", number));
    tap.device()
        .ifPresent(
            name -> {
              facts.put("device", name);
              facts.put("counter", tap.counter());
            });
    return facts;
  }
}
