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

/** Calls on behalf of many people at once, as before a lesson. */
public final class ConcurrentCalls {
  /** The default number of concurrent calls. */
  public static final int AT_ONCE = 16;

  private ConcurrentCalls() {}

  /** Calls the action for each concurrently, and returns the results in the order of the people. */
  public static <P, R> List<R> together(List<P> people, Function<P, R> action) {
    return together(people, AT_ONCE, action);
  }

  /** As {@link #together(List, Function)}, with that many at once. */
  public static <P, R> List<R> together(List<P> people, int atOnce, Function<P, R> action) {
    Semaphore door = new Semaphore(atOnce);
    List<Callable<R>> actions =
        people.stream().<Callable<R>>map(who -> () -> throughDoor(door, who, action)).toList();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<R> results = new ArrayList<>();
      for (Future<R> result : threads.invokeAll(actions)) {
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

  private static <P, R> R throughDoor(Semaphore door, P who, Function<P, R> action)
      throws InterruptedException {
    door.acquire();
    try {
      return action.apply(who);
    } finally {
      door.release();
    }
  }
}
