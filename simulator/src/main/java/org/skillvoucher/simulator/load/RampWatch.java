package org.skillvoucher.simulator.load;

import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.simulator.load.LoadScenario.Ramp;
import org.skillvoucher.simulator.report.Latencies;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Step;

/** Finds the sustained rate: the last step of a ramp that a deployment can sustain (拐点). */
final class RampWatch {
  /** Accepted share of the arrivals: with a growing queue the latencies alone could look good. */
  private static final double ACCEPTED_MIN = 0.95;

  private final Ramp ramp;
  private final List<Step> steps = new ArrayList<>();
  private final List<Second> step = new ArrayList<>();

  RampWatch(Ramp ramp) {
    this.ramp = ramp;
  }

  /** Adds a second; false once a step was not sustained or all steps are done. */
  boolean continueAfter(Second second) {
    if (steps.size() == ramp.steps() || isOverloaded()) {
      return false;
    }
    if (second.at() < ramp.warmUp().toSeconds()) {
      return true;
    }
    step.add(second);
    if (step.size() * 1_000L >= ramp.hold().toMillis()) {
      steps.add(step(ramp.rate(steps.size())));
      step.clear();
    }
    return !isOverloaded() && steps.size() < ramp.steps();
  }

  private boolean isOverloaded() {
    return !steps.isEmpty() && !steps.getLast().sustained();
  }

  private Step step(double rate) {
    Latencies delays =
        step.stream().map(Second::latencies).reduce(Latencies.none(), Latencies::plus);
    long sent = step.stream().mapToLong(Second::sent).sum();
    long failed = step.stream().mapToLong(Second::failed).sum();
    double accepted = step.stream().mapToLong(Second::accepted).sum() / (double) step.size();
    double failedShare = sent == 0 ? 0 : (double) failed / sent;
    double p99 = delays.millisAt(99);
    boolean good =
        p99 <= ramp.p99Max().toMillis()
            && failedShare * 100 <= ramp.failedPercentMax()
            && accepted >= ACCEPTED_MIN * rate;
    return new Step(rate, accepted, p99, failedShare, good);
  }

  /** The completed steps. */
  List<Step> steps() {
    return List.copyOf(steps);
  }
}
