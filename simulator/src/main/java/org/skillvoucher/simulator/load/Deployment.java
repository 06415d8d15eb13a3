package org.skillvoucher.simulator.load;

import java.util.Optional;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.report.UsageSampler;

/** A gateway with all that is around it, ready for a load. */
interface Deployment extends AutoCloseable {
  /** As the result calls it. */
  String name();

  GatewayClient gateway();

  /** Whether its journal may hold what was before this run. */
  boolean hasPast();

  /** Its business clock; empty where it cannot be moved. */
  Optional<DevClock> clock();

  /** The address at which the card platform's stub takes orders. */
  Optional<String> platform();

  /** The address at which the downstream stub takes orders. */
  Optional<String> downstream();

  /** Where its processes can be looked at. */
  UsageSampler.Sources sources();

  /** Faults as they are planned. */
  FaultInjection faults(FaultPlan plan);

  @Override
  void close();
}
