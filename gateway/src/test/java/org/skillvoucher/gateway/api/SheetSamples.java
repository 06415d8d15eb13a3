package org.skillvoucher.gateway.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.skillvoucher.domain.attendance.AttendanceSheet;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.LessonId;
import org.skillvoucher.domain.identity.PersonPseudonym;
import org.skillvoucher.domain.policy.AttendanceRules;
import org.skillvoucher.domain.policy.ClassRules;
import org.skillvoucher.gateway.projection.Views;

/** Sheets of the read models, and exported ones read back. */
final class SheetSamples {
  static final ClassRules RULES =
      new ClassRules(
          "990000/2025-01-01", 60, 100, new AttendanceRules(30, 10, 30, 10, 60, 45, 80, true));

  private static final Instant NINE = Instant.parse("2026-03-02T01:00:00Z");

  private SheetSamples() {}

  /** Two lessons; each of the people came to the first, of theory, and has a flag. */
  static Views.ClassSheet sheet(List<PersonPseudonym> people) {
    List<Lesson> lessons =
        List.of(
            lesson("L01", LessonKind.THEORY, 0, 100), lesson("L02", LessonKind.PRACTICE, 2, 90));
    return new Views.ClassSheet(
        RULES,
        new AttendanceSheet(
            lessons, 190, people.stream().map(SheetSamples::cameToTheFirst).toList()),
        people.isEmpty()
            ? Map.of()
            : Map.of(people.getFirst(), new Views.Remark(1, 2, 1, 1, List.of("F1", "F2"))),
        Optional.empty());
  }

  private static AttendanceSheet.Row cameToTheFirst(PersonPseudonym person) {
    return new AttendanceSheet.Row(
        person,
        1,
        1,
        1,
        100,
        52,
        false,
        new AttendanceSheet.Detail(100, 0, 190, 1, 0, 1, 1),
        new AttendanceSheet.Origin(10, 20, 30, 80, 42, true, List.of("S1")));
  }

  private static Lesson lesson(String id, LessonKind kind, int hours, int minutes) {
    Instant startsAt = NINE.plus(Duration.ofHours(hours));
    return new Lesson(
        new LessonId(id), "t", kind, startsAt, startsAt.plus(Duration.ofMinutes(minutes)));
  }

  /**
   * The cells of an XLSX file's worksheet, as their types and texts, for example {@code STRING 张三}.
   */
  static List<List<String>> cells(byte[] xlsx, int sheet) {
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(xlsx))) {
      List<List<String>> rows = new ArrayList<>();
      for (Row row : workbook.getSheet(sheet).orElseThrow().read()) {
        rows.add(
            IntStream.range(0, row.getCellCount())
                .mapToObj(
                    i ->
                        row.getOptionalCell(i)
                            .map(cell -> cell.getType() + " " + cell.getText())
                            .orElse(""))
                .toList());
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
