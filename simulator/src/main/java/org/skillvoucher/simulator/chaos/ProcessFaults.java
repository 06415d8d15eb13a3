package org.skillvoucher.simulator.chaos;

import java.io.IOException;
import org.skillvoucher.simulator.gateway.GatewayProcess;

/** Makes faults on a gateway with an embedded PostgreSQL, both on this machine. */
final class ProcessFaults implements FaultSequence.FaultInjector {
  private final GatewayProcess gateway;
  private final PostgresProcesses postgres;

  ProcessFaults(GatewayProcess gateway, PostgresProcesses postgres) {
    this.gateway = gateway;
    this.postgres = postgres;
  }

  @Override
  public FaultSequence.Injection make(FaultPlan.PlannedFault round)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    return switch (round.fault()) {
      case KILL_GATEWAY -> {
        gateway.kill();
        FaultSequence.Injection blow = new FaultSequence.Injection(System.nanoTime(), began);
        gateway.startAgain();
        yield blow;
      }
      case KILL_POSTGRES -> {
        postgres.kill();
        yield new FaultSequence.Injection(System.nanoTime(), began);
      }
      case FREEZE_POSTGRES -> {
        postgres.freeze(round.held());
        yield new FaultSequence.Injection(began, System.nanoTime());
      }
    };
  }

  @Override
  public void settle() throws IOException, InterruptedException {
    try {
      gateway.awaitReady(() -> {});
    } catch (GatewayProcess.Ended e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
