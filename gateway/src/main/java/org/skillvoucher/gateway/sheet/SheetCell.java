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

  record Count(BigDecimal value) implements SheetCell {
    static Count of(long value) {
      return new Count(BigDecimal.valueOf(value));
    }
  }
}
