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
import org.skillvoucher.simulator.history.Entry;
import org.skillvoucher.simulator.keys.DeviceKey;
import org.skillvoucher.simulator.platform.Card;

/**
 * Does beforehand what the simulator itself will do for every scan, so that the first people do not
 * wait until its own code is loaded and compiled.
 */
final class WarmUp {
  private static final int ROUNDS = 150;

  private WarmUp() {}

  /** Signs, and reads answers, with keys of each suite; returns how many of these were right. */
  static int of(List<DeviceSuite> suites) {
    Card card = MadeUpPeople.make(1, "990000", new SplittableRandom(0)).getFirst();
    int right = 0;
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
        Statement statement = device.state(tap);
        device.moveOn(statement);
        right += answered(statement) ? 1 : 0;
      }
    }
    return right;
  }

  /** With the statement in the place of a record: as long, and as little to be understood. */
  private static boolean answered(Statement statement) {
    String answer =
        "{\"receipt\":\""
            + statement.hash()
            + "\",\"payload\":{\"dh\":\""
            + statement.hash()
            + "\",\"more\":"
            + statement.json()
            + "}}";
    StatementReply reply = StatementReply.of(201, answer.getBytes(UTF_8), 0);
    return reply.isOf(statement.hash()) && Entry.sha(reply.receipt()).length() == 64;
  }
}
