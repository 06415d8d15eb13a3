package org.skillvoucher.gateway.development;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardReading;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;

class AcceptAllCardPlatformTest {
  private static final CardReading CARD =
      new CardReading("990100D1560000050000000000000001", "99010119900315004X", "A12345678", "王𠮷");

  private final AcceptAllCardPlatform platform = new AcceptAllCardPlatform();

  @Test
  void aCardIsGenuineAndItsReferenceSaysThatNobodyWasAsked() {
    assertEquals(
        new CardOutcome.Verified("nobody-asked"),
        platform.verifyCard(CARD, "scan-1").toCompletableFuture().join());
  }

  @Test
  void aCodeIsNobodysBecauseOnlyThePlatformKnowsWhose() {
    assertEquals(
        new CodeOutcome.Invalid(),
        platform.resolveCode("VQR1.x", "scan-1").toCompletableFuture().join());
  }
}
