package org.skillvoucher.simulator.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Many people at once, as at the door before a lesson. */
public final class ConcurrentCalls {
  /** So many do something at the same moment. */
  public static final int AT_ONCE = 16;

  private ConcurrentCalls() {}

  /** Lets each do it, and returns the results in the order of the people. */
  public static <P, R> List<R> together(List<P> people, Function<P, R> deed) {
    return together(people, AT_ONCE, deed);
  }

  /** As {@link #together(List, Function)}, with so many at once. */
  public static <P, R> List<R> together(List<P> people, int atOnce, Function<P, R> deed) {
    Semaphore door = new Semaphore(atOnce);
    List<Callable<R>> deeds =
        people.stream().<Callable<R>>map(who -> () -> throughDoor(door, who, deed)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<R> results = new ArrayList<>();
      for (Future<R> result : threads.invokeAll(deeds)) {
        results.add(result.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedAnswer("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new UnexpectedAnswer("one of the crowd failed", e);
    }
  }

  private static <P, R> R throughDoor(Semaphore door, P who, Function<P, R> deed)
      throws InterruptedException {
    door.acquire();
    try {
      return deed.apply(who);
    } finally {
      door.release();
    }
  }
}
