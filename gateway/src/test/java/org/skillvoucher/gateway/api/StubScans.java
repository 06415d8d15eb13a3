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
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.receipt.KeyId;
import org.skillvoucher.domain.receipt.ReceiptRecord;
import org.skillvoucher.domain.receipt.SealedReceipt;
import org.skillvoucher.domain.receipt.Suite;
import org.skillvoucher.domain.scan.Circumstances.RoomCodeUse;
import org.skillvoucher.domain.scan.ReceivedStatement;
import org.skillvoucher.domain.scan.Scan;
import org.skillvoucher.domain.trainingclass.ClassRefusal;
import org.skillvoucher.gateway.scan.Attempt;
import org.skillvoucher.gateway.scan.ScanService;

/** A line that keeps every scan, once, unless a test says what to answer. */
final class StubScans implements ScanService {
  private final Map<Scan.Fingerprint, SealedReceipt> kept = new HashMap<>();
  private final Map<Scan.Fingerprint, Scan.Fingerprint> bodies = new HashMap<>();
  final List<ReceivedStatement> seen = new ArrayList<>();
  final List<Attempt.Presented> presented = new ArrayList<>();
  final List<RoomCodeUse> uses = new ArrayList<>();
  final List<String> keys = new ArrayList<>();
  Optional<Result> answer = Optional.empty();
  Optional<Throwable> failure = Optional.empty();

  @Override
  public CompletionStage<Result> record(Attempt attempt) {
    presented.add(attempt.presented());
    return record(attempt.classId(), attempt.received(), attempt.idempotencyKey());
  }

  /** Each by itself, and what fails is unknown. */
  @Override
  public CompletionStage<List<Result>> recordAll(List<Attempt> attempts) {
    return CompletableFuture.completedStage(
        attempts.stream()
            .map(
                attempt ->
                    record(attempt)
                        .exceptionally(unknown -> new Result.Unknown())
                        .toCompletableFuture()
                        .join())
            .toList());
  }

  @Override
  public CompletionStage<Result> signIn(
      ClassId classId,
      PersonPseudonym person,
      ReceivedStatement heard,
      RoomCodeUse use,
      String key) {
    uses.add(use);
    return record(classId, heard, key);
  }

  private CompletionStage<Result> record(ClassId classId, ReceivedStatement scan, String key) {
    seen.add(scan);
    keys.add(key);
    return failure
        .<CompletionStage<Result>>map(CompletableFuture::failedStage)
        .orElseGet(
            () -> CompletableFuture.completedStage(answer.orElseGet(() -> keep(classId, scan))));
  }

  private Result keep(ClassId classId, ReceivedStatement scan) {
    if (!bodies.getOrDefault(scan.key(), scan.body()).equals(scan.body())) {
      return new Result.Refused(new ClassRefusal.KeyReused());
    }
    bodies.put(scan.key(), scan.body());
    boolean replayed = kept.containsKey(scan.key());
    return new Result.Recorded(
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
