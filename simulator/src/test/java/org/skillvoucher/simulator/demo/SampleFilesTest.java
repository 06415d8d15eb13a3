package org.skillvoucher.simulator.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.simulator.gateway.UnexpectedAnswer;

final class SampleFilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

  private final Path file;

  SampleFilesTest(@TempDir Path folder) {
    file = folder.resolve("file.csv");
  }

  private SampleRoster roster(String... rows) throws Exception {
    String text = "姓名,社会保障号码\n" + String.join("\n", rows) + "\n";
    Files.write(file, text.getBytes(SampleRoster.ENCODING));
    return SampleRoster.read(file, DAY);
  }

  private static String number(int person) {
    return StubbedDemo.SAMPLE.trainees().get(person).number();
  }

  @Test
  void aRowIsRefusedForABadNumberAndForOneThatCameBefore() throws Exception {
    String bad = number(1).substring(0, 17) + (number(1).endsWith("0") ? "1" : "0");
    SampleRoster roster =
        roster("王敏," + number(0), "李军," + bad, "王敏," + number(0), "陈慧," + number(2));
    assertEquals(
        List.of(Optional.empty(), Optional.of("id_check_digit"), Optional.of("row_doubled")),
        roster.rows().stream().limit(3).map(SampleRoster.Row::refusal).toList());
    assertEquals(List.of(2L, 5L), roster.enrolled().stream().map(SampleRoster.Row::line).toList());
    assertEquals(List.of(3L, 4L), roster.refused().stream().map(SampleRoster.Row::line).toList());
  }

  @Test
  void aNumberInFullWidthDigitsIsTheSameNumber() throws Exception {
    StringBuilder wide = new StringBuilder();
    number(0).chars().forEach(c -> wide.append((char) (c - '0' + '０')));
    SampleRoster.Row row =
        roster("王敏," + (number(0).endsWith("X") ? number(0) : wide)).rows().getFirst();
    assertEquals(Optional.of(number(0)), row.number());
    assertEquals(!number(0).endsWith("X"), row.normalised());
  }

  private List<Lesson> timetable(String rows) throws Exception {
    Files.writeString(file, "lessonId,title,kind,day,start,end\n" + rows);
    return TimetableFile.read(file, DAY);
  }

  @Test
  void lessonsAreDatedFromDayOneInShanghai() throws Exception {
    List<Lesson> lessons = timetable("A,甲,theory,1,08:30,11:00\nB,乙,practice,3,14:00,16:15\n");
    assertEquals(
        List.of("2026-03-02T00:30:00Z", "2026-03-04T06:00:00Z"),
        lessons.stream().map(lesson -> lesson.startsAt().toString()).toList());
    assertEquals(135, lessons.getLast().minutes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"A,甲,music,1,08:30,11:00\n", "A,甲,theory,one,08:30,11:00\n"})
  void anUnknownKindOrDayIsRefused(String row) {
    assertThrows(IllegalArgumentException.class, () -> timetable(row));
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    assertThrows(DateTimeException.class, () -> timetable("A,甲,theory,1,25:00,26:00\n"));
  }

  @Test
  void aRulePackThatIsNotThereIsReported() {
    assertThrows(UnexpectedAnswer.class, () -> StubbedDemo.SAMPLE.rulePack("990000/1999-01-01"));
  }

  @Test
  void aPersonIsNeverPrintedWhole() {
    Trainee who = new Trainee("欧阳秀英", "990101199001011234", "990000001", "99");
    assertEquals("欧***", who.masked());
    assertEquals("Trainee", who.toString());
    assertEquals("新", who.withCard("新").cardIdentificationCode());
    assertEquals(who.number(), who.reading().path("socialSecurityNumber").asText());
  }
}
