package org.skillvoucher.gateway.entity;

import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.domain.receipt.ReceiptSealer;
import org.skillvoucher.domain.scan.ScanCommand;
import org.skillvoucher.domain.trainingclass.ClassEvent;
import org.skillvoucher.domain.trainingclass.ClassEvolution;
import org.skillvoucher.domain.trainingclass.ClassState;
import org.skillvoucher.domain.trainingclass.ScanDecider;
import org.skillvoucher.domain.trainingclass.ScanResult;
import org.skillvoucher.gateway.journal.snapshot.Versioned;

/** The events of a batch's statements, to be persisted all or none, and their results. */
record ScanBatchDecision(List<ClassEvent> events, List<ScanResult> results) {
  /** Each is decided on the state that follows from those before it. */
  static ScanBatchDecision of(
      Versioned<ClassState> versioned, List<ScanCommand> commands, ReceiptSealer sealer) {
    List<ClassEvent> events = new ArrayList<>();
    List<ScanResult> results = new ArrayList<>(commands.size());
    ClassState state = versioned.state();
    int evolved = 0;
    for (ScanCommand command : commands) {
      // Not after the last: a ledger that has grown once is copied when it grows again.
      for (; evolved < events.size(); evolved++) {
        state =
            ClassEvolution.evolve(state, events.get(evolved), versioned.revision() + evolved + 1);
      }
      var decision = ScanDecider.decide(state, command).sealedBy(sealer);
      events.addAll(decision.events());
      results.add(decision.result());
    }
    return new ScanBatchDecision(List.copyOf(events), List.copyOf(results));
  }
}
