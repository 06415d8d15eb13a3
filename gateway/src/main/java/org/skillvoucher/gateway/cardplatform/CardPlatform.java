package org.skillvoucher.gateway.cardplatform;

import java.util.concurrent.CompletionStage;

/** The port to the national card platform (全国社会保障卡服务平台). */
public interface CardPlatform {
  /**
   * Asks whether a card is real, active and the named person's.
   *
   * @param scanKey the idempotency key under which the platform stores its own answer
   * @return the outcome; the stage fails with {@link Silent} when the platform did not answer in
   *     time, throttled or failed, so that nothing may be recorded
   */
  CompletionStage<CardOutcome> verifyCard(CardReading card, String scanKey);

  /**
   * Asks whose dynamic code (动态二维码) this is.
   *
   * @param scanKey the idempotency key under which the platform stores its own answer
   * @return as {@link #verifyCard}
   */
  CompletionStage<CodeOutcome> resolveCode(String code, String scanKey);

  /** The platform gave no answer: the scan must be sent again. */
  final class Silent extends RuntimeException {
    public Silent(String message, Throwable cause) {
      super(message, cause);
    }

    public Silent(String message) {
      super(message);
    }
  }
}
