package org.skillvoucher.simulator.scenario;

import java.util.List;

/** A scenario file that cannot be played, with everything that is wrong with it. */
final class ScenarioInvalid extends Exception {
  private final List<String> faults;

  ScenarioInvalid(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** One a line: file, line, path, and what is wrong. */
  List<String> faults() {
    return faults;
  }
}
