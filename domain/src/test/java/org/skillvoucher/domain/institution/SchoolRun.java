package org.skillvoucher.domain.institution;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.Decision.Accepted;
import org.skillvoucher.domain.Decision.Rejected;
import org.skillvoucher.domain.institution.InstitutionState.Admitted;

/** One institution as its actor would run it: decide, keep, evolve. */
final class SchoolRun {
  private InstitutionState state;
  private final List<InstitutionEvent> events = new ArrayList<>();

  SchoolRun(InstitutionState from) {
    state = from;
  }

  Decision<InstitutionEvent, InstitutionRefusal> send(InstitutionCommand command) {
    var decision = InstitutionDecider.decide(state, command);
    switch (decision) {
      case Accepted<InstitutionEvent, InstitutionRefusal>(var accepted) ->
          accepted.forEach(
              event -> {
                events.add(event);
                state = InstitutionDecider.evolve(state, event);
              });
      case Rejected<InstitutionEvent, InstitutionRefusal> rejected -> {}
    }
    return decision;
  }

  /** For what a test takes for granted. */
  SchoolRun after(InstitutionCommand... commands) {
    for (InstitutionCommand command : commands) {
      assertInstanceOf(Accepted.class, send(command));
    }
    return this;
  }

  Admitted admitted() {
    return assertInstanceOf(Admitted.class, state);
  }

  Device device() {
    Device device = admitted().devices().get("D1");
    if (device == null) {
      throw new AssertionError("no device");
    }
    return device;
  }

  List<InstitutionEvent> events() {
    return events;
  }
}
