package org.skillvoucher.simulator.load;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.skillvoucher.simulator.report.Measured.Second;

/**
 * Shows the progress of a load: on a terminal one line that is overwritten every second, elsewhere
 * one line every ten seconds.
 */
final class LiveProgress {
  private static final int PERIOD_SECONDS = 10;
  private static final int COLUMNS = 110;

  private final PrintStream out;
  private final boolean terminal;
  private final long startedNanos = System.nanoTime();

  /** Counts since the start of the run: those of one second would be overwritten unread. */
  private final Map<String, Long> errors = new TreeMap<>();

  LiveProgress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Prints a line that is not overwritten. */
  void note(String text) {
    out.println(
        (terminal ? "\r\u001b[K" : "")
            + String.format(
                Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - startedNanos) / 1e9, text));
  }

  void show(Second second) {
    second.errors().forEach((code, times) -> errors.merge(code, times, Long::sum));
    if (terminal) {
      String line = text(second);
      out.print("\r\u001b[K" + line.substring(0, Math.min(COLUMNS, line.length())));
      out.flush();
    } else if ((second.at() + 1) % PERIOD_SECONDS == 0) {
      note(text(second));
    }
  }

  /** Erases the line that is overwritten. */
  void clear() {
    if (terminal) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }

  private String text(Second second) {
    return String.format(
        Locale.ROOT,
        "%4d s  due %,d/s  accepted %,d/s  p50 %,.0f ms  p99 %,.0f ms  waiting %,d  %s",
        second.at() + 1,
        second.planned(),
        second.accepted(),
        second.latencies().millisAt(50),
        second.latencies().millisAt(99),
        second.backlog(),
        errors.isEmpty() ? "" : errors);
  }
}
