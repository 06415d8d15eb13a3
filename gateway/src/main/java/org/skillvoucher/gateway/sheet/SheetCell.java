package org.skillvoucher.gateway.sheet;

import java.math.BigDecimal;

/** A cell of an exported sheet. Holds personal data: never logged. */
public sealed interface SheetCell {
  /** Words, whatever they begin with. */
  record Words(String text) implements SheetCell {
    @Override
    public String toString() {
      return "Words";
    }
  }

  /** What names something and may look like a number, though nobody may count with it. */
  record Id(String text) implements SheetCell {
    @Override
    public String toString() {
      return "Id";
    }
  }

  record Count(BigDecimal value) implements SheetCell {
    static Count of(long value) {
      return new Count(BigDecimal.valueOf(value));
    }
  }
}
