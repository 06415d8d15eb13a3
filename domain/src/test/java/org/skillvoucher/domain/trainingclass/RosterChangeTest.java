package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.Samples.STRANGER;
import static org.skillvoucher.domain.Samples.VOUCHER;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.identity.Actors.BUREAU;
import static org.skillvoucher.domain.identity.Actors.SCHOOL;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.identity.Side;
import org.skillvoucher.domain.receipt.Act;

class RosterChangeTest {
  private final ClassRun run = new ClassRun(Classes.OPEN);

  @Test
  void beforeTheirFirstScanTheSchoolTakesPeopleOffAndMendsTheirNames() {
    assertEquals(
        accept(new ClassEvent.NameMended(LI, "typing error", NINE, Optional.empty())),
        run.send(new ClassCommand.MendName(LI, "typing error", NINE), SCHOOL));
    assertEquals(
        accept(new ClassEvent.Unenrolled(LI, "moved away", NINE, Optional.empty())),
        run.send(off(LI), SCHOOL));
    assertEquals(List.of(WANG), plan().roster().people());
    assertEquals(Optional.of(VOUCHER), plan().roster().voucherOf(LI));
  }

  @Test
  void afterTheirFirstScanOnlyTheBureauDoes() {
    run.send(Classes.record(Classes.scan(LI, MORNING, Act.IN, NINE), NINE));
    var refused = reject(new ClassRefusal.SideNotAllowed(Side.INSTITUTION, List.of(Side.BUREAU)));

    assertEquals(refused, run.send(off(LI), SCHOOL));
    assertEquals(refused, run.send(new ClassCommand.MendName(LI, "typing error", NINE), SCHOOL));
    assertEquals(
        accept(new ClassEvent.NameMended(LI, "typing error", NINE, Optional.empty())),
        run.send(new ClassCommand.MendName(LI, "typing error", NINE), BUREAU));
    assertEquals(
        accept(new ClassEvent.Unenrolled(LI, "moved away", NINE, Optional.empty())),
        run.send(off(LI), BUREAU));
    assertEquals(1, assertInstanceOf(ClassState.Open.class, run.state()).ledger().size());
  }

  @Test
  void whoIsOffTheRosterIsNotTakenOffAgainAndSignsInNoMore() {
    run.send(off(LI), SCHOOL);

    assertEquals(already(), run.send(off(LI), SCHOOL));
    assertEquals(already(), run.send(off(STRANGER), SCHOOL));
    assertEquals(
        reject(new ClassRefusal.NotEnrolled()),
        run.send(Classes.record(Classes.scan(LI, MORNING, Act.IN, NINE), NINE)));
    assertEquals(
        reject(new ClassRefusal.NotEnrolled()),
        run.send(new ClassCommand.MendName(LI, "typing error", NINE), SCHOOL));
  }

  @Test
  void anEnrolmentNamesThoseOfItsPeopleWhoseNameDiffers() {
    ClassRun prepared = new ClassRun(Classes.APPROVED);

    assertEquals(
        accept(
            new ClassEvent.Enrolled(
                List.of(STRANGER), NINE, Optional.empty(), Optional.of(List.of(STRANGER)))),
        prepared.send(
            new ClassCommand.Enrol(List.of(LI, STRANGER), List.of(STRANGER, LI), NINE), SCHOOL));
  }

  private static ClassCommand off(PersonPseudonym person) {
    return new ClassCommand.Unenrol(person, "moved away", NINE);
  }

  private ClassState.Plan plan() {
    return assertInstanceOf(ClassState.Open.class, run.state()).plan();
  }
}
