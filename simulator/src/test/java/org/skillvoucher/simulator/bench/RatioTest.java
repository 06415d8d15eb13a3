package org.skillvoucher.simulator.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.wire.Json;

class RatioTest {
  private static final List<Double> OURS = List.of(40.0, 90.0, 60.0);
  private static final List<Double> THEIRS = List.of(100.0, 90.0, 120.0);
  private static final Map<String, List<Double>> SAMPLES = Map.of("ours", OURS, "theirs", THEIRS);

  @Test
  void theMedianOfAnEvenNumberIsBetweenTwoSamples() {
    assertEquals(new Spread(1, 3, 9), Spread.of(List.of(9.0, 3.0, 1.0)));
    assertEquals(new Spread(1, 2.5, 9), Spread.of(List.of(9.0, 3.0, 1.0, 2.0)));
    assertThrows(IllegalArgumentException.class, () -> Spread.of(List.of()));
  }

  @Test
  void aRatioIsOfMediansAndItsSpreadIsOfRounds() {
    assertEquals(new Spread(0.4, 0.6, 1.0), Spread.ofRatio(OURS, THEIRS));
    assertThrows(
        IllegalArgumentException.class, () -> Spread.ofRatio(List.of(1.0), List.of(1.0, 2.0)));
  }

  @Test
  void aLowerBoundIsMissedBelowAndAnUpperBoundAbove() {
    assertTrue(found(new Ratio.Bound(0.6, 0.7, false)).holds());
    assertFalse(found(new Ratio.Bound(0.61, 0.7, false)).holds());
    assertTrue(found(new Ratio.Bound(0.6, 0.5, true)).holds());
    assertFalse(found(new Ratio.Bound(0.59, 0.5, true)).holds());
  }

  @Test
  void aRatioWithoutItsSamplesIsAnError() {
    var ratio = new Ratio("r", "ours ÷ missing", "ours", "missing", Optional.empty());
    assertThrows(IllegalArgumentException.class, () -> ratio.measuredBy(SAMPLES));
  }

  @Test
  void theTableMarksAMissedBoundAndTheJsonHasTheSameNumbers() {
    var missed = found(new Ratio.Bound(2, 3, false));
    assertEquals(
        List.of(
            "what           ratio             must be            numerator /s  denominator /s",
            "─────────────  ────────────────  ──────────────  ─  ────────────  ──────────────",
            "ours ÷ theirs  0.60 (0.40–1.00)  ≥ 2.0, aim 3.0  ✗  60 (40–90)    100 (90–120)"),
        new BenchReport(List.of(missed), Optional.empty(), Optional.empty()).table());
    var json = missed.json();
    assertEquals("{\"min\":0.4,\"median\":0.6,\"max\":1.0}", json.get("ratio").toString());
    assertEquals(60, json.at("/over/median").asDouble());
    assertFalse(json.get("holds").asBoolean());
  }

  @Test
  void samplesAreReadByTheirNames() {
    assertEquals(
        Map.of("a", List.of(1.5, 2.0)),
        InProcess.read(Json.write(Json.object().set("a", Json.array().add(1.5).add(2)))));
    assertEquals(Map.of(), InProcess.read("{}".getBytes(StandardCharsets.UTF_8)));
  }

  private static Ratio.MeasuredRatio found(Ratio.Bound bound) {
    return new Ratio("r", "ours ÷ theirs", "ours", "theirs", Optional.of(bound))
        .measuredBy(SAMPLES);
  }
}
