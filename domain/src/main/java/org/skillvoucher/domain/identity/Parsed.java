package org.skillvoucher.domain.identity;

import java.util.Optional;
import java.util.function.Function;

/**
 * The result of parsing a text: the value, or why it is invalid. Invalid input is expected, so it
 * is a result and not an exception.
 *
 * @param <T> the value
 */
public sealed interface Parsed<T> {
  record Valid<T>(T value) implements Parsed<T> {}

  /**
   * The text is invalid.
   *
   * @param code stable name of the fault, as in the API and in import reports
   * @param reason for people, in English; never contains the text itself, which may be personal
   *     data
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

  /** Calls a constructor that rejects invalid values, for types whose form is their only rule. */
  static <T> Parsed<T> trying(String code, String text, Function<String, T> constructor) {
    try {
      return valid(constructor.apply(text));
    } catch (IllegalArgumentException e) {
      return invalid(code, String.valueOf(e.getMessage()));
    }
  }
}
