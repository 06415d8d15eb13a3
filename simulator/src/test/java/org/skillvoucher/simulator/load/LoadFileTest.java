package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

final class LoadFileTest {
  /** Four classes of forty, one and a half hours in a minute and a half. */
  static final String BUSY =
      """
      name: busy
      title: a busy hour
      seed: 5
      load:
        speed: 60
        starts: "08:00"
        connections: 16
        patience: 5s
        arrivals:
          - {for: 30s, rate: 2}
          - {for: 60s, from: 2, to: 4}
        rescans: 10
      classes:
        count: 4
        people: 40
        devices: 2
        suites: [ed25519]
        lessons: {first: "08:30", count: 21, minutes: 15}
      thresholds:
        scan.delay: ["p(99) < 500 ms", "max < 5 s"]
        late: ["rate < 1 %"]
      """;

  private static LoadScenario read(String text) throws ScenarioInvalid {
    return LoadFile.read(ScenarioText.read("busy.yaml", text));
  }

  private static List<String> faults(String text) {
    return assertThrows(ScenarioInvalid.class, () -> read(text)).faults();
  }

  @Test
  void everythingInTheFileIsRead() throws Exception {
    LoadScenario busy = read(BUSY);
    assertEquals("busy", busy.name());
    assertEquals(5, busy.seed());
    assertEquals(60, busy.day().speed());
    assertEquals(LocalTime.of(8, 0), busy.day().starts());
    assertEquals(Duration.ofMinutes(30), busy.day().lead());
    assertEquals(List.of(DeviceSuite.ED25519), busy.door().suites());
    assertEquals(16, busy.door().connections());
    assertEquals(Duration.ofSeconds(5), busy.door().patience());
    assertEquals(10, busy.arrivals().rescans());
    assertEquals(Duration.ofSeconds(90), busy.arrivals().schedule().lasts());
    assertEquals(240, busy.arrivals().schedule().arrivals());
    assertEquals(4, busy.classesInAll());
    assertTrue(!busy.thresholds().isEmpty());
  }

