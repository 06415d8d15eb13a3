package org.skillvoucher.gateway.entity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.scan.ScanLedger;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.ClassState.Approved;
import org.skillvoucher.domain.trainingclass.ClassState.Closed;
import org.skillvoucher.domain.trainingclass.ClassState.Filed;
import org.skillvoucher.domain.trainingclass.ClassState.Open;
import org.skillvoucher.domain.trainingclass.ClassState.Plan;
import org.skillvoucher.domain.trainingclass.ClassState.Returned;
import org.skillvoucher.domain.trainingclass.ClassState.Unfiled;

/** The parts of a class's state that others read. */
final class Summaries {
  private Summaries() {}

  /** The class in short; empty when it was never filed. */
  static Optional<Classes.Summary> of(ClassId id, ClassState state) {
    return switch (state) {
      case Unfiled unfiled -> Optional.empty();
      case Filed(var filing, var rules) ->
          Optional.of(
              new Classes.Summary(
                  id,
                  state.name(),
                  filing,
                  rules.pack(),
                  Optional.<Instant>empty(),
                  0,
                  0,
                  List.of(),
                  0));
      case Returned(var filing, var reason) ->
          Optional.of(
              new Classes.Summary(
                  id, state.name(), filing, "", Optional.<Instant>empty(), 0, 0, List.of(), 0));
      case Approved(var plan) -> Optional.of(planned(id, state, plan, 0));
      case Open open -> Optional.of(planned(id, state, open.plan(), open.ledger().size()));
      case Closed closed -> Optional.of(planned(id, state, closed.plan(), closed.ledger().size()));
    };
  }

  private static Classes.Summary planned(ClassId id, ClassState state, Plan plan, long receipts) {
    return new Classes.Summary(
        id,
        state.name(),
        plan.filing(),
        plan.rules().pack(),
        Optional.of(plan.approvedAt()),
        plan.roster().size(),
        plan.roster().vouchersBound(),
        plan.timetable().lessons(),
        receipts);
  }

  /** The people these facts add to the roster. */
  static List<PersonPseudonym> enrolledBy(List<ClassEvent> events) {
    return events.stream()
        .flatMap(
            event ->
                event instanceof ClassEvent.Enrolled enrolled
                    ? enrolled.people().stream()
                    : Stream.of())
        .toList();
  }

  /** The number of the event that holds the receipt with this {@code sq}. */
  static Optional<Long> locate(ClassState state, long sequence) {
    return switch (state) {
      case Open open -> locate(open.ledger(), sequence);
      case Closed closed -> locate(closed.ledger(), sequence);
      case Unfiled s -> Optional.empty();
      case Filed s -> Optional.empty();
      case Returned s -> Optional.empty();
      case Approved s -> Optional.empty();
    };
  }

  private static Optional<Long> locate(ScanLedger ledger, long sequence) {
    return sequence < 1 || sequence > ledger.size()
        ? Optional.empty()
        : Optional.of(ledger.entries().get((int) sequence - 1).eventNumber());
  }
}
