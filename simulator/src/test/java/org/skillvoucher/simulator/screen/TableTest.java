package org.skillvoucher.simulator.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
  @Test
  void chineseCharactersCountTwo() {
    assertEquals(4, TextWidth.of("late"));
    assertEquals(4, TextWidth.of("迟到"));
    assertEquals(2, TextWidth.of("𠮷"));
    assertEquals(4, TextWidth.of("（）"));
    assertEquals(1, TextWidth.of("é"));
  }

  @Test
  void paddingFillsColumnsAndNotCharacters() {
    assertEquals("迟到  ", TextWidth.padded("迟到", 6));
    assertEquals("  迟到", TextWidth.paddedLeft("迟到", 6));
    assertEquals("迟到", TextWidth.padded("迟到", 2));
  }

  @Test
  void columnsAreAlignedWithNumbersToTheRight() {
    List<String> lines =
        new Table("who 学员", "late 迟到", "why").row("王**", 1, "x").row("46 others", 12, "迟到").lines();
    assertEquals(
        List.of(
            "who 学员   late 迟到  why",
            "─────────  ─────────  ────",
            "王**               1  x",
            "46 others         12  迟到"),
        lines);
    assertTrue(lines.stream().noneMatch(line -> line.endsWith(" ")));
  }

  @Test
  void aRowMustHaveAllCells() {
    assertThrows(IllegalArgumentException.class, () -> new Table("a", "b").row("1"));
  }

  @Test
  void whatDoesNotHoldIsWrittenDownWithBothValues() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Expectations expect =
        new Expectations(Screen.plain(new PrintStream(out, true, StandardCharsets.UTF_8)));
    assertTrue(expect.equal("receipts", 377, 377));
    expect.equal("refusals", 2, 3);
    expect.quietly("row", "a", "a");
    assertEquals(3, expect.checked());
    assertEquals(List.of("refusals"), expect.broken());
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("✗ refusals"));
    assertTrue(text.contains("expected: 2"));
    assertTrue(text.contains("actual:   3"));
    assertTrue(text.indexOf('\u001b') < 0);
  }
}
