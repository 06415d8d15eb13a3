package org.skillvoucher.gateway.bench;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.Sink;
import org.skillvoucher.gateway.journal.feed.Feed;

/**
 * All followers of the journal in a node, reading and decoding each event but not applying it: read
 * models and the process manager by slice, and flags, which need one order.
 */
final class Followers implements AutoCloseable {
  private static final int FOLLOWERS = 3;

  private final AtomicLong delivered = new AtomicLong();
  private final SharedKillSwitch end = KillSwitches.shared("bench-followers");
  private final List<CompletableFuture<Done>> streams;

  private Followers(ActorSystem<?> system, Feed feed) {
    streams =
        Stream.concat(
                IntStream.range(0, feed.slices())
                    .boxed()
                    .flatMap(slice -> Stream.of(slice, slice))
                    .map(slice -> follow(system, feed, slice)),
                Stream.of(follow(system, feed.inOneSlice(), 0)))
            .toList();
  }

  static Followers start(ActorSystem<?> system, Feed feed) {
    return new Followers(system, feed);
  }

  private CompletableFuture<Done> follow(ActorSystem<?> system, Feed feed, int slice) {
    return feed.source(slice)
        .source(() -> CompletableFuture.completedFuture(Optional.empty()))
        .thenCompose(
            source ->
                source
                    .via(end.flow())
                    .runWith(Sink.foreach(envelope -> delivered.incrementAndGet()), system))
        .toCompletableFuture();
  }

  /** Waits until each follower has received the given number of events. */
  void awaitEach(long events) {
    while (delivered.get() < events * FOLLOWERS) {
      if (streams.stream().anyMatch(CompletableFuture::isDone)) {
        throw new IllegalStateException("a follower of the journal ended");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    end.shutdown();
    streams.forEach(CompletableFuture::join);
  }
}
