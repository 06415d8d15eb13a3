package org.skillvoucher.domain.institution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skillvoucher.domain.Decision.accept;
import static org.skillvoucher.domain.Decision.already;
import static org.skillvoucher.domain.Decision.reject;
import static org.skillvoucher.domain.Samples.NINE;
import static org.skillvoucher.domain.institution.Schools.ADMITTED;
import static org.skillvoucher.domain.institution.Schools.EDITION_2025;
import static org.skillvoucher.domain.institution.Schools.FIRST;
import static org.skillvoucher.domain.institution.Schools.SITE;
import static org.skillvoucher.domain.institution.Schools.UNKNOWN;
import static org.skillvoucher.domain.institution.Schools.admission;
import static org.skillvoucher.domain.institution.StopReason.FORGED_MATERIAL;
import static org.skillvoucher.domain.institution.StopReason.POOR_MANAGEMENT;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.skillvoucher.domain.institution.InstitutionState.Stop;

/** Into the directory (培训机构目录), suspended, and out of it: R20 to R27. */
final class DirectoryTest {
  private static final Instant LATER = NINE.plusSeconds(3600);

  private final SchoolRun school = new SchoolRun(UNKNOWN);

  /** When the edition of 2026 opens in Shanghai. */
  private static final Instant NEW_YEAR = Instant.parse("2025-12-31T16:00:00Z");

  private static InstitutionCommand admit(int edition) {
    return new InstitutionCommand.Admit(
        admission(edition), "token-1", edition > 2025 ? NEW_YEAR : NINE);
  }

  private static InstitutionCommand suspend(StopReason reason, Instant from) {
    return new InstitutionCommand.Suspend(reason, "检查笔录 7", from, "token-1", NINE);
  }

  private static InstitutionCommand exit(StopReason reason, Instant from) {
    return new InstitutionCommand.Exit(reason, "检查笔录 8", from, "token-1", NINE);
  }

  private static final InstitutionCommand REINSTATE =
      new InstitutionCommand.Reinstate("整改完成", "token-1", LATER);

  static Stream<InstitutionCommand> ofAnInstitutionOnly() {
    return Stream.of(
        suspend(FORGED_MATERIAL, NINE),
        REINSTATE,
        exit(FORGED_MATERIAL, NINE),
        new InstitutionCommand.PutSite(SITE, "token-1", NINE),
        Schools.invite(FIRST),
        Schools.enrol("D1-1", Schools.KEY, FIRST),
        new InstitutionCommand.SuspendDevice("D1", "lost", "token-1", NINE),
        new InstitutionCommand.ReinstateDevice("D1", "found", "token-1", NINE),
        new InstitutionCommand.RevokeDevice("D1", "stolen", "token-1", NINE));
  }

  @ParameterizedTest
  @MethodSource("ofAnInstitutionOnly")
  void nothingIsDoneForAnInstitutionThatWasNeverAdmitted(InstitutionCommand command) {
    assertEquals(reject(new InstitutionRefusal.NotAdmitted()), school.send(command));
    assertEquals("unknown", UNKNOWN.name());
  }

  @Test
  void anAdmittedInstitutionMayTrainAndIsAdmittedOnce() {
    assertEquals(
        accept(new InstitutionEvent.Admitted(EDITION_2025, "token-1", NINE)),
        school.send(admit(2025)));
    assertEquals("admitted", school.admitted().name());
    assertEquals(Optional.empty(), school.admitted().stop());
    assertEquals(already(), school.send(admit(2025)));
    assertEquals(reject(new InstitutionRefusal.AdmittedOtherwise()), school.send(admit(2026)));
  }

  @Test
  void aSuspensionNamesItsReasonItsEvidenceAndTheSecondFromWhichItHolds() {
    school.after(admit(2025));

    assertEquals(
        accept(new InstitutionEvent.Suspended(FORGED_MATERIAL, "检查笔录 7", LATER, "token-1", NINE)),
        school.send(suspend(FORGED_MATERIAL, LATER)));
    assertEquals("suspended", school.admitted().name());
    assertEquals(
        Optional.of(new Stop(FORGED_MATERIAL, "检查笔录 7", LATER, false)), school.admitted().stop());
  }

