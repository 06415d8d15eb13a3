package org.skillvoucher.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.gateway.HttpCall;
import org.skillvoucher.simulator.scenario.Plan.Delivery;
import org.skillvoucher.simulator.scenario.Plan.Tap;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

final class UploadsTest {
  private final CountingGateway gateway = CountingGateway.small();
  private final ScenarioEnvironment environment = gateway.environment;
  private final Plan plan = environment.plan();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private List<Kiosk> kiosks() {
    List<Kiosk> kiosks = gateway.kiosks();
    DoorScans door = new DoorScans(environment, kiosks, CountingGateway.classes());
    plan.taps().forEach(door::state);
    return kiosks;
  }

  private List<Tap> stuck(List<Kiosk> kiosks) {
    return kiosks.stream()
        .flatMap(kiosk -> kiosk.made().stream())
        .filter(tap -> !environment.answers().of(tap).isSettled())
        .toList();
  }

  @Test
  void everythingIsSettledWhateverTheOrder() {
    List<Kiosk> kiosks = kiosks();
    new Uploads(environment).all(kiosks, tap -> true, 1, 1);
    assertEquals(List.of(), stuck(kiosks));
    assertEquals(plan.taps().size(), gateway.taken.values().stream().mapToInt(TreeSet::size).sum());
    assertTrue(gateway.batches.stream().allMatch(size -> size <= 10));
  }

  @Test
  void statementsBehindAMissingOneStayUnsettledAndItsCounterIsKnown() {
    List<Kiosk> kiosks = kiosks();
    new Uploads(environment).all(kiosks, tap -> tap.delivery() != Delivery.LOST, 1, 1);
    Tap lost =
        plan.taps().stream()
            .filter(tap -> tap.delivery() == Delivery.LOST)
            .findFirst()
            .orElseThrow();
    List<Tap> behind =
        stuck(kiosks).stream().filter(tap -> tap.delivery() != Delivery.LOST).toList();
    assertTrue(!behind.isEmpty());
    for (Tap tap : behind) {
      assertEquals(lost.chain(), tap.chain());
      assertEquals(
          environment.answers().of(lost).statement().orElseThrow().counter(),
          environment.answers().of(tap).expected());
    }
  }

  @Test
  void everythingOnceMoreIsSentAsOftenAsAsked() {
    List<Kiosk> kiosks = kiosks();
    new Uploads(environment).again(kiosks, tap -> true, 2);
    assertEquals(2 * plan.taps().size(), gateway.batches.stream().mapToInt(size -> size).sum());
  }

  @Test
  void aConnectionThatBreaksMidwayDeliversNothing() {
    byte[] body = "{\"items\":[]}".getBytes(UTF_8);
    URI address = URI.create(gateway.url() + "/v1/statement-batches");
    BrokenConnection.send(new HttpCall("POST", address, Map.of(), body), body.length - 1);
    // Requests are handled in order of arrival, so the broken one would have been counted first.
    gateway.http().send(new HttpCall("POST", address, Map.of(), body));
    assertEquals(List.of(0), gateway.batches);
  }

  @Test
  void batchesAreCutOffAsOftenAsTheScenarioAsksAndEverythingIsSettledAllTheSame()
      throws ScenarioInvalid {
    String text = ScenarioFileTest.SMALL.replace("reorder: true", "cuts: 3\n  duplicates: 80");
    Plan cutting = PlanMakerTest.plan(ScenarioFile.read(ScenarioText.read("cuts.yaml", text)));
    try (CountingGateway other = new CountingGateway(cutting)) {
      List<Kiosk> kiosks = other.kiosks();
      DoorScans door = new DoorScans(other.environment, kiosks, CountingGateway.classes());
      cutting.taps().forEach(door::state);
      Uploads uploads = new Uploads(other.environment);
      uploads.all(kiosks, tap -> true, 1, 0);
      assertEquals(3, uploads.cut());
      assertTrue(
          cutting.taps().stream().allMatch(tap -> other.environment.answers().of(tap).isSettled()));
      assertTrue(uploads.items() > cutting.taps().size() * 2L, "duplicates are sent");
      uploads.all(kiosks, tap -> true, 1, 1);
      assertEquals(3, uploads.cut(), "only the first upload is cut");
    }
  }

  @Test
  void settledStatementsAreNotSentAgain() {
    List<Kiosk> kiosks = kiosks();
    Uploads uploads = new Uploads(environment);
    uploads.all(kiosks, tap -> true, 1, 1);
    long batches = uploads.batches();
    uploads.all(kiosks, tap -> true, 1, 2);
    assertEquals(batches, uploads.batches());
  }

  @Test
  void copiesOfABatchAreTheSameRequestUnderTheSameKey() {
    new Uploads(environment).all(kiosks(), tap -> true, 3, 1);
    assertEquals(0, gateway.batches.size() % 3);
    assertEquals(
        plan.taps().size(),
        plan.taps().stream()
            .filter(tap -> environment.answers().of(tap).receipts().size() == 1)
            .count());
  }
}
