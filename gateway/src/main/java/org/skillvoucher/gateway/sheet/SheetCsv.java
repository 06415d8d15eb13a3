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
 * Writes a table as CSV (RFC 4180) for spreadsheet programs, which guess: the byte order mark makes
 * them read UTF-8, and texts are protected from becoming numbers or formulas (CSV injection).
 */
public final class SheetCsv {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** First characters of a formula, in half and full width, and those skipped before one. */
  private static final String FORMULA = "=+-@＝＋－＠\t\r\n";

  private static final Pattern NUMBER = Pattern.compile("[0-9]+([.eE][0-9]*)?");

  private SheetCsv() {}

  public static byte[] write(SheetTable table) {
    StringWriter text = new StringWriter();
    text.write(BYTE_ORDER_MARK);
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      csv.writeRecord(SheetTable.columns().stream().map(SheetTable.SheetColumn::header).toList());
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
      case SheetCell.TextCell(var text) -> harmless(text);
      case SheetCell.WordCell(var code, var chinese) -> code;
      case SheetCell.IdCell(var text) -> uncountable(harmless(text));
      case SheetCell.Count(var value) -> value.toPlainString();
    };
  }

  /** An apostrophe makes it a text; it remains visible. */
  private static String harmless(String text) {
    return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /**
   * A tab behind digits makes them a text, so that no digit is lost; readers of the file trim it.
   */
  private static String uncountable(String text) {
    return NUMBER.matcher(text).matches() ? text + "\t" : text;
  }
}
