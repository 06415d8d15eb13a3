package org.skillvoucher.simulator.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.report.Latencies;
import org.skillvoucher.simulator.report.Measured.Second;

final class LiveProgressTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private String shown(boolean terminal, int seconds) {
    LiveProgress line = new LiveProgress(new PrintStream(out, true, UTF_8), terminal);
    for (int at = 0; at < seconds; at++) {
      line.show(
          new Second(
              at, 1_234, 1_230, 1_229, 1_228, 1, 17, Latencies.none(), Map.of("try_again", 1L)));
    }
    line.clear();
    return out.toString(UTF_8);
  }

  @Test
  void onATerminalOneLineIsOverwrittenEverySecondAndErasedAtTheEnd() {
    String shown = shown(true, 3);
    assertFalse(shown.contains("\n"));
    assertEquals(4, shown.split("\r", -1).length - 1);
    assertTrue(shown.contains("accepted 1,228/s"), shown);
    assertTrue(shown.endsWith("\r\u001b[K"));
  }

  @Test
  void elsewhereALineIsPrintedEveryTenSeconds() {
    String shown = shown(false, 25);
    assertEquals(2, shown.lines().count());
    assertFalse(shown.contains("\u001b"));
  }

  @Test
  void errorsOfSecondsThatWereNotPrintedAreCountedToo() {
    List<String> lines = shown(false, 25).lines().toList();
    assertTrue(lines.getFirst().endsWith("{try_again=10}"), lines.getFirst());
    assertTrue(lines.getLast().endsWith("{try_again=20}"), lines.getLast());
  }

  @Test
  void aNoteOnATerminalErasesTheLineThatIsOverwrittenFirst() {
    new LiveProgress(new PrintStream(out, true, UTF_8), true).note("playing");
    assertTrue(out.toString(UTF_8).startsWith("\r\u001b[K"));
    assertTrue(out.toString(UTF_8).matches("(?s).* \\d+\\.\\d s  playing\\R"));
  }

  @Test
  void aLongLineIsCutToTheTerminal() {
    LiveProgress line = new LiveProgress(new PrintStream(out, true, UTF_8), true);
    Map<String, Long> errors = new java.util.TreeMap<>();
    for (int i = 0; i < 20; i++) {
      errors.put("a_rather_long_code_" + i, 1L);
    }
    line.show(new Second(0, 1, 1, 1, 1, 0, 0, Latencies.none(), errors));
    assertEquals("\r\u001b[K".length() + 110, out.toString(UTF_8).length());
  }
}
