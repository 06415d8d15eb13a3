package org.skillvoucher.gateway.person;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the names on verified cards and writes them in groups, off the path of a scan. A name is
 * written once for each person and class; one that could not be written is brought again by the
 * person's next scan.
 */
final class CardNames {
  private static final Logger LOG = LoggerFactory.getLogger(CardNames.class);

  /** Above it a name is left out, until the person's next scan: memory is bounded. */
  private static final int PENDING_MAX = 10_000;

  private static final Duration DELAY = Duration.ofMillis(250);

  private final Function<List<CardName>, CompletionStage<Void>> writer;
  private final Executor executor;
  private final int groupMax;
  private final Map<Key, String> pending = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Cache<Key, String> written;

  /** Over a function that writes a group, at most {@code peopleMax}, in one transaction. */
  CardNames(
      Function<List<CardName>, CompletionStage<Void>> writer,
      Executor executor,
      VaultSettings settings,
      Ticker ticker) {
    this.writer = writer;
    this.executor = executor;
    this.groupMax = settings.peopleMax();
    this.written =
        Caffeine.newBuilder()
            .maximumSize(settings.keysCachedMax())
            .expireAfterWrite(settings.keysCachedFor())
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  private record Key(PersonPseudonym person, ClassId classId) {}

  /** The name on a person's card, verified in a class. Personal data: never logged. */
  record CardName(PersonPseudonym person, ClassId classId, String name) {
    @Override
    public String toString() {
      return "CardName";
    }
  }

  /** Returns at once; the name is written within a moment. */
  void confirm(PersonPseudonym person, ClassId classId, String name) {
    Key key = new Key(person, classId);
    if (name.equals(written.getIfPresent(key)) || pending.size() >= PENDING_MAX) {
      return;
    }
    pending.put(key, name);
    schedule();
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(DELAY.toMillis(), TimeUnit.MILLISECONDS, executor)
          .execute(this::flush);
    }
  }

  private void flush() {
    List<CardName> group = new ArrayList<>();
    var entries = pending.entrySet().iterator();
    while (group.size() < groupMax && entries.hasNext()) {
      var next = entries.next();
      group.add(new CardName(next.getKey().person(), next.getKey().classId(), next.getValue()));
      entries.remove();
    }
    try {
      var unused = writer.apply(group).whenComplete((done, failure) -> flushed(group, failure));
    } catch (RejectedExecutionException e) {
      flushed(group, e);
    }
  }

  private void flushed(List<CardName> group, @Nullable Throwable failure) {
    if (failure == null) {
      group.forEach(name -> written.put(new Key(name.person(), name.classId()), name.name()));
    } else {
      LOG.warn("{} names of verified cards were not written: {}", group.size(), failure.toString());
    }
    scheduled.set(false);
    if (!pending.isEmpty()) {
      schedule();
    }
  }
}
