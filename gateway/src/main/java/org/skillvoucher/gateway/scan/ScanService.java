package org.skillvoucher.gateway.scan;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Records scans: pre-check by the class, the device's signature, identification by the card
 * platform, decision by the class.
 */
public interface ScanService {
  /**
   * Records an online scan.
   *
   * @return the outcome; a stage that fails means unknown: 503, and only the same scan sent again
   *     resolves it
   */
  CompletionStage<ScanOutcome.Online> record(Attempt attempt);

  /**
   * Records a batch of offline statements (离线批次), of any classes and in any order.
   *
   * @return an outcome for each, in the order given
   */
  CompletionStage<List<ScanOutcome>> recordAll(List<Attempt> attempts);

  /**
   * Records a sign-in by the room's code (F2, 课堂码), for which the card platform vouches.
   *
   * @param attempt of the device that showed the code, which signed nothing; presents a {@link
   *     Attempt.Presented.RoomCode}
   */
  CompletionStage<ScanOutcome.Online> signIn(Attempt attempt);
}
