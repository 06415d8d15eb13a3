package org.skillvoucher.simulator.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.skillvoucher.simulator.platform.Card;
import org.skillvoucher.simulator.wire.Json;

/**
 * A person with a card. Made up, and still never printed whole.
 *
 * @param number as it is right, not as a file may spell it
 */
record Trainee(String name, String number, String cardNumber, String cardIdentificationCode) {
  static Trainee of(Card card) {
    return new Trainee(
        card.name(), card.personNumber(), card.cardNumber(), card.identificationCode());
  }

  Trainee withCard(String identificationCode) {
    return new Trainee(name, number, cardNumber, identificationCode);
  }

  /** What a reader reads off the card. */
  ObjectNode reading() {
    return Json.object()
        .put("cardIdentificationCode", cardIdentificationCode)
        .put("socialSecurityNumber", number)
        .put("cardNumber", cardNumber)
        .put("name", name);
  }

  Card card() {
    return new Card(cardIdentificationCode, number, cardNumber, name, Card.CardStatus.ACTIVE);
  }

  ObjectNode person() {
    return Json.object().put("idType", "citizen_id").put("number", number);
  }

  /** The first character of the name and one mark for each other. */
  String masked() {
    int first = name.offsetByCodePoints(0, 1);
    return name.substring(0, first) + "*".repeat(name.codePointCount(first, name.length()));
  }

  @Override
  public String toString() {
    return "Trainee";
  }
}
