package org.skillvoucher.gateway.roster;

import java.util.List;

/**
 * A line of a roster file of either format. Holds personal data: never logged.
 *
 * @param number of the file's line or the sheet's row, counted from 1
 */
public record RosterRecord(long number, List<Cell> cells) {
  private static final Cell EMPTY = new Cell.TypedText("");

  /** The content of a cell. */
  sealed interface Cell {
    record TypedText(String text) implements Cell {
      @Override
      public String toString() {
        return "TypedText";
      }
    }

    /**
     * A cell that the spreadsheet program keeps as a number, which may have lost digits.
     *
     * @param digits of a whole number of at most 15 digits, which are exact except leading zeros;
     *     empty for any other number
     */
    record Numeric(String digits) implements Cell {
      @Override
      public String toString() {
        return "Numeric";
      }
    }

    /**
     * A content whose text would be a guess.
     *
     * @param code why it has no certain text
     */
    record Ambiguous(String code) implements Cell {}
  }

  /** Empty where the line has no such cell: programs omit empty cells at the end of a line. */
  Cell cell(int place) {
    return place < cells.size() ? cells.get(place) : EMPTY;
  }

  /** The text of a cell as far as it is certain. */
  String text(int place) {
    return switch (cell(place)) {
      case Cell.TypedText(var text) -> text;
      case Cell.Numeric(var digits) -> digits;
      case Cell.Ambiguous ambiguous -> "";
    };
  }

  /** The number of cells up to the last one that is not blank. */
  int width() {
    int width = cells.size();
    while (width > 0 && isBlank(cells.get(width - 1))) {
      width--;
    }
    return width;
  }

  boolean isBlank() {
    return width() == 0;
  }

  static boolean isBlank(Cell cell) {
    return cell instanceof Cell.TypedText(var text)
        && text.codePoints().allMatch(RosterRecord::showsNothing);
  }

  private static boolean showsNothing(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || Character.getType(point) == Character.FORMAT;
  }

  @Override
  public String toString() {
    return "RosterRecord " + number;
  }
}
