package org.skillvoucher.gateway.api;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.Actor;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.trainingclass.ClassCommand;
import org.skillvoucher.domain.trainingclass.ClassDecider;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.Filing;
import org.skillvoucher.gateway.entity.Classes;

/** Classes in memory, decided by the domain's own rules unless a test sets the answer. */
final class StubClasses implements Classes {
  private final Map<ClassId, ClassState> states = new HashMap<>();
  final Map<Long, SealedReceipt> receipts = new HashMap<>();
  Optional<ClassRefusal> refusal = Optional.empty();
  Optional<Throwable> failure = Optional.empty();
  boolean silent;

  @Override
  public CompletionStage<Answer> send(ClassId classId, ClassCommand command, Actor by) {
    return answer(() -> decide(classId, command, by));
  }

  private Answer decide(ClassId classId, ClassCommand command, Actor by) {
    if (refusal.isPresent()) {
      return new Answer.Refused(refusal.get());
    }
    ClassState before = state(classId);
    return switch (ClassDecider.decide(before, command, by)) {
      case Decision.Rejected<ClassEvent, ClassRefusal>(var reason) -> new Answer.Refused(reason);
      case Decision.Accepted<ClassEvent, ClassRefusal>(var events) -> {
        ClassState after = before;
        for (ClassEvent event : events) {
          after = ClassEvolution.evolve(after, event, 1);
        }
        states.put(classId, after);
        yield new Answer.Done(
            summary(classId, after).orElseThrow(), !events.isEmpty(), enrolledBy(events));
      }
    };
  }

  private static List<PersonPseudonym> enrolledBy(List<ClassEvent> events) {
    return events.stream()
        .flatMap(
            event ->
                event instanceof ClassEvent.Enrolled enrolled
                    ? enrolled.people().stream()
                    : Stream.of())
        .toList();
  }

  private <T> CompletionStage<T> answer(Supplier<T> answer) {
    if (silent) {
      return new CompletableFuture<>();
    }
    return failure
        .<CompletionStage<T>>map(CompletableFuture::failedStage)
        .orElseGet(() -> CompletableFuture.completedStage(answer.get()));
  }

  private ClassState state(ClassId classId) {
    return states.getOrDefault(classId, ClassState.initial());
  }

  @Override
  public CompletionStage<Optional<Summary>> find(ClassId classId) {
    return answer(() -> summary(classId, state(classId)));
  }

  @Override
  public CompletionStage<Optional<SealedReceipt>> receipt(ClassId classId, long sequence) {
    return answer(() -> Optional.ofNullable(receipts.get(sequence)));
  }

  private static Optional<Summary> summary(ClassId id, ClassState state) {
    Optional<ClassState.Plan> plan = plan(state);
    return state.lastFiling().map(filing -> summary(id, state.name(), filing, plan));
  }

  private static Summary summary(
      ClassId id, String name, Filing filing, Optional<ClassState.Plan> plan) {
    return new Summary(
        id,
        name,
        filing,
        plan.map(agreed -> agreed.rules().pack()).orElse(""),
        plan.map(ClassState.Plan::approvedAt),
        plan.map(agreed -> agreed.roster().size()).orElse(0),
        plan.map(agreed -> agreed.roster().vouchersBound()).orElse(0),
        plan.map(agreed -> agreed.timetable().lessons()).orElse(List.of()),
        0);
  }

  private static Optional<ClassState.Plan> plan(ClassState state) {
    return switch (state) {
      case ClassState.Unfiled s -> Optional.empty();
      case ClassState.Filed s -> Optional.empty();
      case ClassState.Returned s -> Optional.empty();
      case ClassState.Approved(var plan) -> Optional.of(plan);
      case ClassState.Open open -> Optional.of(open.plan());
      case ClassState.Closed closed -> Optional.of(closed.plan());
    };
  }
}
