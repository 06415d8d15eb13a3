package org.skillvoucher.simulator.load;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How a load is played.
 *
 * @param gatewayCommand starts a gateway of its own, where no other is given
 * @param config the folder of rule packs and samples
 * @param elsewhere a gateway that runs already
 * @param json where the result is written
 * @param html where the page is written
 * @param history the folder for what was sent and heard; kept when given
 */
public record LoadOptions(
    List<String> gatewayCommand,
    Path config,
    Optional<Elsewhere> elsewhere,
    Part part,
    Optional<Path> json,
    Optional<Path> html,
    Optional<Path> history) {
  public LoadOptions {
    gatewayCommand = List.copyOf(gatewayCommand);
  }

  /**
   * A gateway that runs already.
   *
   * @param api its address
   * @param tokens a file of a token for each role, as {@code .vgw/tokens.json}
   * @param platform address of the card platform's stub, which is told of the cards
   * @param management address of its management port, if that can be reached
   */
  public record Elsewhere(
      String api, Path tokens, Optional<String> platform, Optional<String> management) {}
}
