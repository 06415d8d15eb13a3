package org.skillvoucher.gateway.person;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;

/** The vault, as far as the rest of the gateway needs it. */
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

  /** The pseudonym of a number; computed, so it is there whether the vault knows the person. */
  PersonPseudonym pseudonym(IdType type, String number);

  /** Keeps people's names and numbers, each under a key of its own; known people stay. */
  CompletionStage<List<PersonPseudonym>> store(List<Identity> people);

  /**
   * The commitment that stands for a person in one receipt: base64url of H(0x02 ‖ salt16 ‖ person),
   * salt = the first 16 bytes of HMAC-SM3(person's key, receipt id).
   *
   * @return the commitment; the stage fails when the vault cannot be reached or has no such person
   */
  CompletionStage<String> commitment(PersonPseudonym person, String receiptId);

  /**
   * Gives people back by name and number. For disclosures only: whoever calls has checked that the
   * asker may know, shows no more than the asker may see, and records it.
   *
   * @return those the vault knows; an erased or unknown person is not in it. The stage fails when
   *     the vault cannot be reached, or when what it holds was altered
   */
  CompletionStage<Map<PersonPseudonym, Identity>> identities(Collection<PersonPseudonym> people);
}
