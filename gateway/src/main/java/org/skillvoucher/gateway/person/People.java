package org.skillvoucher.gateway.person;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;

/** The port to the vault of people's identities. */
public interface People {
  /** A person by name and number. Personal data: never logged. */
  record Identity(IdType type, String number, String name) {
    /** What one person is known by; the name may be spelt in several ways. */
    public PersonInput.IdNumber idNumber() {
      return new PersonInput.IdNumber(type, number);
    }

    @Override
    public String toString() {
      return "Identity";
    }
  }

  /** The pseudonym of a number, by one keyed hash; also of people the vault does not know. */
  PersonPseudonym pseudonym(IdType type, String number);

  /**
   * Stores people's names and numbers, each person under a key of their own; known people stay as
   * first stored.
   *
   * @return the pseudonyms in the order of the people
   */
  CompletionStage<List<PersonPseudonym>> store(List<Identity> people);

  /**
   * The commitment to a person in one receipt: base64url of H(0x02 ‖ salt16 ‖ person), salt = the
   * first 16 bytes of HMAC-SM3(person's key, receipt id).
   *
   * @return the commitment; the stage fails when the vault cannot be reached or has no such person
   */
  CompletionStage<String> commitment(PersonPseudonym person, String receiptId);

  /**
   * Finds people by pseudonym. For disclosures only: the caller has checked that its own caller may
   * know, shows no more than that one may see, and records the disclosure.
   *
   * @return those the vault knows, without erased and unknown people. The stage fails when the
   *     vault cannot be reached, or when a row was altered
   */
  CompletionStage<Map<PersonPseudonym, Identity>> identities(Collection<PersonPseudonym> people);
}
