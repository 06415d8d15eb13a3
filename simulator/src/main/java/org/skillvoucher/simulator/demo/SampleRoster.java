package org.skillvoucher.simulator.demo;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.identity.CitizenId;
import org.skillvoucher.domain.identity.Parsed;

/**
 * The roster (学员名册) as the demo reads it for itself, as the expected outcome of its import.
 *
 * @param rows every data row with its expected outcome
 */
record SampleRoster(List<Row> rows) {
  static final Charset ENCODING = Charset.forName("GB18030");

  /**
   * One row.
   *
   * @param line counted from 1, the header's
   * @param number as it is right; empty where none can be read
   * @param normalised whether the file spells it otherwise
   * @param refusal the code by which the row must be refused; empty when it must be enrolled
   */
  record Row(
      long line,
      String name,
      Optional<String> number,
      boolean normalised,
      Optional<String> refusal) {}

  /** Reads the file, judging numbers as of that day. */
  static SampleRoster read(Path file, LocalDate today) throws IOException {
    List<Row> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file, ENCODING)) {
      records.forEach(record -> rows.add(row(record, today, seen)));
    }
    return new SampleRoster(List.copyOf(rows));
  }

  private static Row row(NamedCsvRecord record, LocalDate today, Set<String> seen) {
    long line = record.getStartingLineNumber();
    String name = record.getField("姓名").strip();
    return switch (CitizenId.parse(record.getField("社会保障号码"), today)) {
      case Parsed.Valid<CitizenId>(var id) ->
          new Row(
              line,
              name,
              Optional.of(id.value()),
              id.normalised(),
              seen.add(id.value()) ? Optional.empty() : Optional.of("row_doubled"));
      case Parsed.Invalid<CitizenId>(var code, var reason) ->
          new Row(line, name, Optional.empty(), false, Optional.of(code));
    };
  }

  List<Row> enrolled() {
    return rows.stream().filter(row -> row.refusal().isEmpty()).toList();
  }

  List<Row> refused() {
    return rows.stream().filter(row -> row.refusal().isPresent()).toList();
  }
}
