package org.skillvoucher.gateway.api;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.skillvoucher.gateway.security.IdempotentCalls;

/** Idempotency keys in memory. */
final class StubKeys implements IdempotentCalls {
  private final Map<String, byte[]> requests = new ConcurrentHashMap<>();
  private final Map<String, StoredAnswer> answers = new ConcurrentHashMap<>();
  Optional<Throwable> failure = Optional.empty();

  @Override
  public CompletionStage<KeyClaim> claim(String tokenId, String key, byte[] request) {
    if (failure.isPresent()) {
      return CompletableFuture.failedStage(failure.get());
    }
    String both = tokenId + " " + key;
    byte[] first = requests.computeIfAbsent(both, k -> request.clone());
    if (!Arrays.equals(first, request)) {
      return CompletableFuture.completedStage(new KeyClaim.Other());
    }
    StoredAnswer answer = answers.get(both);
    return CompletableFuture.completedStage(
        answer == null ? new KeyClaim.Unanswered() : new KeyClaim.Answered(answer));
  }

  @Override
  public CompletionStage<StoredAnswer> store(String tokenId, String key, StoredAnswer answer) {
    String both = tokenId + " " + key;
    answers.putIfAbsent(both, answer);
    return CompletableFuture.completedStage(answers.getOrDefault(both, answer));
  }

  /** As after a crash between the command and the recording of its answer. */
  void forgetAnswers() {
    answers.clear();
  }
}
