package org.skillvoucher.gateway.api;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.skillvoucher.gateway.security.IdempotentCalls;

/** Idempotency keys in memory. */
final class StubKeys implements IdempotentCalls {
  private final Map<String, byte[]> requests = new ConcurrentHashMap<>();
  private final Map<String, StoredAnswer> answers = new ConcurrentHashMap<>();
  private final Set<String> atWork = ConcurrentHashMap.newKeySet();
  Optional<Throwable> failure = Optional.empty();

  @Override
  public CompletionStage<KeyClaim> claim(String tokenId, String key, byte[] request, Kept kept) {
    if (failure.isPresent()) {
      return CompletableFuture.failedStage(failure.get());
    }
    String both = tokenId + " " + key;
    byte[] first = requests.computeIfAbsent(both, k -> request.clone());
    if (!Arrays.equals(first, request)) {
      return CompletableFuture.completedStage(new KeyClaim.Other());
    }
    boolean claimed = atWork.add(both);
    StoredAnswer answer = answers.get(both);
    if (answer != null) {
      return CompletableFuture.completedStage(new KeyClaim.Answered(answer));
    }
    return CompletableFuture.completedStage(
        claimed ? new KeyClaim.Claimed() : new KeyClaim.AtWork());
  }

  @Override
  public CompletionStage<Done> release(String tokenId, String key) {
    atWork.remove(tokenId + " " + key);
    return CompletableFuture.completedStage(Done.getInstance());
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
    atWork.clear();
  }
}
