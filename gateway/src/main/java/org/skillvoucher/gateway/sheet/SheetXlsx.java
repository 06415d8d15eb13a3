package org.skillvoucher.gateway.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.PaperSize;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a table as XLSX; ids are text cells, so that no digit is lost. */
public final class SheetXlsx {

  private static final String TEXT_FORMAT = "@";
  private static final int NAME_COLUMNS = 3; // number, name, id number
  private static final int HEADER_POINTS = 9;
  private static final int FOOTER_POINTS = 9;
  private static final double HEADER_HEIGHT_POINTS = 84; // the longest header is of seven lines
  private static final float MARGIN_INCHES = 0.25f;
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
        .fontSize(HEADER_POINTS)
        .wrapText(true)
        .verticalAlignment("center")
        .fillColor(HEADER_COLOUR)
        .set();
    sheet.rowHeight(0, HEADER_HEIGHT_POINTS);
    sheet.freezePane(NAME_COLUMNS, 1); // number, name and header remain visible
    print(sheet);
    sheet.repeatRows(0);
    sheet.repeatCols(0, NAME_COLUMNS - 1);
    for (int r = 0; r < table.rows().size(); r++) {
      List<SheetCell> row = table.rows().get(r);
      for (int c = 0; c < row.size(); c++) {
        put(sheet, r + 1, c, row.get(c));
      }
    }
  }

  /** A4 landscape, as wide as the page, as many pages as it takes, each with its number. */
  private static void print(Worksheet sheet) {
    sheet.paperSize(PaperSize.A4_PAPER);
    sheet.pageOrientation("landscape");
    sheet.setFitToPage(true);
    sheet.fitToWidth((short) 1);
    sheet.fitToHeight((short) 0);
    sheet.leftMargin(MARGIN_INCHES);
    sheet.rightMargin(MARGIN_INCHES);
    sheet.footer("第 &P 页，共 &N 页", Position.CENTER, FOOTER_POINTS);
  }

  private static void put(Worksheet sheet, int row, int column, SheetCell cell) {
    switch (cell) {
      case SheetCell.TextCell(var text) -> sheet.value(row, column, text);
      case SheetCell.IdCell(var text) -> id(sheet, row, column, text);
      case SheetCell.WordCell(var code, var chinese) -> sheet.value(row, column, chinese);
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
    print(sheet);
    for (int r = 0; r < notes.size(); r++) {
      sheet.value(r, 0, notes.get(r).label());
      id(sheet, r, 1, notes.get(r).text());
    }
  }
}
