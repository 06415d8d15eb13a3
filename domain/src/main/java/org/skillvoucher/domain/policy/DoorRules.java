package org.skillvoucher.domain.policy;

/**
 * A region's rules for who signs in at the door, and who may vouch for another person (协助签到).
 *
 * @param voucher what is done with a trainee without a voucher
 * @param traineesWitness whether trainees may vouch for each other; otherwise only the teachers of
 *     the filing do
 * @param witnessPerPersonMax in how many lessons of a class one person may be signed in by a
 *     witness
 * @param witnessVouchesMax for how many people a witness may vouch in one lesson
 */
public record DoorRules(
    VoucherAtDoor voucher,
    boolean traineesWitness,
    int witnessPerPersonMax,
    int witnessVouchesMax) {
  public DoorRules {
    RuleKey.WITNESS_PER_PERSON.check(witnessPerPersonMax);
    RuleKey.WITNESS_VOUCHES.check(witnessVouchesMax);
  }

  /** The rules of classes filed before their region had any. */
  static DoorRules before(boolean voucherRequired) {
    return new DoorRules(
        voucherRequired ? VoucherAtDoor.REQUIRED : VoucherAtDoor.NOT_NEEDED, true, 10_000, 10_000);
  }
}
