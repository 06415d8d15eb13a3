package org.skillvoucher.simulator.chaos;

import java.nio.file.Path;
import java.util.List;
import org.skillvoucher.simulator.gateway.GatewayProcess;

/** Faults that come while a load runs. What drives the load tells what is acknowledged. */
public interface FaultInjection extends AutoCloseable {
  /** The load begins. */
  void start();

  /**
   * A scan was acknowledged. May be called by any thread, and costs next to nothing.
   *
   * @param sentNanos System.nanoTime() when the attempt left that is now acknowledged
   */
  void acknowledged(long sentNanos);

  /** Whether no further fault will come: all were made, or one was never got over. */
  boolean done();

  /** The faults made so far. */
  List<FaultRecord> events();

  /** Makes no further faults, and waits until those who were hit run again. */
  @Override
  void close();

  /** No faults at all. */
  static FaultInjection none() {
    return new FaultInjection() {
      @Override
      public void start() {}

      @Override
      public void acknowledged(long sentNanos) {}

      @Override
      public boolean done() {
        return true;
      }

      @Override
      public List<FaultRecord> events() {
        return List.of();
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Faults of a gateway with an embedded PostgreSQL, both on this machine.
   *
   * @param data its folder, see {@link GatewayProcess.Data.Kept}
   */
  static FaultInjection of(FaultPlan plan, GatewayProcess gateway, Path data) {
    return new FaultSequence(plan.all(), new ProcessFaults(gateway, new PostgresProcesses(data)));
  }
}
