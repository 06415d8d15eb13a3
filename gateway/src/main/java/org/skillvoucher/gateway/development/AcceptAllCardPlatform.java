package org.skillvoucher.gateway.development;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.gateway.cardplatform.CardOutcome;
import org.skillvoucher.gateway.cardplatform.CardPlatform;
import org.skillvoucher.gateway.cardplatform.CardReading;
import org.skillvoucher.gateway.cardplatform.CodeOutcome;

/**
 * Accepts every card as genuine without asking a platform, so that a gateway can be measured alone,
 * or against a service that asks none either. What it accepts is recorded with {@link #REFERENCE}.
 */
public final class AcceptAllCardPlatform implements CardPlatform {
  static final String REFERENCE = "nobody-asked";

  @Override
  public CompletionStage<CardOutcome> verifyCard(CardReading card, String scanKey) {
    return CompletableFuture.completedStage(new CardOutcome.Verified(REFERENCE));
  }

  /** Only the platform can resolve a code. */
  @Override
  public CompletionStage<CodeOutcome> resolveCode(String code, String scanKey) {
    return CompletableFuture.completedStage(new CodeOutcome.Invalid());
  }
}
