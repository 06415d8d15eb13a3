package org.skillvoucher.simulator.chaos;

import java.io.IOException;
import org.skillvoucher.simulator.gateway.GatewayProcess;

/** Makes faults on a gateway with an embedded PostgreSQL, both on this machine. */
final class Blows implements Rounds.Maker {
  private final GatewayProcess gateway;
  private final PostgresProcesses postgres;

  Blows(GatewayProcess gateway, PostgresProcesses postgres) {
    this.gateway = gateway;
    this.postgres = postgres;
  }

  @Override
  public Rounds.Blow make(FaultPlan.Round round) throws IOException, InterruptedException {
    long began = System.nanoTime();
    return switch (round.fault()) {
      case KILL_GATEWAY -> {
        gateway.kill();
        Rounds.Blow blow = new Rounds.Blow(System.nanoTime(), began);
        gateway.startAgain();
        yield blow;
      }
      case KILL_POSTGRES -> {
        postgres.kill();
        yield new Rounds.Blow(System.nanoTime(), began);
      }
      case FREEZE_POSTGRES -> {
        postgres.freeze(round.held());
        yield new Rounds.Blow(began, System.nanoTime());
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
