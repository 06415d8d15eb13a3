package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.device.DeviceStatement;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;

/** The bytes a device signs: a device in the field makes the same, without our code. */
final class StatementBytesTest {
  private static final DeviceStatement STATEMENT =
      new DeviceStatement(
          "D7K2M-1",
          9007199254740991L,
          3,
          Instant.ofEpochMilli(1741000000123L),
          4711,
          "beacon",
          "",
          "crd",
          DeviceStatement.NO_PREVIOUS,
          "signature",
          Optional.empty());

  @Test
  void theCanonicalBytesAreTheseAndNothingElse() {
    assertEquals(
        "{\"$t\":\"vds1.sm2\",\"act\":\"in\",\"cls\":\"C1/am\",\"crd\":\"crd\","
            + "\"ctr\":9007199254740991,\"dev\":\"D7K2M-1\",\"ep\":3,\"lb\":\"beacon\","
            + "\"mono\":4711,\"non\":\"\",\"ph\":\""
            + "A".repeat(43)
            + "\",\"t\":1741000000123}",
        text(STATEMENT, DeviceSuite.SM2, Act.IN));
  }

  @Test
  void suiteAndActAreSignedToo() {
    String check = text(STATEMENT, DeviceSuite.P256, Act.CHECK);

    assertTrue(check.contains("\"$t\":\"vds1.p256\""));
    assertTrue(check.contains("\"act\":\"check\""));
  }

  @Test
  void theSignatureIsNoPartOfWhatIsSigned() {
    var signed = STATEMENT.signedWith(new DeviceStatement.Signed(DeviceSuite.SM2, "hash"));

    assertEquals(text(STATEMENT, DeviceSuite.SM2, Act.IN), text(signed, DeviceSuite.SM2, Act.IN));
    assertFalse(text(signed, DeviceSuite.SM2, Act.IN).contains("signature"));
  }

  private static String text(DeviceStatement statement, DeviceSuite suite, Act act) {
    return new String(statement.canonical(suite, act, "C1/am"), StandardCharsets.UTF_8);
  }
}
