package org.skillvoucher.simulator.platform;

import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.skillvoucher.simulator.wire.BadRequest;

/**
 * The cards which the platform knows, by identification code; a later entry replaces an earlier.
 */
final class CardRegister {
  private static final int CARDS_MAX = 100_000;

  private final ConcurrentMap<String, Card> cards = new ConcurrentHashMap<>();

  void put(Card card) {
    if (cards.size() >= CARDS_MAX) {
      throw new BadRequest(422, "too_many_cards", "at most " + CARDS_MAX + " cards");
    }
    cards.put(card.identificationCode(), card);
  }

  int size() {
    return cards.size();
  }

  /** The known card instead of an equal one, which would take memory of its own. */
  Card known(Card reading) {
    return Optional.ofNullable(cards.get(reading.identificationCode()))
        .filter(reading::equals)
        .orElse(reading);
  }

  CardOutcome verify(Card reading) {
    return Optional.ofNullable(cards.get(reading.identificationCode()))
        .map(
            known ->
                known.isOfSamePersonAs(reading) ? ofStatus(known) : CardOutcome.PERSON_MISMATCH)
        .orElse(CardOutcome.NOT_FOUND);
  }

  /** One of the person's cards, an active one if there is any. */
  Optional<Card> ofPerson(String number) {
    return cards.values().stream()
        .filter(card -> card.personNumber().equals(number))
        .max(Comparator.comparing(card -> card.status() == Card.CardStatus.ACTIVE));
  }

  private static CardOutcome ofStatus(Card known) {
    return switch (known.status()) {
      case ACTIVE -> CardOutcome.OK;
      case LOST -> CardOutcome.CARD_NOT_ACTIVE;
      case EXPIRED -> CardOutcome.EXPIRED;
    };
  }
}
