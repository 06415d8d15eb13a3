package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/** Runs {@code page.js} without a browser: it parses, and formats numbers as Java does. */
final class PageScriptTest {
  private final Context context = Context.enter();
  private final ScriptableObject global = context.initStandardObjects();

  @BeforeEach
  void setUp() throws IOException {
    context.setLanguageVersion(Context.VERSION_ECMASCRIPT);
    context.setInterpretedMode(true);
    // Everything but the last statement, which renders the page.
    context.evaluateString(global, script().replaceFirst("\nshow\\(.*\n$", ""), "page.js", 1, null);
  }

  @AfterEach
  void close() {
    context.close();
  }

  private static String script() throws IOException {
    try (InputStream in = Page.class.getResourceAsStream("page.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String evaluate(String expression) {
    return Context.toString(context.evaluateString(global, expression, "test", 1, null));
  }

  @Test
  void theScriptHasAtMostFourHundredLines() throws IOException {
    assertTrue(script().lines().count() <= 400);
    assertTrue(script().endsWith("show(JSON.parse(byId(\"data\").textContent));\n"));
  }

  @Test
  void pageAndTerminalFormatNumbersAlike() {
    double[] numbers = {
      0,
      0.004,
      0.0123,
      0.5,
      1,
      9.994,
      9.996,
      12.34,
      99.94,
      100,
      999.4,
      1_023.6,
      1_500,
      59_999,
      60_000,
      754_321,
      3_599_400,
      5_000_123,
      1_234_567_890
    };
    for (Dimension dimension : Dimension.values()) {
      for (double number : numbers) {
        assertEquals(
            dimension.format(number),
            evaluate("format('%s', %s)".formatted(dimension.name(), number)),
            () -> dimension.name() + " " + number);
      }
    }
  }

  @Test
  void stackedBarsStartWithTheSumOfAll() {
    assertEquals(
        "[[6,60],[5,50],[3,30]]",
        evaluate("JSON.stringify(stack([[1,10],[2,20],[3,30]].map(values => ({ values }))))"));
  }

  @Test
  void aSeriesOfSingleSamplesIsSparse() {
    assertEquals("true", evaluate("isSparse([1, null, null, null, null])"));
    assertEquals("false", evaluate("isSparse([1, 2, null, null, 3])"));
  }
}
