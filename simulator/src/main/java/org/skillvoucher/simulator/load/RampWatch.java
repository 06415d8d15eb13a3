package org.skillvoucher.simulator.load;

import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.simulator.load.LoadScenario.Ramp;
import org.skillvoucher.simulator.report.Latencies;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Step;

/** Finds the last step of a ramp that a deployment sustains (拐点). */
final class RampWatch {
  /** Of what comes, so much must be accepted: a queue that grows would hide behind its delays. */
  private static final double ACCEPTED_MIN = 0.95;

  private final Ramp ramp;
  private final List<Step> steps = new ArrayList<>();
  private final List<Second> current = new ArrayList<>();

  RampWatch(Ramp ramp) {
    this.ramp = ramp;
  }

  /** Takes the next second; false once a step was not sustained, or there are no more. */
  boolean goesOn(Second second) {
    if (steps.size() == ramp.steps() || isBroken()) {
      return false;
    }
    if (second.at() < ramp.warmUp().toSeconds()) {
      return true;
    }
    current.add(second);
    if (current.size() * 1_000L >= ramp.hold().toMillis()) {
      steps.add(step(ramp.rate(steps.size())));
      current.clear();
    }
    return !isBroken() && steps.size() < ramp.steps();
  }

  private boolean isBroken() {
    return !steps.isEmpty() && !steps.getLast().sustained();
  }

  private Step step(double rate) {
    Latencies delays =
        current.stream().map(Second::latencies).reduce(Latencies.none(), Latencies::plus);
    long sent = current.stream().mapToLong(Second::sent).sum();
    long failed = current.stream().mapToLong(Second::failed).sum();
    double accepted = current.stream().mapToLong(Second::accepted).sum() / (double) current.size();
    double failedShare = sent == 0 ? 0 : (double) failed / sent;
    double p99 = delays.millisAt(99);
    boolean good =
        p99 <= ramp.p99Max().toMillis()
            && failedShare * 100 <= ramp.failedPercentMax()
            && accepted >= ACCEPTED_MIN * rate;
    return new Step(rate, accepted, p99, failedShare, good);
  }

  /** Every step that was played to its end. */
  List<Step> steps() {
    return List.copyOf(steps);
  }
}
