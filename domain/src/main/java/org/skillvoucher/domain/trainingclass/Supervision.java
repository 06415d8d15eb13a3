package org.skillvoucher.domain.trainingclass;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.attendance.Windows.Window;
import org.skillvoucher.domain.identity.LessonId;

/**
 * What people added to the scans of a class.
 *
 * @param spotChecks by lesson, when the unannounced check (抽查) counts
 * @param corrections in the order in which they were proposed
 */
public record Supervision(Map<String, Window> spotChecks, List<Correction> corrections) {
  public static final Supervision NONE = new Supervision(Map.of(), List.of());

  public Supervision {
    spotChecks = Map.copyOf(spotChecks);
    corrections = List.copyOf(corrections);
  }

  Optional<Window> spotCheck(LessonId lesson) {
    return Optional.ofNullable(spotChecks.get(lesson.value()));
  }

  Optional<Correction> correction(String id) {
    return corrections.stream().filter(correction -> correction.id().equals(id)).findFirst();
  }

  /** The corrections that nobody decided. */
  public List<Correction> pending() {
    return corrections.stream().filter(correction -> correction.decision().isEmpty()).toList();
  }

  Supervision with(LessonId lesson, Window window) {
    Map<String, Window> more = new LinkedHashMap<>(spotChecks);
    more.put(lesson.value(), window);
    return new Supervision(more, corrections);
  }

  Supervision with(Correction correction) {
    Map<String, Correction> byId = new LinkedHashMap<>();
    corrections.forEach(existing -> byId.put(existing.id(), existing));
    byId.put(correction.id(), correction);
    return new Supervision(spotChecks, List.copyOf(byId.values()));
  }
}
