package org.skillvoucher.simulator.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.skillvoucher.domain.attendance.Lesson;
import org.skillvoucher.domain.attendance.LessonKind;
import org.skillvoucher.domain.identity.LessonId;

/** The timetable (课程表) of the sample, which is dated by day number. */
final class TimetableFile {
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private TimetableFile() {}

  /** The lessons in order, where day 1 is the given day. */
  static List<Lesson> read(Path file, LocalDate dayOne) throws IOException {
    try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file, UTF_8);
        Stream<NamedCsvRecord> stream = records.stream()) {
      return stream.map(record -> lesson(record, dayOne)).toList();
    }
  }

  /** A moment as RFC 3339 has it: with seconds, which Java would leave out where there are none. */
  static String text(Instant moment) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(moment.atZone(ZONE));
  }

  private static Lesson lesson(NamedCsvRecord record, LocalDate dayOne) {
    LocalDate day = dayOne.plusDays(Integer.parseInt(record.getField("day")) - 1);
    return new Lesson(
        new LessonId(record.getField("lessonId")),
        record.getField("title"),
        LessonKind.valueOf(record.getField("kind").toUpperCase(Locale.ROOT)),
        at(day, record.getField("start")),
        at(day, record.getField("end")));
  }

  private static Instant at(LocalDate day, String time) {
    return day.atTime(LocalTime.parse(time)).atZone(ZONE).toInstant();
  }
}
