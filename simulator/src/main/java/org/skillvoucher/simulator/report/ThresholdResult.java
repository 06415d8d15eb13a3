package org.skillvoucher.simulator.report;

/**
 * The result of evaluating a threshold.
 *
 * @param measured the measured value, formatted; empty when it was not measured, which counts as
 *     missed
 * @param ofBound the measured value as a share of the bound; 0 when not measured or unbounded
 */
public record ThresholdResult(
    String metric, String expression, String measured, double ofBound, boolean met) {
  public boolean isMeasured() {
    return !measured.isEmpty();
  }
}
