package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.CitizenId;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.simulator.wire.Json;

/** The sample files contain what their README describes. */
final class SampleTest {
  private static final Path CONFIG = Path.of(System.getProperty("vgw.config", "../config"));
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

  private final Sample sample;
  private final Map<Long, SampleRoster.Row> byLine;

  SampleTest() throws IOException {
    sample = Sample.read(CONFIG, TODAY);
    byLine =
        sample.roster().rows().stream()
            .collect(Collectors.toMap(SampleRoster.Row::line, Function.identity()));
  }

  private SampleRoster.Row row(long line) {
    return Optional.ofNullable(byLine.get(line)).orElseThrow();
  }

  @Test
  void theRosterHasFiftyRowsOfWhichTwoAreRefused() {
    assertEquals(50, sample.roster().rows().size());
    assertEquals(48, sample.roster().enrolled().size());
    assertEquals(48, sample.trainees().size());
    assertEquals(
        Map.of(35L, "id_check_digit", 43L, "row_doubled"),
        sample.roster().refused().stream()
            .collect(Collectors.toMap(SampleRoster.Row::line, row -> row.refusal().orElseThrow())));
  }

  @Test
  void theDoubledRowIsTheOneOfLineEleven() {
    assertEquals(row(11).number(), row(43).number());
    assertEquals(row(11).name(), row(43).name());
  }

  @Test
  void fiveNumbersAreSpeltOtherwise() {
    assertEquals(
        List.of(7L, 15L, 20L, 29L, 47L),
        sample.roster().rows().stream()
            .filter(SampleRoster.Row::normalised)
            .map(SampleRoster.Row::line)
            .toList());
    assertTrue(row(15).number().orElseThrow().endsWith("X"));
    assertTrue(row(29).number().orElseThrow().endsWith("X"));
  }

  @Test
  void oneNameNeedsFourBytesInGb18030() {
    SampleRoster.Row row = row(50);
    assertEquals("𠮷", row.name().substring(0, 2));
    assertEquals(4, "𠮷".getBytes(SampleRoster.ENCODING).length);
    assertEquals(
        "𠮷**",
        sample.trainees().stream()
            .filter(who -> who.name().equals(row.name()))
            .findFirst()
            .orElseThrow()
            .masked());
  }

  @Test
  void theRosterIsNoUtf8() {
    org.junit.jupiter.api.Assertions.assertThrows(
        java.nio.charset.CharacterCodingException.class,
        () -> StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(sample.rosterBytes())));
  }

  @Test
  void allNumbersAreOfNobodyAndHaveTheirCheckDigits() {
    Set<String> numbers = new HashSet<>();
    sample.trainees().forEach(who -> numbers.add(who.number()));
    sample.strangers().forEach(who -> numbers.add(who.number()));
    sample.filing().path("teachers").forEach(teacher -> numbers.add(Json.text(teacher, "number")));
    assertEquals(48 + 3 + 2, numbers.size());
    for (String number : numbers) {
      assertTrue(number.startsWith("99"));
      assertTrue(CitizenId.parse(number, TODAY) instanceof Parsed.Valid<CitizenId>);
    }
  }

  @Test
  void everybodyHasACardOfTheRightForm() {
    Set<String> codes = new HashSet<>();
    for (List<Trainee> people : List.of(sample.trainees(), sample.strangers())) {
      for (Trainee who : people) {
        assertTrue(who.cardIdentificationCode().matches("\\d{6}D156000005[0-9A-F]{16}"));
        assertTrue(who.cardNumber().matches("\\d{9}"));
        codes.add(who.cardIdentificationCode());
      }
    }
    assertEquals(51, codes.size());
  }

  @Test
  void theTimetableHasTwoDaysOfTwoLessonsFromTomorrowOn() {
    assertEquals(
        List.of("D1-AM", "D1-PM", "D2-AM", "D2-PM"),
        sample.lessons().stream().map(lesson -> lesson.id().value()).toList());
    assertEquals(LocalDate.of(2026, 3, 2), sample.dayOne());
    assertEquals("2026-03-02T00:30:00Z", sample.lessons().getFirst().startsAt().toString());
    assertEquals("2026-03-03T08:15:00Z", sample.lessons().getLast().endsAt().toString());
  }

  @Test
  void timesAreSentWithSecondsAndZone() {
    assertEquals(
        "2026-03-02T08:30:00+08:00", TimetableFile.text(sample.lessons().getFirst().startsAt()));
  }

  @Test
  void theHoursKeepToCommonPractice() {
    long all = sample.lessons().stream().mapToLong(Lesson::minutes).sum();
    long practice =
        sample.lessons().stream()
            .filter(lesson -> lesson.kind() == LessonKind.PRACTICE)
            .mapToLong(Lesson::minutes)
            .sum();
    assertEquals(Duration.ofMinutes(2 * 7 * 45).toMinutes(), all);
    assertTrue(practice * 100 >= all * 60);
  }

  @Test
  void theFilingIsOfTheDemosInstitution() {
    assertEquals("52990101MA00XY0180", Json.text(sample.filing(), "institution"));
    assertEquals("4-10-01-05", Json.text(sample.filing(), "occupation"));
    assertEquals(50, sample.filing().path("traineesPlanned").asInt());
  }

  @Test
  void theRegionsRulePackCanBeRead() {
    assertEquals("990000/2025-01-01", sample.rulePack("990000/2025-01-01").name());
  }
}
