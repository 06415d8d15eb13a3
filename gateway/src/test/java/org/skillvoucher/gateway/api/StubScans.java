package org.skillvoucher.gateway.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.receipt.Suite;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.scan.Attempt;
import org.skillvoucher.gateway.scan.ScanOutcome;
import org.skillvoucher.gateway.scan.ScanOutcome.Online;
import org.skillvoucher.gateway.scan.ScanService;

/** Records every scan, once, unless a test sets the outcome. */
final class StubScans implements ScanService {
  private final Map<Scan.Fingerprint, SealedReceipt> recorded = new HashMap<>();
  private final Map<Scan.Fingerprint, Scan.Fingerprint> bodies = new HashMap<>();
  final List<ReceivedStatement> seen = new ArrayList<>();
  final List<Attempt.Presented> presented = new ArrayList<>();
  final List<RoomCodeUse> uses = new ArrayList<>();
  final List<String> keys = new ArrayList<>();
  Optional<ScanOutcome> outcome = Optional.empty();
  Optional<Throwable> failure = Optional.empty();

  @Override
  public CompletionStage<Online> record(Attempt attempt) {
    presented.add(attempt.presented());
    return answer(attempt).thenApply(Online.class::cast);
  }

  /** Each by itself, and what fails is unknown. */
  @Override
  public CompletionStage<List<ScanOutcome>> recordAll(List<Attempt> attempts) {
    return CompletableFuture.completedStage(
        attempts.stream()
            .map(
                attempt ->
                    answer(attempt)
                        .exceptionally(unknown -> new ScanOutcome.Unknown())
                        .toCompletableFuture()
                        .join())
            .toList());
  }

  @Override
  public CompletionStage<Online> signIn(Attempt attempt) {
    attempt.presented().roomCode().ifPresent(uses::add);
    return answer(attempt).thenApply(Online.class::cast);
  }

  private CompletionStage<ScanOutcome> answer(Attempt attempt) {
    seen.add(attempt.received());
    keys.add(attempt.idempotencyKey());
    return failure
        .<CompletionStage<ScanOutcome>>map(CompletableFuture::failedStage)
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    outcome.orElseGet(() -> record(attempt.classId(), attempt.received()))));
  }

  private ScanOutcome record(ClassId classId, ReceivedStatement scan) {
    if (!bodies.getOrDefault(scan.key(), scan.body()).equals(scan.body())) {
      return new ScanOutcome.Refused(new ClassRefusal.KeyReused());
    }
    bodies.put(scan.key(), scan.body());
    boolean replayed = recorded.containsKey(scan.key());
    return new ScanOutcome.Recorded(
        recorded.computeIfAbsent(
            scan.key(), key -> receipt(classId + "/" + scan.lesson(), recorded.size() + 1)),
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
