package org.skillvoucher.domain.trainingclass;

import java.util.List;
import org.skillvoucher.domain.scan.ScanLedger;

/**
 * What a class decides of one statement: what it keeps, which may be something of a refused one
 * too, and what it answers.
 */
public record ScanDecision(List<ClassFact> facts, Outcome outcome) {
  public ScanDecision {
    facts = List.copyOf(facts);
  }

  /** The answer. */
  public sealed interface Outcome {
    /** Attendance, with a receipt in the last of the facts. */
    record Recorded() implements Outcome {}

    /** Kept before: its receipt stands in this entry's event. */
    record AlreadyRecorded(ScanLedger.Entry entry) implements Outcome {}

    /** The same person did the same in that lesson before, by another statement. */
    record Duplicate(ScanLedger.Entry entry) implements Outcome {}

    /** It gives no receipt, for a reason found before the class was asked. */
    record Quarantined() implements Outcome {}

    record Refused(ClassRefusal reason) implements Outcome {}
  }

  static ScanDecision refused(ClassRefusal reason) {
    return new ScanDecision(List.of(), new Outcome.Refused(reason));
  }
}
