package org.skillvoucher.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.receipt.Suite;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.domain.trainingclass.Scan;
import org.skillvoucher.gateway.entity.Scans;
import org.skillvoucher.gateway.platform.CardReading;

/** A line that keeps every scan, once, unless a test says what to answer. */
final class StubScans implements Scans {
  private final Map<Scan.Fingerprint, SealedReceipt> kept = new HashMap<>();
  private final Map<Scan.Fingerprint, Scan.Fingerprint> bodies = new HashMap<>();
  final List<Scan> seen = new ArrayList<>();
  final List<CardReading> cards = new ArrayList<>();
  final List<String> keys = new ArrayList<>();
  Optional<Answer> answer = Optional.empty();
  Optional<Throwable> failure = Optional.empty();

  @Override
  public CompletionStage<Answer> record(
      ClassId classId, CreditCode institution, Scan scan, CardReading card, String key) {
    seen.add(scan);
    cards.add(card);
    keys.add(key);
    return failure
        .<CompletionStage<Answer>>map(CompletableFuture::failedStage)
        .orElseGet(
            () -> CompletableFuture.completedStage(answer.orElseGet(() -> keep(classId, scan))));
  }

  private Answer keep(ClassId classId, Scan scan) {
    if (!bodies.getOrDefault(scan.key(), scan.body()).equals(scan.body())) {
      return new Answer.Refused(new ClassRefusal.KeyReused());
    }
    bodies.put(scan.key(), scan.body());
    boolean replayed = kept.containsKey(scan.key());
    return new Answer.Kept(
        kept.computeIfAbsent(
            scan.key(), key -> receipt(classId + "/" + scan.lesson(), kept.size() + 1)),
        replayed);
  }

  /** A record of the right shape, signed by nobody. */
  static SealedReceipt receipt(String place, long sequence) {
    String payload =
        "{\"$t\":\"vtr1.sm2\",\"act\":\"in\",\"cls\":\"%s\",\"sq\":%d}".formatted(place, sequence);
    ReceiptRecord record =
        ReceiptRecord.of(
            Suite.SM2,
            new KeyId(1),
            new byte[ReceiptRecord.SIGNATURE_OCTETS],
            payload.getBytes(StandardCharsets.UTF_8));
    return new SealedReceipt("01JNA5W3N2V0Q4T7Z9X8Y6B5C1", sequence, record.base64(), "h", 0);
  }
}
