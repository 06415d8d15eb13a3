package org.skillvoucher.simulator.platform;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.simulator.wire.BadRequest;

/**
 * People's dynamic codes (个人动态码): each lives for one minute and is resolved once; the same question
 * under the same key is the same resolution.
 */
final class CodeRegister {
  static final Duration LIFE = Duration.ofMinutes(1);

  private static final int CODES_MAX = 100_000;

  private final Map<String, Code> codes = new LinkedHashMap<>();
  private long made;

  /**
   * A code.
   *
   * @param usedBy the idempotency key under which it was resolved
   */
  private record Code(Card card, Instant madeAt, Optional<String> usedBy, String reference) {}

  /** What a code turned out to be. */
  record Resolution(CardOutcome outcome, Optional<Card> card, String reference, String usedBy) {
    static Resolution of(CardOutcome outcome) {
      return new Resolution(outcome, Optional.empty(), "", "");
    }
  }

  /** Another code of a person, as the app would show it at that time. */
  synchronized String make(Card card, Instant at) {
    if (codes.size() >= CODES_MAX) {
      codes.remove(codes.keySet().iterator().next());
    }
    String text = String.format(Locale.ROOT, "SSC-QR-%016X", ++made * 0x9E3779B97F4A7C15L);
    codes.put(text, new Code(card, at, Optional.empty(), ""));
    return text;
  }

  synchronized Resolution resolve(String text, String key, Instant now) {
    Code code = codes.get(text);
    if (code == null) {
      return Resolution.of(CardOutcome.NOT_FOUND);
    }
    if (code.usedBy().isPresent()) {
      String usedBy = code.usedBy().get();
      return usedBy.equals(key)
          ? new Resolution(CardOutcome.OK, Optional.of(code.card()), code.reference(), usedBy)
          : new Resolution(CardOutcome.ALREADY_USED, Optional.empty(), "", usedBy);
    }
    if (now.isAfter(code.madeAt().plus(LIFE))) {
      return Resolution.of(CardOutcome.EXPIRED);
    }
    if (code.card().status() != Card.CardStatus.ACTIVE) {
      return Resolution.of(CardOutcome.CARD_NOT_ACTIVE);
    }
    String reference = "Q-" + text.substring(text.length() - 9);
    codes.put(text, new Code(code.card(), code.madeAt(), Optional.of(key), reference));
    return new Resolution(CardOutcome.OK, Optional.of(code.card()), reference, key);
  }

  static BadRequest unknownPerson() {
    return new BadRequest(422, "invalid_field", "number: nobody with a card has it");
  }
}
