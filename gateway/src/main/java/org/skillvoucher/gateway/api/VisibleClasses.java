package org.skillvoucher.gateway.api;

import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;

/** The classes in the caller's scope: another tenant's is answered like an unknown one. */
final class VisibleClasses {
  private final Classes classes;

  VisibleClasses(Classes classes) {
    this.classes = classes;
  }

  /**
   * Finds a class; the stage fails with {@link ProblemException} (404) when it is unknown or out of
   * scope.
   */
  CompletionStage<Classes.Summary> find(Call call, ClassId id) {
    return classes
        .find(id)
        .thenApply(
            found ->
                found
                    .filter(
                        summary ->
                            call.sees(summary.filing().institution(), summary.filing().region()))
                    .orElseThrow(() -> new ProblemException(Problem.notFound())));
  }
}
