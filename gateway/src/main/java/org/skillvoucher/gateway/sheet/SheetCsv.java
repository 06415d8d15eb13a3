package org.skillvoucher.gateway.sheet;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A table as CSV (RFC 4180) for spreadsheet programs, which guess: the byte order mark tells them
 * that it is UTF-8, and neither an id nor a formula may be made of what is a text.
 */
public final class SheetCsv {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** With what a formula begins, in half and in full width, or what is passed over before one. */
  private static final String FORMULA = "=+-@＝＋－＠\t\r\n";

  private static final Pattern NUMBER = Pattern.compile("[0-9]+([.eE][0-9]*)?");

  private SheetCsv() {}

  public static byte[] write(SheetTable table) {
    StringWriter text = new StringWriter();
    text.write(BYTE_ORDER_MARK);
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      csv.writeRecord(SheetTable.columns().stream().map(SheetTable.Column::header).toList());
      for (List<SheetCell> row : table.rows()) {
        csv.writeRecord(row.stream().map(SheetCsv::text).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  public static String text(SheetCell cell) {
    return switch (cell) {
      case SheetCell.Words(var text) -> harmless(text);
      case SheetCell.Id(var text) -> uncountable(harmless(text));
      case SheetCell.Count(var value) -> value.toPlainString();
    };
  }

  /** An apostrophe makes it a text, and stays to be seen. */
  private static String harmless(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /**
   * A tab behind digits makes them a text, of which no digit gets lost; whoever reads the file
   * trims it away.
   */
  private static String uncountable(String text) {
    return NUMBER.matcher(text).matches() ? text + "\t" : text;
  }
}
