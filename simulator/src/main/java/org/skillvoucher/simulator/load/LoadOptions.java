package org.skillvoucher.simulator.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.simulator.chaos.FaultKind;

/**
 * How a load is run.
 *
 * @param target the gateway under load
 * @param config the folder of rule packs and samples
 * @param share the share of the load that this process generates
 * @param faults fault injection during the run
 * @param json where the result is written
 * @param html where the page is written
 * @param history the folder of the history of invocations and outcomes
 */
public record LoadOptions(
    Target target,
    Path config,
    LoadShare share,
    Optional<FaultOptions> faults,
    Optional<Path> json,
    Optional<Path> html,
    Optional<Path> history) {

  /** The gateway under load. */
  public sealed interface Target {}

  /**
   * A gateway process started for this run.
   *
   * @param command starts it
   * @param durable whether its PostgreSQL acknowledges a commit only once it is on disk
   */
  public record OwnGateway(List<String> command, boolean durable) implements Target {
    public OwnGateway {
      command = List.copyOf(command);
    }
  }

  /**
   * A gateway that is running already.
   *
   * @param api its address
   * @param tokens a file with a token for each role, as {@code .vgw/tokens.json}
   * @param platform address of the card platform's stub, where the cards are registered
   * @param management address of its management port, if it can be reached
   */
  public record RunningGateway(
      String api, Path tokens, Optional<String> platform, Optional<String> management)
      implements Target {}

  /**
   * Fault injection (故障注入).
   *
   * @param rounds how many faults in all
   */
  public record FaultOptions(List<FaultKind> faults, int rounds) {
    public FaultOptions {
      faults = List.copyOf(faults);
    }
  }
}
