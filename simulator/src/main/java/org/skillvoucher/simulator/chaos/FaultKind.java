package org.skillvoucher.simulator.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The faults (故障) that can be injected into a deployment under load. */
public enum FaultKind {
  /** kill -9 of the gateway's JVM; it is restarted on the same data and ports. */
  KILL_GATEWAY("kill-gateway", Duration.ofSeconds(15)),

  /** kill -9 of PostgreSQL with all its sessions; the gateway restarts it. */
  KILL_POSTGRES("kill-postgres", Duration.ofSeconds(30)),

  /** PostgreSQL with all its sessions is stopped (SIGSTOP) and later continued (SIGCONT). */
  FREEZE_POSTGRES("freeze-postgres", Duration.ofSeconds(30));

  /** Around the timeouts of 5 and 10 s of calls, writes and connections. */
  static final List<Duration> FREEZES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(9),
          Duration.ofSeconds(11),
          Duration.ofSeconds(15));

  private final String code;
  private final Duration recoveryMax;

  FaultKind(String word, Duration recoveryMax) {
    this.code = word;
    this.recoveryMax = recoveryMax;
  }

  /** Its name on the command line and in the report. */
  public String code() {
    return code;
  }

  public static Optional<FaultKind> of(String code) {
    return Arrays.stream(values()).filter(fault -> fault.code.equals(code)).findFirst();
  }

  /** Within this time after its end the first scan must be acknowledged. */
  public Duration recoveryMax() {
    return recoveryMax;
  }
}
