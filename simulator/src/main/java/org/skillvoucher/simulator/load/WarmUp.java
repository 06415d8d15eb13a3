package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.desk.MadeUpPeople;
import org.skillvoucher.simulator.device.Device;
import org.skillvoucher.simulator.device.Presented;
import org.skillvoucher.simulator.device.Statement;
import org.skillvoucher.simulator.history.HistoryEntry;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.platform.Card;

/**
 * Runs the simulator's own code of a scan before the load, so that it is loaded and compiled when
 * the first arrivals are due.
 */
final class WarmUp {
  private static final int ROUNDS = 150;

  private WarmUp() {}

  /** Signs and parses answers with a key of each suite; returns how many were parsed correctly. */
  static int run(List<DeviceSuite> suites) {
    Card card = MadeUpPeople.make(1, "990000", new SplittableRandom(0)).getFirst();
    int correct = 0;
    for (DeviceSuite suite : suites) {
      Device device = new Device("D0-1", DeviceKey.of(suite, "warm"), 1);
      for (int round = 0; round < ROUNDS; round++) {
        Device.Tap tap =
            new Device.Tap(
                "C0",
                "L0",
                Act.IN,
                Presented.card(card, Presented.Salt.of(round, round)),
                Instant.EPOCH.plusSeconds(round));
        Statement statement = device.sign(tap);
        device.advance(statement);
        correct += isParsed(statement) ? 1 : 0;
      }
    }
    return correct;
  }

  /** Parses an answer with the statement in place of the receipt record, which is as long. */
  private static boolean isParsed(Statement statement) {
    String answer =
        "{\"receipt\":\""
            + statement.hash()
            + "\",\"payload\":{\"dh\":\""
            + statement.hash()
            + "\",\"more\":"
            + statement.json()
            + "}}";
    StatementReply reply = StatementReply.of(201, answer.getBytes(UTF_8), 0);
    return reply.hasReceiptFor(statement.hash())
        && HistoryEntry.sha(reply.receipt()).length() == 64;
  }
}
