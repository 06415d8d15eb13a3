package org.skillvoucher.domain.identity;

import java.util.Optional;
import java.util.function.Function;

/**
 * What became of a text that should be a value of the trade: the value, or why it is none. A bad
 * text from outside is an everyday thing, so it is an answer and not an exception.
 *
 * @param <T> the value
 */
public sealed interface Parsed<T> {
  record Valid<T>(T value) implements Parsed<T> {}

  /**
   * Not a value.
   *
   * @param code stable name of the fault, as the API and import reports give it
   * @param reason for people, in English; never holds the text itself, which may be personal
   */
  record Invalid<T>(String code, String reason) implements Parsed<T> {}

  static <T> Parsed<T> valid(T value) {
    return new Valid<>(value);
  }

  static <T> Parsed<T> invalid(String code, String reason) {
    return new Invalid<>(code, reason);
  }

  /** The value, if it is one. */
  default Optional<T> toOptional() {
    return switch (this) {
      case Valid<T>(var value) -> Optional.of(value);
      case Invalid<T> invalid -> Optional.empty();
    };
  }

  /** Tries a constructor that refuses bad values, for types whose shape is their only rule. */
  static <T> Parsed<T> trying(String code, String text, Function<String, T> constructor) {
    try {
      return valid(constructor.apply(text));
    } catch (IllegalArgumentException e) {
      return invalid(code, String.valueOf(e.getMessage()));
    }
  }
}
