package org.skillvoucher.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.scenario.GatewayState.Books;
import org.skillvoucher.simulator.scenario.GatewayState.GapReport;
import org.skillvoucher.simulator.scenario.GatewayState.Receipt;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;

/** Negative controls: each seeded difference must be found. */
final class ComparisonTest {
  private PerfectGateway gateway = unset();

  private static PerfectGateway unset() {
    try {
      return new PerfectGateway(PlanMakerTest.plan(ScenarioFileTest.small()));
    } catch (ScenarioInvalid e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void aGatewayWithoutMistake() {
    gateway = unset();
  }

  private void isFound(String difference) {
    ComparisonFindings findings = gateway.compared();
    assertFalse(findings.isEqual());
    assertTrue(
        findings.differences().stream().anyMatch(found -> found.contains(difference)),
        () -> difference + " is not among " + findings.differences());
  }

  private Tap recorded() {
    return new ExpectedOutcome(gateway.plan).counting().values().iterator().next().getFirst();
  }

  @Test
  void withoutAMistakeNothingIsFound() {
    ComparisonFindings findings = gateway.compared();
    assertEquals(List.of(), findings.differences());
    assertTrue(findings.isEqual());
  }

  @Test
  void aLostAttendanceIsFound() {
    List<Receipt> receipts = gateway.receipts.getFirst();
    receipts.removeLast();
    isFound("class 1 has receipts for " + receipts.size() + " attendances instead of");
  }

  @Test
  void aDuplicatedAttendanceIsFound() {
    gateway.receipts.getFirst().add(gateway.receipts.getFirst().getFirst());
    isFound("is of no attendance, or of one that has a receipt");
  }

  @Test
  void aSecondReceiptForOneTapIsFound() {
    gateway.ledger.of(recorded()).answered("attended", Optional.of("another record"));
    isFound("has 2 receipts");
    isFound("was reported as new 2 times");
  }

  @Test
  void aReceiptThatChangedSinceItWasHandedOutIsFound() {
    List<Receipt> receipts = gateway.receipts.getFirst();
    receipts.set(0, new Receipt("altered", true, true, receipts.getFirst().statementHash()));
    isFound("is another one now");
  }

  @Test
  void aForgedReceiptIsFound() {
    List<Receipt> receipts = gateway.receipts.getFirst();
    receipts.set(0, new Receipt("forged", false, false, ""));
    isFound("receipt 1 of class 1 does not verify");
  }

  @Test
  void aBrokenChainIsFound() {
    List<Receipt> receipts = gateway.receipts.getFirst();
    Receipt first = receipts.getFirst();
    receipts.set(0, new Receipt(first.record(), true, false, first.statementHash()));
    isFound("receipt 1 of class 1 does not follow the one before it");
  }

  @Test
  void aChangedLineOfASheetIsFound() {
    String person = gateway.pseudonyms.getFirst().getFirst().value();
    gateway.sheets.getFirst().put(person, "9 9 9");
    isFound("the sheet of class 1, person 1: must be");
  }

  @Test
  void aMissingLineOfASheetIsFound() {
    gateway.sheets.getFirst().remove(gateway.pseudonyms.getFirst().getFirst().value());
    isFound("and is nothing");
  }

  @Test
  void aStatementWithoutFinalAnswerIsFound() {
    Tap sent =
        gateway.plan.taps().stream()
            .filter(tap -> tap.delivery() == Delivery.SENT)
            .findFirst()
            .orElseThrow();
    AnswerLog one = new AnswerLog(gateway.plan.taps().size());
    assertFalse(one.of(sent).isSettled());
    one.of(sent).answered("gap", Optional.empty());
    assertFalse(one.of(sent).isSettled());
    gateway.ledger.of(sent).answered("refused card_status", Optional.empty());
    isFound("tap " + sent.number());
  }

  @Test
  void aRefusalThatShouldNotBeIsFound() {
    gateway.ledger.of(recorded()).answered("refused not_enrolled", Optional.empty());
    isFound("was recorded 0 times");
  }

  @Test
  void aTapThatShouldBeRefusedAndIsRecordedIsFound() {
    ExpectedOutcome expected = new ExpectedOutcome(gateway.plan);
    Tap wrong =
        gateway.plan.taps().stream()
            .filter(tap -> tap.delivery() != Delivery.LOST && expected.refusal(tap).isPresent())
            .findFirst()
            .orElseThrow();
    gateway.ledger.of(wrong).answered("attended", Optional.of("a record"));
    isFound("must be refused");
  }

  @Test
  void aGapThatIsNotReportedIsFound() {
    GapReport right = gateway.gaps.removeFirst();
    gateway.gaps.add(new GapReport("at upload", right.expected(), new TreeMap<>()));
    isFound("is missing, and reported was nothing");
  }

  @Test
  void aGapReportedWhereNoneIsIsFound() {
    GapReport right = gateway.gaps.removeFirst();
    TreeMap<String, Long> reported = new TreeMap<>(right.reported());
    reported.put("D1 in C1", 4L);
    gateway.gaps.add(new GapReport("at upload", right.expected(), reported));
    isFound("a gap of D1 in C1 was reported at upload, where none is");
  }

  @Test
  void booksThatDisagreeAreFound() {
    assertFalse(gateway.compared(new Books(10, 9, 0)).isEqual());
    assertFalse(gateway.compared(new Books(10, 10, 1)).isEqual());
  }

  @Test
  void aLateAnswerToAnEarlierTryDoesNotUnsettleWhatIsSettled() {
    gateway.ledger.of(recorded()).answered("gap", Optional.empty());
    gateway.ledger.of(recorded()).answered("try_again", Optional.empty());
    assertTrue(gateway.compared().isEqual());
  }
}
