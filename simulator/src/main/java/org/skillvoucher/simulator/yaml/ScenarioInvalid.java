package org.skillvoucher.simulator.yaml;

import java.util.List;

/** A scenario that cannot be run, with all of its faults. */
public final class ScenarioInvalid extends Exception {
  private final List<String> faults;

  public ScenarioInvalid(List<String> faults) {
    super(String.join("\n", faults));
    this.faults = List.copyOf(faults);
  }

  /** Each with file, line, key path and what is wrong. */
  public List<String> faults() {
    return faults;
  }
}
