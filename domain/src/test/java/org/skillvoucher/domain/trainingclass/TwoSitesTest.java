package org.skillvoucher.domain.trainingclass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.skillvoucher.domain.Samples.LI;
import static org.skillvoucher.domain.Samples.MORNING;
import static org.skillvoucher.domain.Samples.WANG;
import static org.skillvoucher.domain.Samples.minutes;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.policy.FieldRules;
import org.skillvoucher.domain.receipt.Act;

/** One person at two sites (异地签到): refused where the region sets it, and never offline. */
final class TwoSitesTest {
  private static final FieldRules REFUSING = new FieldRules(72, 120, 500, 10, true, 7, false);
  private static final ScanResult TOO_FAST = new ScanResult.Refused(new ClassRefusal.Velocity(10));
  private static final Instant NEXT_DAY = minutes(24 * 60);

  private static ClassRun afterLiCameToTheFirstSite(FieldRules rules) {
    ClassRun run = new ClassRun(Field.open(rules));
    run.send(new ClassCommand.CallSpotCheck(MORNING.id(), 30, "token-1", minutes(0)));
    run.decide(new Field("D1-1", "S1").online(LI, MORNING, Act.IN, minutes(0)));
    return run;
  }

  private static ScanResult check(ClassRun run, String site, Instant at) {
    return run.decide(new Field("D2-1", site).online(LI, MORNING, Act.CHECK, at)).result();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 9})
  void whoWasAtAnotherSiteMinutesAgoIsRefused(int minutes) {
    assertEquals(TOO_FAST, check(afterLiCameToTheFirstSite(REFUSING), "S2", minutes(minutes)));
  }

  @Test
  void tenMinutesAreEnoughForTheWay() {
    assertInstanceOf(
        ScanResult.Recorded.class, check(afterLiCameToTheFirstSite(REFUSING), "S2", minutes(10)));
  }

  @Test
  void atTheSameSiteOneMayTapAnyDeviceAtOnce() {
    assertInstanceOf(
        ScanResult.Recorded.class, check(afterLiCameToTheFirstSite(REFUSING), "S1", minutes(1)));
  }

  @Test
  void velocityComparesAPersonsOwnScansOnly() {
    assertInstanceOf(
        ScanResult.Recorded.class,
        afterLiCameToTheFirstSite(REFUSING)
            .decide(new Field("D2-1", "S2").online(WANG, MORNING, Act.IN, minutes(1)))
            .result());
  }

  @Test
  void whereTheRegionOnlyFlagsItTheScanCounts() {
    assertInstanceOf(
        ScanResult.Recorded.class, check(afterLiCameToTheFirstSite(Field.RULES), "S2", minutes(1)));
  }

  @Test
  void offlineTheOrderOfTwoSitesBatchesDoesNotDecideWhichTapCounts() {
    var in = new Field("D1-1", "S1").offline(LI, MORNING, Act.IN, minutes(0), NEXT_DAY);
    var check = new Field("D2-1", "S2").offline(LI, MORNING, Act.CHECK, minutes(5), NEXT_DAY);

    for (var taps : List.of(List.of(in, check), List.of(check, in))) {
      ClassRun run = new ClassRun(Field.open(REFUSING));
      run.send(new ClassCommand.CallSpotCheck(MORNING.id(), 30, "token-1", minutes(0)));
      taps.forEach(tap -> assertInstanceOf(ScanResult.Recorded.class, run.decide(tap).result()));
    }
  }
}
