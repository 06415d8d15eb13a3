package org.skillvoucher.simulator.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.device.DeviceSuite;
import org.skillvoucher.domain.receipt.Act;
import org.skillvoucher.simulator.scenario.Scenario.Action;
import org.skillvoucher.simulator.yaml.ScenarioInvalid;
import org.skillvoucher.simulator.yaml.ScenarioText;

final class ScenarioFileTest {
  static final String SMALL =
      """
      name: small
      title: a small one
      seed: 7
      sites: {count: 2, devices: 2, suites: [sm2, p256]}
      classes:
        count: 3
        people: 6
        devices: 2
        lessons:
          - {id: D1-AM, kind: theory, day: 1, from: "08:30", to: "11:00"}
          - {id: D1-PM, kind: practice, day: 1, from: "14:00", to: "16:00"}
      habits: {absent: 10, late: 20, noSignOut: 10, secondTap: 20}
      schedule:
        - {at: "day 1 07:00", do: beacons}
        - {at: "day 3 06:00", do: upload, copies: 2}
        - {at: "day 3 07:00", do: fill}
        - {at: "day 3 08:00", do: waive}
      faults:
        reorder: true
        batch: {from: 2, to: 10}
        withheld: {runs: 3, length: {from: 1, to: 2}, neverFound: 1}
        wrongClock: 2
        strangers: 2
        early: 2
        lostCards: 1
      """;

  static Scenario small() throws ScenarioInvalid {
    return ScenarioFile.read(ScenarioText.read("small.yaml", SMALL));
  }

  private static List<String> faults(String text) {
    return assertThrows(
            ScenarioInvalid.class, () -> ScenarioFile.read(ScenarioText.read("small.yaml", text)))
        .faults();
  }

  @ParameterizedTest
  @ValueSource(strings = {"offline-72h", "door-burst", "duplicate-storm"})
  void theScenariosInConfigAreValid(String name) throws Exception {
    Path config = Path.of(System.getProperty("vgw.config", "../config"));
    Scenario scenario =
        ScenarioFile.read(ScenarioText.read(config.resolve("scenarios").resolve(name + ".yaml")));
    assertEquals(name, scenario.name());
    assertTrue(scenario.region().startsWith("99"));
  }

  @Test
  void everyValueOfAFileIsRead() throws ScenarioInvalid {
    Scenario scenario = small();
    assertEquals(7, scenario.seed());
    assertEquals(List.of(DeviceSuite.SM2, DeviceSuite.P256), scenario.sites().suites());
    assertEquals(2, scenario.classes().lessons().size());
    assertEquals(new Action.Upload(2), scenario.schedule().get(1).action());
    assertEquals(
        new Scenario.Withheld(3, new Scenario.Span(1, 2), 1), scenario.faults().withheld());
    assertTrue(scenario.hasOfflineTaps());
    assertEquals(false, scenario.isOnline("D1-AM", Act.IN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          people: 6 | people: 0 | small.yaml:7: classes.people must be a whole number from 1 to 300, and is 0
          people: 6 | people: many | small.yaml:7: classes.people must be a whole number from 1 to 300, and is many
          "day 3 07:00" | "day three" | small.yaml:16: schedule[2].at must be a day and a time such as "day 1 08:30", and is day three
          do: fill | do: feel | small.yaml:16: schedule[2].do must be one of beacons, fill, resend, scan, upload, waive, and is feel
          kind: theory | kind: music | small.yaml:10: classes.lessons[0].kind must be one of theory, practice, and is music
          to: "11:00" | to: "08:00" | small.yaml:10: classes.lessons[0].to must be after from
          id: D1-PM | id: D1-AM | small.yaml:11: classes.lessons[1].id must be unique, and is D1-AM twice
          neverFound: 1 | neverFound: 9 | small.yaml:21: faults.withheld.neverFound must not be more than runs
          "day 3 08:00" | "day 2 08:00" | small.yaml:17: schedule[3].at must not be before the step above it
          reorder: true | reorder: yes, please | small.yaml:19: faults.reorder must be true or false, and is yes, please
          sm2, p256 | sm2, rsa | small.yaml:4: sites.suites[1] must be one of sm2, ed25519, p256, and is rsa
          devices: 2, suites | devices: 1, suites | small.yaml:8: classes.devices must not be more than sites.devices
          batch: {from: 2, to: 10} | batch: {from: 2, to: 1} | small.yaml:20: faults.batch.to must not be less than from
          do: fill | do: scan, lesson: D9, act: in | small.yaml:16: schedule[2].lesson must be the id of a lesson, and is D9
          do: fill | do: scan, lesson: D1-AM | small.yaml:16: schedule[2].act is missing
          do: fill | do: fill, copies: 2 | small.yaml:16: schedule[2].copies is unknown here; known are at, do
          do: fill | do: resend, copies: 11 | small.yaml:16: schedule[2].copies must be a whole number from 1 to 10, and is 11
          """)
  void aFaultNamesItsLineAndKeyPath(String right, String wrong, String fault) {
    assertEquals(List.of(fault.strip()), faults(SMALL.replace(right.strip(), wrong.strip())));
  }

  @Test
  void anUnknownKeyIsRefused() {
    assertEquals(
        List.of(
            "small.yaml:12: habits.absend is unknown here; known are absent, late, noSignOut,"
                + " secondTap"),
        faults(SMALL.replace("absent: 10", "absend: 10")));
  }

  @Test
  void aMissingKeyIsReportedAtTheLineOfItsMapping() {
    assertEquals(
        List.of("small.yaml:5: classes.people is missing"),
        faults(SMALL.replace("  people: 6\n", "")));
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    assertEquals(
        2, faults(SMALL.replace("count: 3", "count: 0").replace("do: waive", "do: wave")).size());
  }

  @Test
  void aRegionWherePeopleLiveIsRefused() {
    assertEquals(
        List.of(
            "small.yaml:1: region must be 99 and four digits, where nobody lives, and is 370000"),
        faults("region: \"370000\"\n" + SMALL));
  }

  @Test
  void aDuplicateKeyIsRefused() {
    assertTrue(faults(SMALL + "seed: 8\n").getFirst().startsWith("small.yaml:"));
  }

  @Test
  void malformedYamlIsReportedWithItsLine() {
    assertTrue(faults("name: [\n  small").getFirst().startsWith("small.yaml:2: is not valid YAML"));
    assertEquals(
        List.of("small.yaml:1: must be a mapping of keys to values, and is just words"),
        faults("just words"));
  }
}
