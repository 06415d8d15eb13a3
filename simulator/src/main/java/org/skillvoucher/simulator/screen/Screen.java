package org.skillvoucher.simulator.screen;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;

/** The console output of a run. Colours only on a terminal, and not where NO_COLOR is set. */
public final class Screen {
  private static final int WHAT_COLUMNS = 66;

  private final PrintStream out;
  private final boolean coloured;

  private Screen(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  public static Screen of(PrintStream out) {
    String noColor = System.getenv("NO_COLOR");
    return new Screen(out, isTerminal() && (noColor == null || noColor.isEmpty()));
  }

  public static Screen plain(PrintStream out) {
    return new Screen(out, false);
  }

  @SuppressWarnings("SystemConsoleNull") // from JDK 25 on it is null again without a terminal
  public static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
  }

  public void title(String text) {
    out.println(coloured("1", text));
  }

  public void chapter(String text) {
    out.println();
    out.println(coloured("1;36", text));
  }

  public void line(String text) {
    out.println(text.isEmpty() ? "" : "  " + text);
  }

  public void lines(List<String> lines) {
    lines.forEach(this::line);
  }

  public void held(String what, String value) {
    out.println(
        "  "
            + coloured("32", "✓")
            + " "
            + TextWidth.padded(what, WHAT_COLUMNS)
            + " "
            + value.stripTrailing());
  }

  /** Neither held nor failed: there was nothing to check. */
  public void open(String what, String value) {
    out.println(
        "  "
            + coloured("90", "– " + TextWidth.padded(what, WHAT_COLUMNS) + " " + value)
                .stripTrailing());
  }

  public void failed(String what, String expected, String actual) {
    out.println("  " + coloured("1;31", "✗ " + what));
    out.println("      expected: " + expected);
    out.println("      actual:   " + actual);
  }

  private String coloured(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
