package org.skillvoucher.gateway.roster;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;

/** Reads a roster in CSV. */
public final class RosterCsv {
  private RosterCsv() {}

  /**
   * Reads the lines that are not blank.
   *
   * @param linesMax reading ends after this many lines
   * @throws ProblemException when an unterminated quote leaves the end of a row unknown
   */
  public static List<RosterRecord> records(String text, int linesMax) {
    List<RosterRecord> lines = new ArrayList<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(text)) {
      for (CsvRecord record : csv) {
        RosterRecord line = record(record);
        if (lines.size() < linesMax && !line.isBlank()) {
          lines.add(line);
        }
      }
      return lines;
    } catch (CsvParseException e) {
      throw new ProblemException(unreadableQuotes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RosterRecord record(CsvRecord record) {
    return new RosterRecord(
        record.getStartingLineNumber(),
        record.getFields().stream()
            .<RosterRecord.Cell>map(RosterRecord.Cell.TypedText::new)
            .toList());
  }

  private static Problem unreadableQuotes() {
    return Problem.of(
        Code.ROSTER_UNDECODABLE,
        "A quoted cell does not end where it should, so that the rows cannot be told apart.",
        "带引号的单元格没有正确结束，无法区分各行。");
  }
}
