package org.skillvoucher.gateway.roster;

import java.util.List;

/**
 * A line of a roster file of either format. Holds personal data: never logged.
 *
 * @param number of the file's line or the sheet's row, counted from 1
 */
public record RosterRecord(long number, List<Cell> cells) {

  /** The content of a cell. */
  sealed interface Cell {
    record TypedText(String text) implements Cell {
      @Override
      public String toString() {
        return "TypedText";
      }
    }

    /**
     * A content whose text would be a guess.
     *
     * @param code why it has no certain text
     */
    record Ambiguous(String code) implements Cell {}
  }

  boolean isBlank() {
    return cells.stream().allMatch(RosterRecord::isBlank);
  }

  static boolean isBlank(Cell cell) {
    return switch (cell) {
      case Cell.TypedText(var text) -> text.isBlank();
      case Cell.Ambiguous unfit -> false;
    };
  }

  @Override
  public String toString() {
    return "RosterRecord " + number;
  }
}
