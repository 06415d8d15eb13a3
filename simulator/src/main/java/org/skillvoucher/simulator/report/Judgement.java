package org.skillvoucher.simulator.report;

/**
 * What became of a threshold.
 *
 * @param measured as people read it; empty when it was not measured, which is no way to meet it
 */
public record Judgement(String metric, String expression, String measured, boolean met) {
  public boolean isMeasured() {
    return !measured.isEmpty();
  }
}
