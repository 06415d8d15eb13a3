package org.skillvoucher.simulator.load;

import java.util.Optional;
import org.skillvoucher.simulator.chaos.FaultInjection;
import org.skillvoucher.simulator.chaos.FaultPlan;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;
import org.skillvoucher.simulator.report.UsageSampler;

/** A gateway with the systems around it, ready for a load. */
interface Deployment extends AutoCloseable {
  /** Its name in the result. */
  String name();

  GatewayClient gateway();

  /** Whether its journal may hold events of before this run. */
  boolean hasEarlierEvents();

  /** Its business clock; empty where it cannot be advanced. */
  Optional<DevClock> clock();

  /** Address of the card platform's stub, which can be given faults. */
  Optional<String> platform();

  /** Address of the downstream stub, which can be given faults. */
  Optional<String> downstream();

  /** The processes whose usage is sampled. */
  UsageSampler.Sources sources();

  /** Fault injection by a plan. */
  FaultInjection faults(FaultPlan plan);

  @Override
  void close();
}
