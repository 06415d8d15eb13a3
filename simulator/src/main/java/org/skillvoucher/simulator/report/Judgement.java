package org.skillvoucher.simulator.report;

/**
 * What became of a threshold.
 *
 * @param measured as people read it; empty when it was not measured, which is no way to meet it
 * @param ofBound what was measured, as a share of the bound; 0 when there is none to tell
 */
public record Judgement(
    String metric, String expression, String measured, double ofBound, boolean met) {
  public boolean isMeasured() {
    return !measured.isEmpty();
  }
}
