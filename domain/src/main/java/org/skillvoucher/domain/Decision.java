package org.skillvoucher.domain;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The result of a command: the events to persist, or the reason for refusing it.
 *
 * <p>An empty list of events means that the command already had its effect (idempotency): nothing
 * is written, and the caller gets the first answer again.
 *
 * @param <E> the aggregate's event
 * @param <R> the aggregate's refusal
 */
public sealed interface Decision<E, R> {
  record Accepted<E, R>(List<E> events) implements Decision<E, R> {
    public Accepted {
      events = List.copyOf(events);
    }
  }

  /** With each of its events changed. */
  default Decision<E, R> map(UnaryOperator<E> change) {
    return switch (this) {
      case Accepted<E, R>(var events) -> new Accepted<>(events.stream().map(change).toList());
      case Rejected<E, R> rejected -> rejected;
    };
  }

  record Rejected<E, R>(R reason) implements Decision<E, R> {}

  static <E, R> Decision<E, R> accept(E event) {
    return new Accepted<>(List.of(event));
  }

  /** The command had its effect before; there is nothing to write. */
  static <E, R> Decision<E, R> already() {
    return new Accepted<>(List.of());
  }

  static <E, R> Decision<E, R> reject(R reason) {
    return new Rejected<>(reason);
  }
}
