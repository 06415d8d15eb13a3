package org.skillvoucher.simulator.chaos;

import java.nio.file.Path;
import java.util.List;
import org.skillvoucher.simulator.gateway.GatewayProcess;

/** Fault injection during a load. The load generator reports each acknowledgement to it. */
public interface FaultInjection extends AutoCloseable {
  /** The load starts. */
  void start();

  /**
   * A scan was acknowledged. Thread-safe and wait-free.
   *
   * @param sentNanos when the acknowledged attempt was sent, by {@link System#nanoTime}
   */
  void acknowledged(long sentNanos);

  /** Whether no further fault follows: all were injected, or there was no recovery from one. */
  boolean isDone();

  /** The faults injected so far. */
  List<FaultRecord> events();

  /** Injects no further faults, and waits until the processes that were hit run again. */
  @Override
  void close();

  /** Injects nothing. */
  static FaultInjection none() {
    return new FaultInjection() {
      @Override
      public void start() {}

      @Override
      public void acknowledged(long sentNanos) {}

      @Override
      public boolean isDone() {
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
   * @param data its folder, see {@link GatewayProcess.Data.InFolder}
   */
  static FaultInjection of(FaultPlan plan, GatewayProcess gateway, Path data) {
    return new FaultSequence(
        plan.faultsInOrder(), new ProcessFaults(gateway, new PostgresProcesses(data)));
  }
}
