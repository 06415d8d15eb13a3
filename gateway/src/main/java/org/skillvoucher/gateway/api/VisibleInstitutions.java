package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;
import org.skillvoucher.gateway.entity.Institutions;
import org.skillvoucher.gateway.http.Call;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;

/** The institutions in the caller's scope: another tenant's is answered like an unknown one. */
final class VisibleInstitutions {
  private final Institutions institutions;

  VisibleInstitutions(Institutions institutions) {
    this.institutions = institutions;
  }

  /** The stage fails with {@link ProblemException} (404) when unknown or out of scope. */
  CompletionStage<Admitted> find(Call call, CreditCode code) {
    return institutions
        .find(code)
        .thenApply(
            found ->
                found
                    .filter(state -> call.sees(code, state.admission().region()))
                    .orElseThrow(() -> new ProblemException(Problem.notFound())));
  }

  /** Only an admitted institution that is neither suspended nor out files a class. */
  CompletionStage<Admitted> inDirectory(CreditCode code, Instant now) {
    return institutions
        .find(code)
        .thenApply(
            found -> {
              Admitted state =
                  found.orElseThrow(() -> new ProblemException(InstitutionProblems.notAdmitted()));
              state
                  .stop()
                  .filter(stop -> !now.isBefore(stop.from()))
                  .ifPresent(
                      stop -> {
                        throw new ProblemException(ScanProblems.suspended(stop.from()));
                      });
              return state;
            });
  }

  CompletionStage<Admitted> send(Call call, CreditCode code, InstitutionCommand command) {
    return find(call, code)
        .thenCompose(seen -> institutions.send(code, command, call.actor()))
        .thenApply(answer -> done(answer).state());
  }

  static Institutions.Answer.Done done(Institutions.Answer answer) {
    return switch (answer) {
      case Institutions.Answer.Done done -> done;
      case Institutions.Answer.Refused(var reason) ->
          throw new ProblemException(InstitutionProblems.of(reason));
    };
  }
}
