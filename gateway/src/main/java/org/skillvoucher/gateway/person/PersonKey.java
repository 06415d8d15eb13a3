package org.skillvoucher.gateway.person;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.gateway.security.Gm;

/**
 * One person's own SM4 key. Every ciphertext under it is bound to the pseudonym (and the field), so
 * that rows of the vault's table cannot be exchanged unnoticed.
 */
final class PersonKey {
  private static final byte[] COMMITMENT = {2};
  private static final int SALT_BYTES = 16;

  private final PersonPseudonym person;
  private final byte[] key;

  private PersonKey(PersonPseudonym person, byte[] key) {
    this.person = person;
    this.key = key;
  }

  static PersonKey random(PersonPseudonym person) {
    return new PersonKey(person, Gm.random(Gm.SM4_KEY_BYTES));
  }

  /**
   * Opens a wrapped key.
   *
   * @throws IllegalStateException when it was altered, belongs to another person, or was wrapped
   *     under another deployment key
   */
  static PersonKey unwrap(byte[] wrappingKey, byte[] wrapped, PersonPseudonym person) {
    return Gm.open(wrappingKey, wrapped, ascii(person))
        .map(key -> new PersonKey(person, key))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "a person's key does not open: altered, or under another deployment key"));
  }

  byte[] wrap(byte[] wrappingKey) {
    return Gm.seal(wrappingKey, key, ascii(person));
  }

  byte[] seal(String field, String text) {
    return Gm.seal(key, text.getBytes(UTF_8), context(field));
  }

  /** The text of a field; throws when the row was altered. */
  String open(String field, byte[] sealed) {
    return Gm.open(key, sealed, context(field))
        .map(text -> new String(text, UTF_8))
        .orElseThrow(() -> new IllegalStateException("the vault's " + field + " was altered"));
  }

  /** A commitment to the person in one receipt; two receipts' commitments cannot be linked. */
  String commitment(String receiptId) {
    byte[] salt = Arrays.copyOf(Gm.hmacSm3(key, receiptId.getBytes(UTF_8)), SALT_BYTES);
    byte[] hash = Gm.sm3(COMMITMENT, salt, ascii(person));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  @Override
  public String toString() {
    return "PersonKey";
  }

  private byte[] context(String field) {
    return (person.value() + field).getBytes(US_ASCII);
  }

  private static byte[] ascii(PersonPseudonym person) {
    return person.value().getBytes(US_ASCII);
  }
}
