package org.skillvoucher.gateway.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a table as XLSX; ids are text cells, so that no digit is lost. */
public final class SheetXlsx {

  private static final String TEXT_FORMAT = "@";
  private static final String HEADER_COLOUR = "D9E1F2";

  private SheetXlsx() {}

  /** A second worksheet with notes, for example the class. */
  public record Note(String label, String text) {}

  public static byte[] write(SheetTable table, List<Note> notes) {
    var bytes = new ByteArrayOutputStream();
    try (var workbook = new Workbook(bytes, "Skill Voucher Gateway", "1.0")) {
      fill(workbook.newWorksheet("考勤表"), table);
      note(workbook.newWorksheet("说明"), notes);
      workbook.finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void fill(Worksheet sheet, SheetTable table) {
    List<SheetTable.SheetColumn> columns = SheetTable.columns();
    for (int c = 0; c < columns.size(); c++) {
      sheet.value(0, c, columns.get(c).header());
      sheet.width(c, columns.get(c).characters());
    }
    sheet
        .range(0, 0, 0, columns.size() - 1)
        .style()
        .bold()
        .wrapText(true)
        .fillColor(HEADER_COLOUR)
        .set();
    sheet.freezePane(2, 1); // number, name and header remain visible
    sheet.pageOrientation("landscape");
    sheet.repeatRows(0);
    for (int r = 0; r < table.rows().size(); r++) {
      List<SheetCell> row = table.rows().get(r);
      for (int c = 0; c < row.size(); c++) {
        put(sheet, r + 1, c, row.get(c));
      }
    }
  }

  private static void put(Worksheet sheet, int row, int column, SheetCell cell) {
    switch (cell) {
      case SheetCell.TextCell(var text) -> sheet.value(row, column, text);
      case SheetCell.IdCell(var text) -> id(sheet, row, column, text);
      case SheetCell.Count(var value) -> sheet.value(row, column, value);
    }
  }

  /** Also formatted as text, or typing into the cell would make it a number. */
  private static void id(Worksheet sheet, int row, int column, String text) {
    sheet.value(row, column, text);
    sheet.style(row, column).format(TEXT_FORMAT).set();
  }

  private static void note(Worksheet sheet, List<Note> notes) {
    sheet.width(0, 32);
    sheet.width(1, 60);
    for (int r = 0; r < notes.size(); r++) {
      sheet.value(r, 0, notes.get(r).label());
      id(sheet, r, 1, notes.get(r).text());
    }
  }
}
