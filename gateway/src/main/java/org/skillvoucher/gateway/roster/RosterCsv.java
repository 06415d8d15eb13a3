package org.skillvoucher.gateway.roster;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skillvoucher.gateway.http.RosterLimits;

/** Reads a roster in CSV, with any of the separators that spreadsheet programs write. */
public final class RosterCsv {
  /** The first with which the file has a header is the file's. */
  private static final String SEPARATORS = ",\t;|，";

  /** The line that tells a spreadsheet program the separator. */
  private static final Pattern DECLARED = Pattern.compile("\"?sep=([^\r\n])\"?\\s*?(\r\n|\n|\r|$)");

  /** A header is within the first ten lines that are not blank; blank ones may be between. */
  private static final int PROBED_RECORDS = 30;

  private RosterCsv() {}

  /**
   * Reads the lines that are not blank.
   *
   * @throws org.skillvoucher.gateway.http.ProblemException when an unterminated quote leaves the
   *     end of a row unknown, or the file exceeds a limit
   */
  public static RosterTable table(String text, RosterLimits limits) {
    Matcher declared = DECLARED.matcher(text);
    if (declared.lookingAt()) {
      return RosterTable.ofCsv(
          lines(text.substring(declared.end()), declared.group(1).charAt(0), 1, limits));
    }
    return RosterTable.ofCsv(lines(text, separator(text), 0, limits));
  }

  private static char separator(String text) {
    for (int i = 0; i < SEPARATORS.length(); i++) {
      if (hasHeader(text, SEPARATORS.charAt(i))) {
        return SEPARATORS.charAt(i);
      }
    }
    return SEPARATORS.charAt(0);
  }

  /** Whether the first lines have a header; not with quotes that fit another separator. */
  private static boolean hasHeader(String text, char separator) {
    try (CsvReader<CsvRecord> csv = reader(text, separator)) {
      return RosterHeader.isIn(
          csv.stream()
              .limit(PROBED_RECORDS)
              .map(record -> line(record, 0))
              .filter(line -> !line.isBlank())
              .toList());
    } catch (CsvParseException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<RosterRecord> lines(
      String text, char separator, int linesBefore, RosterLimits limits) {
    List<RosterRecord> lines = new ArrayList<>();
    int read = 0;
    try (CsvReader<CsvRecord> csv = reader(text, separator)) {
      for (CsvRecord record : csv) {
        ReadingDeadline.check();
        read++;
        if (read > limits.linesMax()) {
          throw RosterProblems.tooManyLines(limits.linesMax());
        }
        RosterRecord line = line(record, linesBefore);
        if (line.width() > limits.columnsMax()) {
          throw RosterProblems.tooManyColumns(limits.columnsMax());
        }
        if (!line.isBlank()) {
          lines.add(line);
        }
      }
      return lines;
    } catch (CsvParseException e) {
      throw RosterProblems.undecodable(
          "A quoted cell does not end where it should, so that the rows cannot be separated.",
          "带引号的单元格没有正确结束，无法区分各行。");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CsvReader<CsvRecord> reader(String text, char separator) {
    return CsvReader.builder()
        .fieldSeparator(separator)
        .skipEmptyLines(false)
        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
        .allowUnclosedQuote(false)
        .ofCsvRecord(text);
  }

  private static RosterRecord line(CsvRecord record, int linesBefore) {
    return new RosterRecord(
        linesBefore + record.getStartingLineNumber(),
        record.getFields().stream()
            .<RosterRecord.Cell>map(RosterRecord.Cell.TypedText::new)
            .toList());
  }
}