  @Test
  void theSameSuspensionAgainChangesNothingAndAnotherIsRefused() {
    school.after(admit(2025), suspend(FORGED_MATERIAL, LATER));

    assertEquals(already(), school.send(suspend(FORGED_MATERIAL, LATER)));
    for (InstitutionCommand other :
        List.of(suspend(FORGED_MATERIAL, NINE), suspend(StopReason.MISMANAGEMENT, LATER))) {
      assertEquals(reject(new InstitutionRefusal.Stopped(LATER)), school.send(other));
    }
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void anInstitutionIsSuspendedForTheFourReasonsOfTheCatalogueAndLeavesForAnyOfThem(
      StopReason reason) {
    var decision = InstitutionDecider.decide(ADMITTED, suspend(reason, NINE));

    assertEquals(
        reason.suspends()
            ? accept(new InstitutionEvent.Suspended(reason, "检查笔录 7", NINE, "token-1", NINE))
            : reject(
                new InstitutionRefusal.ReasonNotFit(
                    reason,
                    Arrays.stream(StopReason.values()).filter(StopReason::suspends).toList())),
        decision);
  }

  @ParameterizedTest
  @EnumSource(StopReason.class)
  void anInstitutionAndAnOnlinePlatformLeaveForTheReasonsThatFitThem(StopReason reason) {
    for (InstitutionKind kind : InstitutionKind.values()) {
      var admission =
          new Admission(
              EDITION_2025.creditCode(),
              EDITION_2025.region(),
              EDITION_2025.name(),
              EDITION_2025.qualification(),
              2025,
              Optional.of(kind),
              Optional.empty());
      var state = new InstitutionState.Admitted(admission, Optional.empty(), Map.of(), Map.of());

      assertEquals(
          reason.fits(kind)
              ? accept(new InstitutionEvent.Exited(reason, "检查笔录 8", NINE, "token-1", NINE))
              : reject(
                  new InstitutionRefusal.ReasonNotFit(
                      reason,
                      Arrays.stream(StopReason.values()).filter(one -> one.fits(kind)).toList())),
          InstitutionDecider.decide(state, exit(reason, NINE)));
    }
    assertFalse(StopReason.SITE_UNREACHABLE.fits(InstitutionKind.INSTITUTION));
    assertFalse(StopReason.LAX_ASSESSMENT.fits(InstitutionKind.ONLINE_PLATFORM));
  }

  @Test
  void anEditionAdmitsFromItsFirstDayOnAndFraudBarsForYears() {
    var early = new InstitutionCommand.Admit(admission(2026), "token-1", NEW_YEAR.minusMillis(1));
    school.after(admit(2025), exit(StopReason.FRAUD, NINE));

    assertEquals(
        reject(new InstitutionRefusal.EditionNotOpen(2026, LocalDate.of(2026, 1, 1))),
        school.send(early));
    assertEquals(
        reject(new InstitutionRefusal.Barred(LocalDate.of(2028, 3, 3))), school.send(admit(2026)));
    assertEquals(
        "admitted",
        school
            .after(
                new InstitutionCommand.Admit(
                    admission(2028), "token-1", Instant.parse("2028-03-02T16:00:00Z")))
            .admitted()
            .name());
  }

  @Test
  void theReasonsAreThoseOfTheDocumentsByTheirNamesInTheApi() {
    assertEquals(
        "illegal_publicity,unauthorised_class,mismanagement,forged_material",
        Arrays.stream(StopReason.values())
            .filter(StopReason::suspends)
            .map(StopReason::code)
            .collect(Collectors.joining(",")));
    assertEquals(
        "site_unreachable,courses_not_updated,no_training_delivered,poor_management,"
            + "short_changed_hours,lax_assessment,subcontracted,false_advertising,fraud,"
            + "forged_evaluation,voluntary",
        Arrays.stream(StopReason.values())
            .filter(reason -> !reason.suspends())
            .map(StopReason::code)
            .collect(Collectors.joining(",")));
    assertEquals(Optional.of(FORGED_MATERIAL), StopReason.ofCode("forged_material"));
    assertEquals(Optional.empty(), StopReason.ofCode("FORGED_MATERIAL"));
  }

  @Test
  void whoIsReinstatedMayTrainAgainAndOnlyTheSuspendedAre() {
    school.after(admit(2025));
    assertEquals(reject(new InstitutionRefusal.NotSuspended()), school.send(REINSTATE));

    school.after(suspend(FORGED_MATERIAL, NINE), REINSTATE);

    assertEquals("admitted", school.admitted().name());
    assertEquals(Optional.empty(), school.admitted().stop());
  }

  @Test
  void anExitIsFinalForItsEditionAndALaterOneAdmitsAnew() {
    school.after(admit(2025), exit(POOR_MANAGEMENT, NINE));

    assertEquals("exited", school.admitted().name());
    for (InstitutionCommand command : List.of(REINSTATE, admit(2025), admit(2024))) {
      assertEquals(reject(new InstitutionRefusal.OutForEdition(2025)), school.send(command));
    }
    school.after(admit(2026));
    assertEquals("admitted", school.admitted().name());
    assertEquals(2026, school.admitted().admission().edition());
  }

  @Test
  void whoIsOutIsNotSuspendedToo() {
    school.after(admit(2025), exit(POOR_MANAGEMENT, NINE));

    assertEquals(
        reject(new InstitutionRefusal.Stopped(NINE)), school.send(suspend(FORGED_MATERIAL, NINE)));
  }

  @Test
  void anExitThatHoldsLaterDoesNotLiftTheSuspensionUntilThen() {
    school.after(admit(2025), suspend(FORGED_MATERIAL, NINE), exit(POOR_MANAGEMENT, LATER));

    assertEquals("exited", school.admitted().name());
    assertEquals(NINE, school.admitted().stop().orElseThrow().from());
  }

  @Test
  void anExitThatHoldsEarlierThanTheSuspensionHoldsFromThen() {
    school.after(admit(2025), suspend(FORGED_MATERIAL, LATER), exit(POOR_MANAGEMENT, NINE));

    assertEquals(NINE, school.admitted().stop().orElseThrow().from());
  }

  @Test
  void theSameExitAgainChangesNothingAndAnotherIsRefusedRatherThanForgotten() {
    school.after(admit(2025), exit(POOR_MANAGEMENT, LATER));

    assertEquals(already(), school.send(exit(POOR_MANAGEMENT, LATER)));
    for (InstitutionCommand other :
        List.of(exit(POOR_MANAGEMENT, NINE), exit(FORGED_MATERIAL, LATER))) {
      assertEquals(reject(new InstitutionRefusal.Stopped(LATER)), school.send(other));
    }
  }

  @Test
  void theSameExitOfASuspendedInstitutionAgainChangesNothingEither() {
    school.after(admit(2025), suspend(FORGED_MATERIAL, NINE), exit(POOR_MANAGEMENT, LATER));

    assertEquals(already(), school.send(exit(POOR_MANAGEMENT, LATER)));
  }

  @Test
  void whatWasTappedWhileItWasSuspendedDoesNotCountAfterwardsEither() {
    school.after(admit(2025), suspend(FORGED_MATERIAL, NINE), REINSTATE);

    assertEquals(List.of(new StoppedTime(NINE, LATER)), school.admitted().stoppedBefore());
    StoppedTime stopped = school.admitted().stoppedBefore().getFirst();
    assertFalse(stopped.holds(NINE.minusMillis(1)));
    assertTrue(stopped.holds(NINE));
    assertTrue(stopped.holds(LATER.minusMillis(1)));
    assertFalse(stopped.holds(LATER));
  }

  @Test
  void aSuspensionThatNeverHeldLeavesNoTrace() {
    school.after(admit(2025), suspend(FORGED_MATERIAL, LATER), REINSTATE);

    assertEquals(List.of(), school.admitted().stoppedBefore());
  }

  @Test
  void aSuspensionLongOverIsForgottenBecauseNoStatementIsThatOld() {
    Instant nextYear = NINE.plus(Duration.ofDays(365));
    school.after(
        admit(2025),
        suspend(FORGED_MATERIAL, NINE),
        REINSTATE,
        suspend(FORGED_MATERIAL, nextYear),
        new InstitutionCommand.Reinstate("整改完成", "token-1", nextYear.plusSeconds(1)));

    assertEquals(
        List.of(new StoppedTime(nextYear, nextYear.plusSeconds(1))),
        school.admitted().stoppedBefore());
  }

  @Test
  void whileItWasOutNothingWasTappedThatCounts() {
    school.after(
        admit(2025),
        exit(POOR_MANAGEMENT, NINE),
        new InstitutionCommand.Admit(admission(2026), "token-1", NEW_YEAR));

    assertEquals(List.of(new StoppedTime(NINE, NEW_YEAR)), school.admitted().stoppedBefore());
  }

  @Test
  void sitesAndDevicesStayWhenAnInstitutionComesBack() {
    school.after(
        admit(2025),
        new InstitutionCommand.PutSite(SITE, "token-1", NINE),
        Schools.invite(FIRST),
        exit(POOR_MANAGEMENT, NINE),
        admit(2026));

    assertEquals(SITE, school.admitted().sites().get("S1"));
    assertEquals("D1-1", school.device().name());
  }

  @Test
  void aSiteIsSetWithAllItsRoomsAndTheSameAgainChangesNothing() {
    var put = new InstitutionCommand.PutSite(SITE, "token-1", NINE);
    school.after(admit(2025));

    assertEquals(accept(new InstitutionEvent.SitePut(SITE, "token-1", NINE)), school.send(put));
    assertEquals(already(), school.send(put));
    var smaller = new Site("S1", SITE.name(), SITE.address(), SITE.rooms().subList(0, 1));
    school.after(new InstitutionCommand.PutSite(smaller, "token-1", NINE));
    Site kept = school.admitted().sites().get("S1");
    assertEquals(smaller, kept);
    assertTrue(smaller.has("R1"));
    assertFalse(smaller.has("R2"));
  }

  @Test
  void aSiteHasAtMostAHundredRoomsAndAnInstitutionTwoHundredSites() {
    school.after(admit(2025));
    for (int number = 1; number <= InstitutionDecider.SITES_MAX; number++) {
      school.after(new InstitutionCommand.PutSite(site("S" + number, 100), "token-1", NINE));
    }

    assertEquals(
        reject(new InstitutionRefusal.Full(200)),
        school.send(new InstitutionCommand.PutSite(site("S201", 1), "token-1", NINE)));
    assertEquals(
        reject(new InstitutionRefusal.Full(100)),
        school.send(new InstitutionCommand.PutSite(site("S1", 101), "token-1", NINE)));
    school.after(new InstitutionCommand.PutSite(site("S200", 1), "token-1", NINE));
  }

  private static Site site(String id, int rooms) {
    return new Site(
        id,
        "培训点",
        "路1号",
        IntStream.rangeClosed(1, rooms)
            .mapToObj(number -> new Site.Room("R" + number, "教室" + number))
            .toList());
  }
}
