package org.skillvoucher.gateway.api;

import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.ProblemException;

/**
 * The classes in the caller's scope whose institution may train: from the second on in which it is
 * suspended or out of the directory, nothing new is approved, enrolled, opened or proposed (R24).
 */
final class ActiveClasses {
  private final VisibleClasses visible;
  private final VisibleInstitutions institutions;
  private final InstantSource clock;

  ActiveClasses(Classes classes, Institutions institutions, InstantSource clock) {
    this.visible = new VisibleClasses(classes);
    this.institutions = new VisibleInstitutions(institutions);
    this.clock = clock;
  }

  /**
   * Finds a class; the stage fails with {@link ProblemException}: 404 when it is unknown or out of
   * scope, 403 {@code institution_suspended} or {@code institution_not_admitted}.
   */
  CompletionStage<Classes.Summary> find(Call call, ClassId id) {
    return visible
        .find(call, id)
        .thenCompose(
            seen ->
                institutions
                    .inDirectory(seen.filing().institution(), clock.instant())
                    .thenApply(listed -> seen));
  }

  /** What only concerns the institution's own wishes; the bureau acts on any class. */
  CompletionStage<Classes.Summary> findFor(Call call, ClassId id) {
    return call.actor().isOfBureau() ? visible.find(call, id) : find(call, id);
  }
}
