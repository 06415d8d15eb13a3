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
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  Optional<Throwable> failure = Optional.empty();

  @Override
  public CompletionStage<Claim> claim(String tokenId, String key, byte[] request) {
    if (failure.isPresent()) {
      return CompletableFuture.failedStage(failure.get());
    }
    String both = tokenId + " " + key;
    byte[] first = requests.computeIfAbsent(both, k -> request.clone());
    if (!Arrays.equals(first, request)) {
      return CompletableFuture.completedStage(new Claim.Other());
    }
    Answer answer = answers.get(both);
    return CompletableFuture.completedStage(
        answer == null ? new Claim.Unanswered() : new Claim.Answered(answer));
  }

  @Override
  public CompletionStage<Answer> store(String tokenId, String key, Answer answer) {
    String both = tokenId + " " + key;
    answers.putIfAbsent(both, answer);
    return CompletableFuture.completedStage(answers.getOrDefault(both, answer));
  }

  /** As after a crash between the deed and the keeping of its answer. */
  void forgetAnswers() {
    answers.clear();
  }
}
