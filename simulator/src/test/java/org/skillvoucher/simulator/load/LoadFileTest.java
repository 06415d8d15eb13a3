package org.skillvoucher.simulator.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
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
        "rate: 2 | rate: fast | busy.yaml:10: load.arrivals[0].rate must be a number from 0.0 to 100000.0, and is fast",
        "for: 30s | for: 30 | busy.yaml:10: load.arrivals[0].for must be a time such as 500ms, 30s, 2m or 1h, from 1000ms to 43200s, and is 30",
        "{for: 30s, rate: 2} | {for: 30s, rate: 2, to: 3} | busy.yaml:10: load.arrivals[0].rate or from and to: one of both",
        "[ed25519] | [rsa] | busy.yaml:17: classes.suites are sm2, ed25519 and p256, not rsa",
        "minutes: 15 | minutes: 16 | busy.yaml:18: classes.lessons.count times minutes is more than the 315 minutes a day may have",
        "minutes: 15 | minutes: 15, spread: 12h | busy.yaml:18: classes.lessons.spread leaves the last class lessons after midnight",
        "rescans: 10 | warmUp: 90s | busy.yaml:12: load.warmUp must be shorter than all arrivals",
        "rescans: 10 | rescan: 10 | busy.yaml:12: load.rescan is unknown here",
      })
  void aFaultIsToldWithItsLineAndPath(String right, String wrong, String told) {
    List<String> faults = faults(BUSY.replace(right, wrong));
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.getFirst().startsWith(told), faults.toString());
  }

  @Test
  void aThresholdOnWhatNobodyMeasuresIsAFault() {
    List<String> faults = faults(BUSY.replace("late: [", "laste: ["));
    assertEquals(1, faults.size());
    assertTrue(faults.getFirst().startsWith("busy.yaml:21: thresholds.laste"), faults.toString());
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertEquals(
        3,
        faults(
                BUSY.replace("people: 40", "people: 0")
                    .replace("rate: 2", "rate: -1")
                    .replace("starts: \"08:00\"", "starts: morning"))
            .size());
  }
}
