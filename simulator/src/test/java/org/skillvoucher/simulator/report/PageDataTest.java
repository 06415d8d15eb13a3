package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Second;
import org.skillvoucher.simulator.report.Measured.Usage;
import org.skillvoucher.simulator.report.Measured.Work;

final class PageDataTest {
  private static final Measured SMALL =
      new Measured(
          Runs.run(3),
          new Work(
              30, 30, 24, 20, 0, 4, 0, 0, Runs.latencies(1, 2, 3, 400), Map.of("try_again", 6L)),
          Work.none(),
          List.of(
              new Second(0, 10, 10, 10, 10, 0, 0, Runs.latencies(1, 2, 3), Map.of()),
              new Second(2, 20, 20, 14, 10, 4, 6, Runs.latencies(400), Map.of("try_again", 6L))),
          List.of(
              new Usage(0.5, Map.of(Gauge.GATEWAY_CPU, 100.0, Gauge.FEED_LAG, 3.0)),
              new Usage(0.9, Map.of(Gauge.GATEWAY_CPU, 300.0, Gauge.FEED_LAG, 9.0))),
          List.of(),
          List.of(),
          Runs.thresholds(Map.of("scan.delay", List.of("max < 5 s"))),
          List.of());

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> english(Measured measured) {
    return Headline.of(measured).reasons().stream().map(Bilingual::english).toList();
  }

  @Test
  void aSecondWithoutDataIsAGapInItsLatencyAndNotAZero() {
    JsonNode series = PageData.of(SMALL).path("series");
    assertEquals(List.of("0.5", "1.5", "2.5"), texts(series.path("at")));
    assertEquals(List.of("10", "0", "20"), texts(series.path("planned")));
    assertEquals("null", series.at("/p99/1").asText());
    assertEquals(400, series.at("/p99/2").asDouble(), 4);
    assertEquals(List.of("0", "0", "6"), texts(series.at("/errors/try_again")));
    assertEquals(List.of("0", "null", "6"), texts(series.path("backlog")));
  }

  @Test
  void cpuUsageIsAveragedAndEveryOtherGaugeIsItsMaximum() {
    JsonNode gauges = PageData.of(SMALL).path("gauges");
    assertEquals(2, gauges.size());
    assertEquals(List.of("200", "null", "null"), texts(gauges.at("/gateway.cpu/values")));
    assertEquals(List.of("9", "null", "null"), texts(gauges.at("/feed.lag/values")));
  }

  @Test
  void boundsAreInTheBaseUnitOfTheirDimension() {
    JsonNode bound = PageData.of(SMALL).at("/bounds/0");
    assertEquals("TIME", bound.path("dimension").asText());
    assertEquals(5_000, bound.path("bound").asDouble());
  }

  @Test
  void percentilesAreThoseOfAllLatenciesTogether() {
    JsonNode percentiles = PageData.of(SMALL).path("percentiles");
    assertEquals(2, percentiles.at("/0/scans").asDouble(), 0.1);
    assertEquals(400, percentiles.at("/5/scans").asDouble(), 4);
    assertEquals(0, percentiles.at("/5/batches").asDouble());
  }

  @Test
  void singleSecondsAndHistogramsAreLeftOut() {
    String json = PageData.of(SyntheticRuns.lossy()).toString();
    assertFalse(json.contains("histogram"));
    assertFalse(json.contains("\"seconds\":["));
    assertFalse(json.contains("\"usage\""));
  }

  @Test
  void aCheckHasItsTitleInBothLanguages() {
    JsonNode check = PageData.of(SyntheticRuns.lossy()).at("/checks/0");
    assertEquals("确认即入账", check.at("/title/chinese").asText());
    assertEquals(3, check.path("violations").asInt());
  }

  @Test
  void onlyATitleThatEndsWithChineseInBracketsIsSplit() {
    assertEquals(new Bilingual("kept once", "不丢不重"), Bilingual.parse("kept once (不丢不重)"));
    assertEquals(new Bilingual("kept (so far)", ""), Bilingual.parse("kept (so far)"));
  }

  @ParameterizedTest
  @CsvSource({
    "good,    good, Passed",
    "missed,  poor, Threshold missed",
    "broken,  poor, Guarantee violated",
    "ramp,    open, Not checked",
    "nothing, open, Not checked"
  })
  void theHeadlineIsTheOutcome(String run, String tone, String english) {
    Measured measured =
        switch (run) {
          case "good" -> SyntheticRuns.goodDay();
          case "missed" -> SyntheticRuns.morningPeak();
          case "broken" -> SyntheticRuns.lossy();
          case "ramp" -> SyntheticRuns.ramp();
          default -> Runs.of(Work.none());
        };
    assertEquals(tone, PageData.of(measured).at("/headline/tone").asText());
    assertEquals(english, PageData.of(measured).at("/headline/english").asText());
  }

  @Test
  void aLateSimulatorInvalidatesTheMeasurement() {
    Work late = new Work(100, 100, 100, 100, 0, 0, 2, 0, Latencies.none(), Map.of());
    assertEquals("Invalid measurement", Headline.of(Runs.of(late)).english());
    assertTrue(english(Runs.of(late)).getFirst().contains("2.00 % of all arrivals late"));
  }

  @Test
  void exactlyTheMissedThresholdsAreReasonsWithTheirMeasuredValues() {
    Measured missed = SyntheticRuns.morningPeak();
    String reasons = String.join("\n", english(missed));
    for (ThresholdResult result : missed.thresholdResults()) {
      assertEquals(!result.met(), reasons.contains(result.expression()), reasons);
      assertEquals(!result.met(), reasons.contains("measured " + result.measured() + "."), reasons);
    }
    assertTrue(reasons.contains("All 7 checks passed"), reasons);
  }

  @Test
  void theLastSustainedStepIsAReasonOfARamp() {
    assertTrue(
        english(SyntheticRuns.ramp())
            .contains(
                "Last sustained step: 1,000 /s scheduled, 999 /s accepted, 99th percentile latency"
                    + " 14.4 ms."));
  }

  @Test
  void aFaultWithoutRecoveryIsInTheDataAsMinusOne() {
    assertEquals(
        Fault.NEVER, PageData.of(SyntheticRuns.lossy()).at("/faults/0/recoveredMillis").asLong());
  }
}
