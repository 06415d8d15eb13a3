package org.skillvoucher.simulator.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.skillvoucher.simulator.chaos.Fault;

/**
 * How a load is played.
 *
 * @param where the gateway it is played against
 * @param config the folder of rule packs and samples
 * @param part which share of it this process plays
 * @param chaos what is done to the gateway meanwhile
 * @param json where the result is written
 * @param html where the page is written
 * @param history the folder in which what was sent and heard is kept
 */
public record LoadOptions(
    Where where,
    Path config,
    LoadShare part,
    Optional<Chaos> chaos,
    Optional<Path> json,
    Optional<Path> html,
    Optional<Path> history) {

  /** The gateway. */
  public sealed interface Where {}

  /**
   * One of its own.
   *
   * @param command starts it
   * @param durable whether its PostgreSQL acknowledges only what is written
   */
  public record Own(List<String> command, boolean durable) implements Where {
    public Own {
      command = List.copyOf(command);
    }
  }

  /**
   * One that runs already.
   *
   * @param api its address
   * @param tokens a file with a token for each role, as {@code .vgw/tokens.json}
   * @param platform address of the card platform's stub, which is told of the cards
   * @param management address of its management port, if it can be reached
   */
  public record Elsewhere(
      String api, Path tokens, Optional<String> platform, Optional<String> management)
      implements Where {}

  /**
   * Faults made on purpose (故障注入).
   *
   * @param rounds how many faults in all
   */
  public record Chaos(List<Fault> faults, int rounds) {
    public Chaos {
      faults = List.copyOf(faults);
    }
  }
}
