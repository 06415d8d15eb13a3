package org.skillvoucher.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;
import org.skillvoucher.simulator.scenario.GatewayState.GapReport;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.yaml.ScenarioText;

final class ScenarioRunnerTest {
  private CountingGateway gateway = CountingGateway.small();

  @AfterEach
  void close() {
    gateway.close();
  }

  private ScenarioRunner runner() {
    return new ScenarioRunner(gateway.environment, gateway.kiosks(), CountingGateway.classes());
  }

  private ScenarioRunner runner(String right, String wrong) throws Exception {
    gateway.close();
    String text = ScenarioFileTest.SMALL.replace(right, wrong);
    gateway =
        new CountingGateway(
            PlanMakerTest.plan(ScenarioFile.read(ScenarioText.read("f.yaml", text))));
    return runner();
  }

  private AnswerLog ledger() {
    return gateway.environment.answers();
  }

  private Plan plan() {
    return gateway.environment.plan();
  }

  @Test
  void stepsRunInOrderAndTheClockEndsAtTheLast() {
    runner().all();
    assertEquals(
        List.of("day 1 07:00", "day 3 06:00", "day 3 07:00", "day 3 08:00"),
        gateway.notes.stream().map(note -> note.substring(0, 11)).toList());
    assertEquals(plan().scenario().schedule().getLast().at().on(plan().dayOne()), gateway.now());
    assertEquals(4, gateway.paths.stream().filter("/v1/beacons"::equals).count());
  }

  @Test
  void gapsAreReportedAtUploadAndAreFewerOnceStatementsAreFound() {
    ScenarioRunner runner = runner();
    runner.all();
    List<GapReport> gaps = runner.gaps();
    assertEquals(
        List.of("at upload", "when filled", "by the class at closing", "when given up"),
        gaps.stream().map(GapReport::when).toList());
    gaps.forEach(report -> assertEquals(report.expected(), report.reported(), report.when()));
    assertEquals(
        List.of(3, 1, 1, 0), gaps.stream().map(report -> report.expected().size()).toList());
  }

  @Test
  void everythingThatWasNotLostIsSettledInTheEnd() {
    runner().all();
    plan()
        .taps()
        .forEach(
            tap ->
                assertEquals(
                    tap.delivery() != Delivery.LOST,
                    ledger().of(tap).isSettled(),
                    () -> "tap " + tap.number()));
  }

  @Test
  void withoutFillWhatIsFoundLaterStaysUnsettled() throws Exception {
    ScenarioRunner runner =
        runner("  - {at: \"day 3 07:00\", do: fill}\n  - {at: \"day 3 08:00\", do: waive}\n", "");
    runner.all();
    assertEquals(List.of("at upload"), runner.gaps().stream().map(GapReport::when).toList());
    assertTrue(
        plan().taps().stream()
            .filter(tap -> tap.delivery() == Delivery.FOUND_LATER)
            .noneMatch(tap -> ledger().of(tap).isSettled()));
    assertThrows(UnexpectedAnswer.class, runner::closeAll);
  }

  @Test
  void classesCloseOnceTheirGapsAreWaivedAndNobodyCanSignOut() {
    ScenarioRunner runner = runner();
    runner.all();
    runner.closeAll();
    long closings = gateway.paths.stream().filter(path -> path.endsWith("/closing")).count();
    assertEquals(3 + 1, closings);
    assertTrue(gateway.now().isAfter(plan().lessons().getLast().endsAt()));
  }

  @Test
  void theCardPlatformIsSilencedBeforeAnUpload() throws Exception {
    runner("reorder: true", "silentCalls: 7").all();
    assertEquals(1, gateway.faults.size());
    assertEquals("verifyCard", gateway.faults.getFirst().path("operation").asText());
    assertEquals(7, gateway.faults.getFirst().path("times").asInt());
    assertTrue(
        gateway.paths.indexOf("/control/faults") < gateway.paths.indexOf("/v1/statement-batches"));
  }

  @Test
  void resendSendsEverythingAgainAndChangesNothing() throws Exception {
    ScenarioRunner runner = runner("do: waive", "do: resend, copies: 2");
    runner.all();
    long items = runner.uploads().items();
    long present = plan().taps().stream().filter(tap -> tap.delivery() != Delivery.LOST).count();
    assertTrue(items >= 2 * present, items + " items");
    assertTrue(plan().taps().stream().noneMatch(tap -> ledger().of(tap).receipts().size() > 1));
  }

  private static final String ONLINE =
      """
      name: online
      title: two lessons online
      sites: {count: 2, devices: 2, suites: [ed25519]}
      classes:
        count: 2
        people: 5
        devices: 2
        lessons:
          - {id: D1-AM, kind: theory, day: 1, from: "08:30", to: "11:00"}
      schedule:
        - {at: "day 1 08:20", do: scan, lesson: D1-AM, act: in, copies: 3, ownKeys: KEYS}
        - {at: "day 1 11:00", do: scan, lesson: D1-AM, act: out}
      """;

  private ScenarioRunner online(boolean ownKeys) throws Exception {
    return runner(ScenarioFileTest.SMALL, ONLINE.replace("KEYS", ownKeys + ""));
  }

  @Test
  void eachOnlineScanIsRecordedOnceHoweverManyCopiesAreSent() throws Exception {
    online(true).all();
    assertEquals(20, plan().taps().size());
    assertEquals(
        10 * 3 + 10, gateway.paths.stream().filter(path -> path.endsWith("/scans")).count());
    plan()
        .taps()
        .forEach(
            tap -> {
              assertEquals(1, ledger().of(tap).attended(), () -> "tap " + tap.number());
              assertEquals(1, ledger().of(tap).receipts().size());
              assertTrue(ledger().of(tap).isRecorded());
            });
    assertFalse(gateway.taken.isEmpty());
    gateway.taken.forEach(
        (chain, counters) -> assertEquals(counters.size(), counters.last(), chain));
  }

  @Test
  void theClockIsMovedToEachOnlineTap() throws Exception {
    online(false).all();
    assertEquals(plan().taps().getLast().at(), Stream.of(gateway.now()).findFirst().orElseThrow());
  }
}
