package org.skillvoucher.simulator.yaml;

import java.util.List;

/** A scenario file that cannot be played, with everything that is wrong with it. */
public final class ScenarioInvalid extends Exception {
  private final List<String> faults;

  public ScenarioInvalid(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** One a line: file, line, path, and what is wrong. */
  public List<String> faults() {
    return faults;
  }
}
