package org.skillvoucher.simulator.chaos;

import java.io.IOException;
import org.skillvoucher.simulator.gateway.GatewayProcess;

/** Injects faults into a gateway with an embedded PostgreSQL, both on this machine. */
final class ProcessFaults implements FaultSequence.FaultInjector {
  private final GatewayProcess gateway;
  private final PostgresProcesses postgres;

  ProcessFaults(GatewayProcess gateway, PostgresProcesses postgres) {
    this.gateway = gateway;
    this.postgres = postgres;
  }

  @Override
  public FaultSequence.InjectedFault inject(FaultPlan.PlannedFault fault)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    return switch (fault.fault()) {
      case KILL_GATEWAY -> {
        gateway.kill();
        FaultSequence.InjectedFault injected =
            new FaultSequence.InjectedFault(System.nanoTime(), began);
        gateway.startAgain();
        yield injected;
      }
      case KILL_POSTGRES -> {
        postgres.kill();
        yield new FaultSequence.InjectedFault(System.nanoTime(), began);
      }
      case FREEZE_POSTGRES -> {
        postgres.freeze(fault.held());
        yield new FaultSequence.InjectedFault(began, System.nanoTime());
      }
    };
  }

  @Override
  public void awaitRecovery() throws IOException, InterruptedException {
    try {
      gateway.awaitReady(() -> {});
    } catch (GatewayProcess.Ended e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
