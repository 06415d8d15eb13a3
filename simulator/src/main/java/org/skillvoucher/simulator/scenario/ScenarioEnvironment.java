package org.skillvoucher.simulator.scenario;

import java.util.List;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.simulator.gateway.DevClock;
import org.skillvoucher.simulator.gateway.GatewayClient;

/**
 * Where a plan is executed.
 *
 * @param platform address of the card platform's stub
 */
record ScenarioEnvironment(
    Plan plan,
    GatewayClient gateway,
    DevClock clock,
    String platform,
    AnswerLog answers,
    Notes notes) {

  /** A class on file, with the pseudonyms of its people in their order. */
  record ClassOnFile(int number, String id, List<PersonPseudonym> pseudonyms) {
    ClassOnFile {
      pseudonyms = List.copyOf(pseudonyms);
    }
  }

  /** Reports progress on standard error. */
  interface Notes {
    void note(String text);
  }
}
