package org.skillvoucher.gateway.sheet;

import java.math.BigDecimal;

/** A cell of an exported sheet. Holds personal data: never logged. */
public sealed interface SheetCell {
  /** A text; it may begin like a formula. */
  record TextCell(String text) implements SheetCell {
    @Override
    public String toString() {
      return "TextCell";
    }
  }

  /** An identifier; it may look like a number and must not become one. */
  record IdCell(String text) implements SheetCell {
    @Override
    public String toString() {
      return "IdCell";
    }
  }

  /**
   * One of a few values.
   *
   * @param code for programs, in CSV
   * @param chinese for people, in a spreadsheet
   */
  record WordCell(String code, String chinese) implements SheetCell {
    @Override
    public String toString() {
      return "WordCell";
    }
  }

  record Count(BigDecimal value) implements SheetCell {
    static Count of(long value) {
      return new Count(BigDecimal.valueOf(value));
    }
  }
}
