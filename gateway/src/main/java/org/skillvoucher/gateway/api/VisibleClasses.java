package org.skillvoucher.gateway.api;

import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.gateway.entity.Classes;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;

/** Classes as far as a caller may see them: another tenant's is as if it did not exist. */
final class VisibleClasses {
  private final Classes classes;

  VisibleClasses(Classes classes) {
    this.classes = classes;
  }

  /**
   * The class; the stage fails with {@link ProblemException} when it is not there for the caller.
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
