package org.skillvoucher.simulator.yaml;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScenarioTextTest {
  private static final Path SCENARIOS =
      Path.of(System.getProperty("vgw.config", "../config")).resolve("scenarios");

  private static final String LEAST =
      """
      name: least
      title: the least there can be
      sites: {count: 1, devices: 1}
      classes:
        count: 1
        people: 1
        lessons:
          - {id: A, kind: theory, day: 1, from: "08:30", to: "11:00"}
      schedule:
        - {at: "day 1 07:00", do: upload}
      """;

  private static List<String> faults(String text) {
    return assertThrows(ScenarioInvalid.class, () -> ScenarioText.read("f.yaml", text)).faults();
  }

  static Stream<Path> scenarioFiles() throws IOException {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      return all.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("scenarioFiles")
  void everyFileInConfigConformsToTheSchema(Path file) {
    assertDoesNotThrow(() -> ScenarioText.read(file));
  }

  @Test
  void theReadmeBesideTheFilesNamesEachFileAndEachKeyOfTheSchema() throws IOException {
    String readme = Files.readString(SCENARIOS.resolve("README.md"));
    Set<String> words = new TreeSet<>(List.of(readme.split("[^A-Za-z0-9]+", -1)));
    assertEquals(
        Set.of(),
        keys(schema()).stream()
            .filter(key -> !words.contains(key))
            .collect(Collectors.toCollection(TreeSet::new)));
    scenarioFiles()
        .forEach(
            file -> assertTrue(readme.contains("`" + file.getFileName() + "`"), file.toString()));
  }

  private static JsonNode schema() throws IOException {
    try (InputStream in = ScenarioSchema.class.getResourceAsStream("scenario.schema.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static Set<String> keys(JsonNode schema) {
    Set<String> keys = new TreeSet<>();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      if (member.getKey().equals("properties")) {
        member.getValue().fieldNames().forEachRemaining(keys::add);
      }
      keys.addAll(keys(member.getValue()));
    }
    if (schema instanceof ArrayNode items) {
      items.forEach(item -> keys.addAll(keys(item)));
    }
    return keys;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name: least | name: | f.yaml:1: name must be a text, and is empty",
        "name: least | name: \"  \" | f.yaml:1: name must be a text, and is   ",
        "name: least | name: [least] | f.yaml:1: name must be a text",
        "title: the least there can be | subtitle: x | f.yaml:1: title is missing",
        "title: | seed: -1\\ntitle: | f.yaml:2: seed must be a whole number from 0 to 9223372036854775807, and is -1",
        "title: | seed: 1.5\\ntitle: | f.yaml:2: seed must be a whole number from 0 to 9223372036854775807, and is 1.5",
        "title: | region: 98000\\ntitle: | f.yaml:2: region must be 99 and four digits, where nobody lives",
        "count: 1, devices: 1 | count: 51, devices: 1 | f.yaml:3: sites.count must be a whole number from 1 to 50, and is 51",
        "count: 1, devices: 1 | count: 1 | f.yaml:3: sites.devices is missing",
        "devices: 1} | devices: 1, suites: []} | f.yaml:3: sites.suites must be a list of at least one",
        "devices: 1} | devices: 1, suites: sm2} | f.yaml:3: sites.suites must be a list of at least one, and is sm2",
        "sites: {count: 1, devices: 1} | sites: here | f.yaml:3: sites must be a mapping, and is here",
        "people: 1 | people: \"1\" | f.yaml:6: classes.people must be a whole number from 1 to 300, and is 1",
        "kind: theory | kind: 3 | f.yaml:8: classes.lessons[0].kind must be one of theory, practice, and is 3",
        "day: 1, | day: 31, | f.yaml:8: classes.lessons[0].day must be a whole number from 1 to 30, and is 31",
        "to: \"11:00\" | to: \"24:00\" | f.yaml:8: classes.lessons[0].to must be a time of day such as \"08:30\", and is 24:00",
        "to: \"11:00\"} | to: \"11:00\", room: 3} | f.yaml:8: classes.lessons[0].room is unknown here; known are day, from, id, kind, to",
        "do: upload | copies: 2 | f.yaml:10: schedule[0].do is missing",
        "day 1 07:00 | 07:00 | f.yaml:10: schedule[0].at must be a day and a time such as \"day 1 08:30\", and is 07:00",
        "do: upload | do: upload, ownKeys: true | f.yaml:10: schedule[0].ownKeys is unknown here; known are at, copies, do",
        "schedule: | faults: {reorder: 1}\\nschedule: | f.yaml:9: faults.reorder must be true or false, and is 1",
        "schedule: | faults: {withheld: {length: {from: 1}}}\\nschedule: | f.yaml:9: faults.withheld.length.to is missing",
        "schedule: | habits: {late: 101}\\nschedule: | f.yaml:9: habits.late must be a whole number from 0 to 100, and is 101",
        "people: 1 | people: 1\\n  people: 2 | f.yaml:7: is not valid YAML: Duplicate field 'people'",
        "people: 1 | people: 1: 2 | f.yaml:6: is not valid YAML: mapping values are not allowed here",
      })
  void aBadValueIsReportedWithItsLineItsKeyAndWhatIsAccepted(
      String right, String wrong, String fault) {
    List<String> faults = faults(LEAST.replace(right.strip(), wrong.strip().replace("\\n", "\n")));
    assertTrue(faults.stream().anyMatch(line -> line.startsWith(fault.strip())), faults.toString());
  }

  @Test
  void allFaultsAreReportedInTheOrderOfTheirLines() {
    assertEquals(
        List.of("f.yaml:1: ", "f.yaml:3: ", "f.yaml:8: ", "f.yaml:10: "),
        faults(
                LEAST
                    .replace("do: upload", "do: nothing")
                    .replace("day: 1", "day: 0")
                    .replace("count: 1, ", "count: 0, ")
                    .replace("name: least", "nam: least"))
            .stream()
            .filter(fault -> !fault.contains("is missing"))
            .map(fault -> fault.substring(0, fault.indexOf(": ") + 2))
            .toList());
  }

  @Test
  void aTextWithoutMappingIsRefused() {
    assertEquals(List.of("f.yaml:1: must be a mapping of keys to values"), faults(""));
    assertEquals(List.of("f.yaml:1: must be a mapping of keys to values"), faults("- a\n- b\n"));
  }

  @Test
  void aLoadScenarioHasAKeyOfThatName() throws ScenarioInvalid {
    assertFalse(ScenarioText.read("f.yaml", LEAST).isLoad());
    assertTrue(faults("name: a\ntitle: b\nload: {}\n").contains("f.yaml:1: classes is missing"));
  }

  @Test
  void whatIsLeftOutHasTheSchemasDefaultWhateverWasReadBefore() throws ScenarioInvalid {
    String other = LEAST.replace("schedule:", "faults: {withheld: {runs: 3}}\nschedule:");
    ScenarioText.read("other.yaml", other.replace("devices: 1}", "devices: 1, suites: [sm2]}"));
    JsonNode read = ScenarioText.read("f.yaml", LEAST).as(JsonNode.class);
    assertEquals(1, read.at("/seed").asInt());
    assertEquals("990000", read.at("/region").asText());
    assertEquals(3, read.at("/sites/suites").size());
    assertEquals(2_000, read.at("/faults/batch/to").asInt());
    assertEquals(1, read.at("/faults/withheld/length/from").asInt());
    assertFalse(read.at("/faults/withheld").has("runs"));
    assertEquals(1, read.at("/schedule/0/copies").asInt());
  }

  @ParameterizedTest
  @CsvSource({"0ms, PT0S", "1500ms, PT1.5S", "30s, PT30S", "2m, PT2M", "999999999h, PT999999999H"})
  void aDurationIsAWholeNumberAndAUnit(String text, Duration duration) {
    assertEquals(Optional.of(duration), DurationText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "s", "-1s", "1.5s", "30 s", "30S", "1d", "1000000000s"})
  void anythingElseIsNoDuration(String text) {
    assertEquals(Optional.empty(), DurationText.parse(text));
  }

  @Test
  void aFaultOfAnAbsentKeyIsReportedAtTheNearestParent() throws ScenarioInvalid {
    ScenarioText text = ScenarioText.read("f.yaml", LEAST);
    text.fault("/classes/lessons/0/room", "must be given");
    text.fault("/faults/cuts", "must be given");
    assertEquals(
        List.of(
            "f.yaml:1: faults.cuts must be given",
            "f.yaml:8: classes.lessons[0].room must be given"),
        assertThrows(ScenarioInvalid.class, text::end).faults());
  }
}
