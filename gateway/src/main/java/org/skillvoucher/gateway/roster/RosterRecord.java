package org.skillvoucher.gateway.roster;

import java.util.List;

/**
 * A line of a roster file, whatever kind of file it is. Holds personal data: never logged.
 *
 * @param number of the file's line or the sheet's row, counted from 1
 */
public record RosterRecord(long number, List<Cell> cells) {

  /** What stands in a cell. */
  sealed interface Cell {
    record Words(String text) implements Cell {
      @Override
      public String toString() {
        return "Words";
      }
    }

    /**
     * Something that would have to be guessed at.
     *
     * @param code why no text can be made of it
     */
    record Unfit(String code) implements Cell {}
  }

  boolean isBlank() {
    return cells.stream().allMatch(RosterRecord::isBlank);
  }

  static boolean isBlank(Cell cell) {
    return switch (cell) {
      case Cell.Words(var text) -> text.isBlank();
      case Cell.Unfit unfit -> false;
    };
  }

  @Override
  public String toString() {
    return "RosterLine " + number;
  }
}
