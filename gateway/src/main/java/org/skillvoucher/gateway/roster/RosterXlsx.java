package org.skillvoucher.gateway.roster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.skillvoucher.gateway.http.ProblemException;

/**
 * Reads a roster in XLSX, from the first visible worksheet. Only a text cell holds what was typed;
 * a number may have lost its last digits or leading zeros.
 */
public final class RosterXlsx {
  /** The format's escape of a character that XML cannot hold, for example {@code _x000D_}. */
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  /** Without formats; a value not of its cell's type is an error of that cell alone. */
  private static final ReadingOptions OPTIONS = new ReadingOptions(false, true);

  private RosterXlsx() {}

  /**
   * Reads the lines that are not blank, each padded to the width of the first.
   *
   * @param linesMax reading ends after this many lines
   * @param inflatedBytesMax limit of the unpacked size
   * @throws ProblemException when it is no such file, or exceeds the limit
   */
  public static List<RosterRecord> records(byte[] file, int linesMax, long inflatedBytesMax) {
    byte[] bounded = BoundedWorkbook.copy(file, inflatedBytesMax);
    try (var workbook = new ReadableWorkbook(new ByteArrayInputStream(bounded), OPTIONS);
        Stream<Row> rows = sheet(workbook).openStream()) {
      return records(rows.iterator(), linesMax);
    } catch (IOException | RuntimeException e) { // the reader throws many kinds at a bad file
      throw new ProblemException(BoundedWorkbook.unreadable());
    }
  }

  private static Sheet sheet(ReadableWorkbook workbook) {
    return workbook
        .getSheets()
        .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
        .findFirst()
        .orElseThrow();
  }

  private static List<RosterRecord> records(Iterator<Row> rows, int linesMax) {
    List<RosterRecord> lines = new ArrayList<>();
    long number = 0;
    while (lines.size() < linesMax && rows.hasNext()) {
      Row row = rows.next();
      number = Math.max(number + 1, row.getRowNum()); // a row may leave out its number
      List<RosterRecord.Cell> cells = cells(row);
      if (!cells.isEmpty()) {
        int width = lines.isEmpty() ? 0 : lines.getFirst().cells().size();
        while (cells.size() < width) {
          cells.add(new RosterRecord.Cell.TypedText(""));
        }
        lines.add(new RosterRecord(number, List.copyOf(cells)));
      }
    }
    return lines;
  }

  /** Up to the last one that is not blank. */
  private static List<RosterRecord.Cell> cells(Row row) {
    List<RosterRecord.Cell> cells = new ArrayList<>();
    for (int i = 0; i < row.getCellCount(); i++) {
      cells.add(
          row.getOptionalCell(i).map(RosterXlsx::cell).orElse(new RosterRecord.Cell.TypedText("")));
    }
    while (!cells.isEmpty() && RosterRecord.isBlank(cells.getLast())) {
      cells.removeLast();
    }
    return cells;
  }

  private static RosterRecord.Cell cell(Cell cell) {
    return switch (cell.getType()) {
      case STRING, EMPTY -> new RosterRecord.Cell.TypedText(unescaped(cell.getText()));
      case NUMBER -> new RosterRecord.Cell.Ambiguous("cell_number");
      case FORMULA ->
          cell.getFormula() == null // some programs write texts so
              ? new RosterRecord.Cell.TypedText(unescaped(cell.getText()))
              : new RosterRecord.Cell.Ambiguous("cell_formula");
      case BOOLEAN, ERROR -> new RosterRecord.Cell.Ambiguous("cell_other");
    };
  }

  private static String unescaped(String text) {
    return ESCAPED.matcher(text).replaceAll(RosterXlsx::character);
  }

  private static String character(MatchResult escaped) {
    return Matcher.quoteReplacement(
        Character.toString((char) Integer.parseInt(escaped.group(1), 16)));
  }
}