  @Test
  void aRampIsItsSteps() throws Exception {
    LoadScenario ramp =
        read(
            BUSY.replace(
                "  arrivals:\n    - {for: 30s, rate: 2}\n    - {for: 60s, from: 2, to: 4}\n",
                "  ramp: {warmUp: 2s, from: 100, step: 50, to: 300, hold: 4s, p99: 250ms}\n"));
    assertEquals(6, ramp.arrivals().schedule().phases().size());
    assertEquals(Duration.ofSeconds(22), ramp.arrivals().schedule().lasts());
    assertEquals(
        2 * 100 + 4 * (100 + 150 + 200 + 250 + 300), ramp.arrivals().schedule().arrivals());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "speed: 60 | speed: 0 | busy.yaml:5: load.speed must be a whole number from 1 to 300, and is 0",
        "rate: 2 | rate: fast | busy.yaml:10: load.arrivals[0].rate must be a number from 0 to 100000, and is fast",
        "for: 30s | for: 30 | busy.yaml:10: load.arrivals[0].for must be a duration such as 500ms, 30s, 2m or 1h from 1s to 12h, and is 30",
        "{for: 30s, rate: 2} | {for: 30s, rate: 2, to: 3} | busy.yaml:10: load.arrivals[0].to is unknown here; known are for, rate",
        "[ed25519] | [rsa] | busy.yaml:17: classes.suites[0] must be one of sm2, ed25519, p256, and is rsa",
        "minutes: 15 | minutes: 16 | busy.yaml:18: classes.lessons.count times minutes must not be more than the 315 minutes of a day",
        "minutes: 15 | minutes: 15, spread: 12h | busy.yaml:18: classes.lessons.spread must not leave the last class lessons after midnight",
        "rescans: 10 | warmUp: 90s | busy.yaml:12: load.warmUp must be shorter than all arrivals",
        "rescans: 10 | warmUp: 13h | busy.yaml:12: load.warmUp must be a duration such as 500ms, 30s, 2m or 1h from 0s to 12h, and is 13h",
        "{for: 30s, rate: 2} | {for: 30s} | busy.yaml:10: load.arrivals[0] must be a phase with for and rate, or with for, from and to",
        "rescans: 10 | ramp: {from: 2} | busy.yaml:9: load.arrivals must be absent beside a ramp, which has its own steps",
        "connections: 16 | downstream: {closings: 1} | busy.yaml:7: load.downstream.down is missing",
        "connections: 16 | collect: 1s | busy.yaml:7: load.collect must be a duration such as 500ms, 30s, 2m or 1h from 5s to 12h, and is 1s",
        "p(99) < 500 ms | p(99) < 500 kg | busy.yaml:20: thresholds.scan.delay[0] p(99) is",
        "rescans: 10 | rescan: 10 | busy.yaml:12: load.rescan is unknown here",
      })
  void aFaultNamesItsLineAndKeyPath(String right, String wrong, String start) {
    List<String> faults = faults(BUSY.replace(right, wrong));
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.getFirst().startsWith(start), faults.toString());
  }

  @Test
  void aThresholdOnAnUnknownMetricIsAFault() {
    List<String> faults = faults(BUSY.replace("late: [", "laste: ["));
    assertEquals(1, faults.size());
    assertTrue(faults.getFirst().startsWith("busy.yaml:21: thresholds.laste"), faults.toString());
  }

  @Test
  void aClassHasAtMostAsManyPeopleAsADeviceSessionCanNumber() throws Exception {
    String most = BUSY.replace("people: 40", "people: " + LoadFile.PEOPLE_MAX);
    assertEquals(LoadFile.PEOPLE_MAX, read(most).door().people());
    assertEquals(
        1, faults(BUSY.replace("people: 40", "people: " + (LoadFile.PEOPLE_MAX + 1))).size());
  }

  @Test
  void allThatGoesOnBesideTheArrivalsIsRead() throws Exception {
    LoadScenario.Beside beside =
        read(BUSY.replace(
                "  rescans: 10\n",
                """
                      offline: {sites: 2}
                      platform: {delayMillis: 150}
                      downstream: {down: {for: 30s}}
                      collect: 5m
                    """))
            .beside();
    assertEquals(Optional.of(new LoadScenario.Offline(2, 2_000, Duration.ZERO)), beside.offline());
    assertEquals(
        Optional.of(new LoadScenario.SlowPlatform(Duration.ofMillis(150), 100)), beside.platform());
    assertEquals(
        Optional.of(new LoadScenario.Outage(Duration.ZERO, Duration.ofSeconds(30), 20)),
        beside.downstream());
    assertEquals(Optional.of(Duration.ofMinutes(5)), beside.collect());
  }

  @Test
  void whatAFileLeavesOutHasItsDefault() throws Exception {
    LoadScenario scenario =
        read(
            """
            name: least
            title: the least there can be
            load: {arrivals: [{for: 10s, rate: 1.5}]}
            classes: {count: 1, people: 20, lessons: {count: 2, minutes: 45}}
            """);
    assertEquals(
        new LoadScenario.Day(1, LocalTime.of(8, 0), LocalTime.of(8, 30), 2, 45, Duration.ZERO),
        scenario.day());
    assertEquals(
        new LoadScenario.Door(1, 20, 1, List.of(DeviceSuite.values()), 256, Duration.ofSeconds(10)),
        scenario.door());
    assertEquals("990000", scenario.region());
    assertEquals(1, scenario.seed());
    assertEquals(15, scenario.arrivals().schedule().arrivals());
    assertEquals(Duration.ZERO, scenario.arrivals().warmUp());
    assertTrue(scenario.thresholds().isEmpty());
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    assertEquals(
        3,
        faults(
                BUSY.replace("people: 40", "people: 0")
                    .replace("rate: 2", "rate: -1")
                    .replace("starts: \"08:00\"", "starts: morning"))
            .size());
  }
}
