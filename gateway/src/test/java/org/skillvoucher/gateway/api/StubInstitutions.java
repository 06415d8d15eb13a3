package org.skillvoucher.gateway.api;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.RegionCode;
import org.skillvoucher.domain.institution.Admission;
import org.skillvoucher.domain.institution.InstitutionCommand;
import org.skillvoucher.domain.institution.InstitutionDecider;
import org.skillvoucher.domain.institution.InstitutionEvent;
import org.skillvoucher.domain.institution.InstitutionRefusal;
import org.skillvoucher.domain.institution.InstitutionState;
import org.skillvoucher.gateway.entity.DeviceStanding;
import org.skillvoucher.gateway.entity.Institutions;

/** Institutions in memory, decided by the domain's own rules; the usual school is admitted. */
final class StubInstitutions implements Institutions {
  private final Map<CreditCode, InstitutionState> states = new HashMap<>();

  StubInstitutions() {
    decide(
        new CreditCode(World.SCHOOL),
        new InstitutionCommand.Admit(
            new Admission(
                new CreditCode(World.SCHOOL),
                new RegionCode(World.REGION),
                "示范职业培训学校",
                "民办学校办学许可证",
                2026),
            "T-authority",
            Instant.EPOCH));
  }

  @Override
  public CompletionStage<Answer> send(
      CreditCode institution, InstitutionCommand command, Actor by) {
    return CompletableFuture.completedStage(decide(institution, command));
  }

  private Answer decide(CreditCode institution, InstitutionCommand command) {
    InstitutionState before = state(institution);
    return switch (InstitutionDecider.decide(before, command)) {
      case Decision.Rejected<InstitutionEvent, InstitutionRefusal>(var reason) ->
          new Answer.Refused(reason);
      case Decision.Accepted<InstitutionEvent, InstitutionRefusal>(var events) -> {
        InstitutionState after = before;
        for (InstitutionEvent event : events) {
          after = InstitutionDecider.evolve(after, event);
        }
        states.put(institution, after);
        yield new Answer.Done(admitted(after).orElseThrow(), !events.isEmpty());
      }
    };
  }

  private InstitutionState state(CreditCode institution) {
    return states.getOrDefault(institution, InstitutionState.initial());
  }

  private static Optional<InstitutionState.Admitted> admitted(InstitutionState state) {
    return switch (state) {
      case InstitutionState.Unknown unknown -> Optional.empty();
      case InstitutionState.Admitted admitted -> Optional.of(admitted);
    };
  }

  @Override
  public CompletionStage<Optional<InstitutionState.Admitted>> find(CreditCode institution) {
    return CompletableFuture.completedStage(admitted(state(institution)));
  }

  @Override
  public CompletionStage<DeviceStanding> device(CreditCode institution, String device) {
    if (!World.NAMES.isOf(institution, device)) {
      return CompletableFuture.completedStage(new DeviceStanding.Elsewhere());
    }
    return CompletableFuture.completedStage(
        admitted(state(institution))
            .flatMap(state -> state.trusted(device))
            .<DeviceStanding>map(
                known ->
                    new DeviceStanding.Trusted(
                        known.key().orElseThrow().suite(),
                        known.key().orElseThrow().publicKey(),
                        known.site(),
                        known.room(),
                        Optional.empty()))
            .orElseGet(DeviceStanding.NotTrusted::new));
  }
}
