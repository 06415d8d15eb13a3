package org.skillvoucher.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.wire.Json;

final class AnswerLogTest {
  private final List<Tap> taps;
  private final AnswerLog ledger;

  AnswerLogTest() throws Exception {
    Plan plan = PlanMakerTest.plan(ScenarioFileTest.small());
    taps = plan.taps();
    ledger = new AnswerLog(taps.size());
  }

  private AnswerLog.Entry entry() {
    return ledger.of(taps.getFirst());
  }

  @ParameterizedTest
  @CsvSource({
    "attended, true, true",
    "replayed, true, true",
    "repeated, true, false",
    "fork, true, false",
    "refused not_enrolled, true, false",
    "captured never, true, false",
    "captured later, false, false",
    "gap, false, false",
    "try_again, false, false",
  })
  void someOutcomesAreFinalAndFewerCount(String outcome, boolean settled, boolean counts) {
    entry().answered(outcome, Optional.empty());
    assertEquals(settled, entry().isSettled());
    assertEquals(counts, entry().isRecorded());
    assertEquals(outcome, entry().last());
  }

  @ParameterizedTest
  @CsvSource({
    "refused, card_status, refused card_status",
    "captured, never, captured never",
    "captured, platform_silent, captured later",
    "attended, '', attended",
    "gap, '', gap",
  })
  void anItemOfABatchIsReadWithItsCode(String outcome, String code, String read) {
    entry().answered(Json.object().put("outcome", outcome).put("code", code));
    assertEquals(read, entry().last());
  }

  @Test
  void aLaterProvisionalAnswerDoesNotReplaceAFinalOneAndAFinalOneDoes() {
    entry().answered("attended", Optional.of("R1"));
    entry().answered("gap", Optional.empty());
    assertEquals("attended", entry().last());
    entry().answered("refused not_enrolled", Optional.empty());
    assertEquals("refused not_enrolled", entry().last());
    assertEquals(Set.of("attended", "gap", "refused not_enrolled"), entry().outcomes());
  }

  @Test
  void receiptsAndNewRecordsAreCounted() {
    entry().answered("attended", Optional.of("R1"));
    entry().answered("replayed", Optional.of("R1"));
    entry().answered("attended", Optional.of("R2"));
    assertEquals(Set.of("R1", "R2"), entry().receipts());
    assertEquals(2, entry().attended());
  }

  @Test
  void theCounterThatIsMissingIsKnownUntilAnotherIs() {
    entry().answered(Json.object().put("outcome", "gap").put("expected", 4));
    entry().answered(Json.object().put("outcome", "gap"));
    assertEquals(4, entry().expected());
    entry().answered(Json.object().put("outcome", "gap").put("expected", 6));
    assertEquals(6, entry().expected());
  }

  @Test
  void eachTapHasAnEntryOfItsOwn() {
    entry().answered("attended", Optional.of("R1"));
    assertFalse(ledger.of(taps.getLast()).isSettled());
    assertTrue(ledger.of(taps.getLast()).outcomes().isEmpty());
    assertTrue(ledger.of(taps.getLast()).statement().isEmpty());
  }
}
