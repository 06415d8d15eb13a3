package org.skillvoucher.domain.voucher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.CLASS;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.OCCUPATION;
import static org.skillvoucher.domain.Samples.OTHER_SCHOOL;
import static org.skillvoucher.domain.Samples.REGION;
import static org.skillvoucher.domain.Samples.SCHOOL;
import static org.skillvoucher.domain.voucher.Vouchers.BOUND;
import static org.skillvoucher.domain.voucher.Vouchers.EXPIRY;
import static org.skillvoucher.domain.voucher.Vouchers.NOW;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.Decision;
import org.skillvoucher.domain.identity.CreditCode;
import org.skillvoucher.domain.identity.OccupationCode;
import org.skillvoucher.domain.identity.RegionCode;

/** Which classes a voucher may be bound to (specification of programmes, 1.3). */
final class VoucherFitTest {
  private static final OccupationCode ELECTRICIAN = new OccupationCode("6-31-01-03");
  private static final RegionCode PROVINCE = new RegionCode("990000");
  private static final RegionCode CITY = new RegionCode("990100");

  @Test
  void aVoucherOfAnElectricianDoesNotPayForAClassOfCarers() {
    var terms = new VoucherTerms(LI, REGION, ELECTRICIAN, 1, EXPIRY);

    assertEquals(
        reject(new VoucherRefusal.OutOfScope("6-31-01-03/1", "4-10-01-05/5")),
        bind(terms, to(OCCUPATION, 5, REGION)));
  }

  @Test
  void anotherLevelOfTheSameOccupationIsAnotherScope() {
    var terms = new VoucherTerms(LI, REGION, OCCUPATION, 4, EXPIRY);

    assertEquals(
        reject(new VoucherRefusal.OutOfScope("4-10-01-05/4", "4-10-01-05/5")),
        bind(terms, to(OCCUPATION, 5, REGION)));
  }

  @Test
  void aVoucherIsUsedInItsRegionAndTheRegionsInIt() {
    for (RegionCode region : List.of(PROVINCE, CITY, REGION)) {
      isBound(bind(of(region, Optional.empty()), to(OCCUPATION, 5, REGION)));
    }
  }

  @Test
  void aVoucherIsNotUsedBesideItsRegionNorInTheRegionItLiesIn() {
    for (RegionCode ofClass : List.of(PROVINCE, CITY, new RegionCode("990102"))) {
      assertEquals(
          reject(new VoucherRefusal.OutOfRegion(List.of(REGION), ofClass)),
          bind(of(REGION, Optional.empty()), to(OCCUPATION, 5, ofClass)));
    }
  }

  @Test
  void usableRegionsNarrowTheRegionOfTheVoucher() {
    var places = new VoucherPlaces(List.of(CITY), List.of());

    isBound(bind(of(PROVINCE, Optional.of(places)), to(OCCUPATION, 5, REGION)));
    assertEquals(
        reject(new VoucherRefusal.OutOfRegion(List.of(CITY), new RegionCode("990200"))),
        bind(of(PROVINCE, Optional.of(places)), to(OCCUPATION, 5, new RegionCode("990200"))));
  }

  @Test
  void usableInstitutionsAreThoseNamedOrAllOfTheDirectory() {
    var only = new VoucherPlaces(List.of(), List.of(OTHER_SCHOOL));

    isBound(bind(of(REGION, Optional.empty()), to(OCCUPATION, 5, REGION)));
    assertEquals(
        reject(new VoucherRefusal.NotAtInstitution(List.of(OTHER_SCHOOL), SCHOOL, true)),
        bind(of(REGION, Optional.of(only)), to(OCCUPATION, 5, REGION)));
    isBound(
        bind(
            of(REGION, Optional.of(new VoucherPlaces(List.of(), List.of(OTHER_SCHOOL, SCHOOL)))),
            to(OCCUPATION, 5, REGION)));
  }

  @Test
  void anInstitutionOutOfTheDirectoryIsUsableForNoVoucher() {
    var out = new BindingClass(CLASS, "open", OCCUPATION, 5, REGION, SCHOOL, false);

    for (List<CreditCode> named : List.of(List.<CreditCode>of(), List.of(SCHOOL))) {
      assertEquals(
          reject(new VoucherRefusal.NotAtInstitution(named, SCHOOL, false)),
          bind(of(REGION, Optional.of(new VoucherPlaces(List.of(), named))), out));
    }
  }

  @Test
  void aVoucherIsNotSpentOnAClassThatTakesNone() {
    for (String state : List.of("filed", "returned", "closed")) {
      assertEquals(
          reject(new VoucherRefusal.ClassTakesNone(state)),
          bind(
              of(REGION, Optional.empty()),
              new BindingClass(CLASS, state, OCCUPATION, 5, REGION, SCHOOL, true)));
    }
  }

  @Test
  void aBindingSentAgainKeepsItsFirstAnswerWhateverBecameOfTheClass() {
    var closed = new BindingClass(CLASS, "closed", ELECTRICIAN, 1, PROVINCE, SCHOOL, false);

    assertEquals(already(), VoucherDecider.decide(BOUND, new VoucherCommand.Bind(closed, EXPIRY)));
  }

  @Test
  void theVouchersThatFitAreFoundByTheSameRule() {
    var to = to(OCCUPATION, 5, REGION);

    assertEquals(true, of(CITY, Optional.empty()).fits(to));
    assertFalse(of(new RegionCode("370000"), Optional.empty()).fits(to));
  }

  private static VoucherTerms of(RegionCode region, Optional<VoucherPlaces> places) {
    return new VoucherTerms(LI, region, OCCUPATION, 5, EXPIRY, places);
  }

  private static BindingClass to(OccupationCode occupation, int level, RegionCode region) {
    return new BindingClass(CLASS, "approved", occupation, level, region, SCHOOL, true);
  }

  private static Decision<VoucherEvent, VoucherRefusal> bind(VoucherTerms terms, BindingClass to) {
    return VoucherDecider.decide(new VoucherState.Claimed(terms), new VoucherCommand.Bind(to, NOW));
  }

  private static void isBound(Decision<VoucherEvent, VoucherRefusal> decision) {
    assertEquals(accept(new VoucherEvent.Bound(CLASS, LI, NOW)), decision);
  }
}
