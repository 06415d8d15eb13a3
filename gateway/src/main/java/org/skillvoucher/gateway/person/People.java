package org.skillvoucher.gateway.person;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.skillvoucher.domain.identity.ClassId;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.PersonPseudonym;

/** The port to the vault of people's identities. */
public interface People {
  /** A person by name and number. Personal data: never logged. */
  record Identity(IdType type, String number, String name) {
    /**
     * What one person is known by: equal for all types a number may be declared as, as its
     * pseudonym is. The name may be spelt in several ways.
     */
    public PersonInput.IdNumber idNumber() {
      return new PersonInput.IdNumber(IdType.of(type.pseudonymCode()).orElse(type), number);
    }

    @Override
    public String toString() {
      return "Identity";
    }
  }

  /** The pseudonym of a number, by one keyed hash; also of people the vault does not know. */
  PersonPseudonym pseudonym(IdType type, String number);

  /**
   * A person after storing.
   *
   * @param nameDiffers whether the name differs from the one on the person's card, or else on an
   *     authority's list, or from the one that this source brought before; which name that is, the
   *     caller never learns
   */
  record Stored(PersonPseudonym person, boolean nameDiffers) {}

  /**
   * Stores people's numbers, each person under a key of their own, and the names that this source
   * brought; a name which it brought before stays.
   *
   * @return in the order of the people
   */
  CompletionStage<List<Stored>> store(List<Identity> people, NameSource source);

  /** Replaces the name that the roster of a class brought. */
  CompletionStage<Void> mendName(PersonPseudonym person, ClassId classId, String name);

  /**
   * The card platform confirmed a name by a card in a class. Returns at once; readers of the class
   * see that name in place of the roster's soon after.
   */
  void confirmName(PersonPseudonym person, ClassId classId, String name);

  /**
   * The commitment to a person in one receipt: base64url of H(0x02 ‖ salt16 ‖ person), salt = the
   * first 16 bytes of HMAC-SM3(person's key, receipt id).
   *
   * @return the commitment; the stage fails when the vault cannot be reached or has no such person
   */
  CompletionStage<String> commitment(PersonPseudonym person, String receiptId);

  /**
   * Finds people by pseudonym as the readers of a class know them: by the name on the card verified
   * in that class, or else the one its roster brought; never by another class's. For disclosures
   * only: the caller has checked that its own caller may know, shows no more than that one may see,
   * and records the disclosure.
   *
   * @return those the vault knows, without erased and unknown people; the name is empty where the
   *     class has none. The stage fails when the vault cannot be reached, or when a row was altered
   */
  CompletionStage<Map<PersonPseudonym, Identity>> identities(
      Collection<PersonPseudonym> people, ClassId classId);
}
