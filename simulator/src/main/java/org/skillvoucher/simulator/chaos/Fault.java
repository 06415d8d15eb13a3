package org.skillvoucher.simulator.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What can be done to a deployment (故障) while it carries a load. */
public enum Fault {
  /** kill -9 of the gateway's JVM; it is started again on the same data and ports. */
  KILL_GATEWAY("kill-gateway", Duration.ofSeconds(15)),

  /** kill -9 of PostgreSQL, sessions and all; the gateway starts it again. */
  KILL_POSTGRES("kill-postgres", Duration.ofSeconds(30)),

  /** PostgreSQL stands still, sessions and all (SIGSTOP), and then goes on as if nothing was. */
  FREEZE_POSTGRES("freeze-postgres", Duration.ofSeconds(30));

  /** Around the limits of 5 and 10 s at which calls, writes and connections are given up. */
  static final List<Duration> FREEZES =
      List.of(
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(9),
          Duration.ofSeconds(11),
          Duration.ofSeconds(15));

  private final String word;
  private final Duration recoveryMax;

  Fault(String word, Duration recoveryMax) {
    this.word = word;
    this.recoveryMax = recoveryMax;
  }

  /** As the command line and the report call it. */
  public String word() {
    return word;
  }

  public static Optional<Fault> of(String word) {
    return Arrays.stream(values()).filter(fault -> fault.word.equals(word)).findFirst();
  }

  /** When it is over, the first scan must be acknowledged within this time. */
  public Duration recoveryMax() {
    return recoveryMax;
  }
}
