package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Fault;
import org.skillvoucher.simulator.report.Measured.Run;
import org.skillvoucher.simulator.report.Measured.Work;

final class PageTest {
  private static final String HOSTILE = "</script><b>'\"<!-- & {{data}} $1 \\ \u2028 培训 𠮷";

  private static final Map<String, Measured> RUNS =
      Map.of(
          "good", SyntheticRuns.goodDay(),
          "missed", SyntheticRuns.morningPeak(),
          "broken", SyntheticRuns.lossy(),
          "ramp", SyntheticRuns.ramp(),
          "hostile", hostile(),
          "nothing", Runs.of(Work.none()));

  /** A result in which every text is hostile. */
  private static Measured hostile() {
    Measured plain = SyntheticRuns.goodDay();
    Work work = new Work(1, 1, 1, 1, 0, 0, 0, 0, plain.scans().latencies(), Map.of(HOSTILE, 7L));
    return new Measured(
        new Run(
            HOSTILE,
            1,
            HOSTILE,
            Runs.START,
            60,
            0,
            1,
            plain.run().machines(),
            Map.of(HOSTILE, HOSTILE)),
        work,
        plain.batches(),
        plain.seconds(),
        plain.usage(),
        List.of(new Fault(HOSTILE, 10, 0, 100)),
        List.of(),
        plain.thresholds(),
        List.of(new Check(HOSTILE, HOSTILE, 3, 1, List.of(HOSTILE))));
  }

  /** All pages are left in target/pages, to be looked at in a browser. */
  private static Map<String, String> pages() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pages"));
    Map<String, String> pages = new LinkedHashMap<>();
    for (var run : RUNS.entrySet()) {
      Path file = folder.resolve(run.getKey() + ".html");
      Page.write(run.getValue(), file);
      pages.put(run.getKey(), Files.readString(file));
    }
    return pages;
  }

  private static String html(Measured measured) {
    return Page.html(measured);
  }

  /** The data as a browser finds it: up to the first end of a script, without HTML escapes. */
  private static JsonNode data(String html) throws IOException {
    String start = "<script type=\"application/json\" id=\"data\">";
    int from = html.indexOf(start) + start.length();
    return new JsonMapper().readTree(html.substring(from, html.indexOf("</script", from)));
  }

  private static int count(String text, String what) {
    return text.split(Pattern.quote(what), -1).length - 1;
  }

  @Test
  void everyPageHoldsTheDataOfItsRun() throws IOException {
    for (var page : pages().entrySet()) {
      Measured measured = RUNS.getOrDefault(page.getKey(), hostile());
      JsonNode expected = new JsonMapper().readTree(PageData.of(measured).toString());
      assertTrue(expected.equals(data(page.getValue())), page.getKey());
    }
  }

  @Test
  void noTextOfARunIsTakenForMarkup() throws IOException {
    String html = html(hostile());
    assertEquals(HOSTILE, data(html).at("/run/scenario").asText());
    assertEquals(HOSTILE, data(html).at("/faults/0/what").asText());
    assertEquals(HOSTILE, data(html).at("/checks/0/examples/0").asText());
    String plain = html(SyntheticRuns.goodDay());
    for (String markup : List.of("</script", "<script", "<b>", "<!--")) {
      assertEquals(count(plain, markup), count(html, markup), markup);
    }
    assertTrue(
        html.contains("<title>&lt;/script&gt;&lt;b&gt;'\"&lt;!-- &amp; {{data}} $1 \\ \u2028"));
  }

  @Test
  void aValueIsNotTakenForAPlaceholder() {
    Map<String, String> values = Map.of("a", "{{b}} $0 \\", "b", "B");
    assertEquals("<{{b}} $0 \\|B>", Page.fill("<{{a}}|{{b}}>", values));
    assertThrows(NullPointerException.class, () -> Page.fill("{{c}}", values));
  }

  /** A script may hold neither the end of its element nor what begins a comment in it. */
  @Test
  void scriptsAndStylesEndWhereTheirElementsEnd() {
    String html = html(Runs.of(Work.none()));
    assertEquals(3, count(html, "<script"));
    assertEquals(3, count(html, "</script>"));
    assertEquals(2, count(html, "<style>"));
    assertEquals(2, count(html, "</style>"));
    assertEquals(0, count(html, "<!--"));
  }

  @Test
  void thePageLoadsNothing() {
    String html = html(SyntheticRuns.morningPeak());
    assertTrue(html.contains("content=\"default-src 'none';"));
    for (String reference :
        List.of(" src=", " href=", "url(", "@import", "<link", "<img", "fetch(")) {
      assertFalse(html.contains(reference), reference);
    }
    // The only address is in the licence notice of the chart library.
    List<String> addresses =
        Pattern.compile("https?://[^ ]+")
            .matcher(html)
            .results()
            .map(match -> match.group())
            .toList();
    assertEquals(List.of("https://github.com/leeoniya/uPlot"), addresses);
  }

  @Test
  void withoutScriptsThePageShowsTheSummary() {
    String html = html(SyntheticRuns.morningPeak());
    String text = html.substring(html.indexOf("<noscript>"), html.indexOf("</noscript>"));
    assertTrue(text.contains("Threshold missed 未达标"), text);
    assertTrue(text.contains("expected: p(99) &lt; 500 ms"), text);
    assertTrue(text.contains("✓ C4"), text);
  }

  @Test
  void thePageOfALongRunIsSmall() {
    int length = html(SyntheticRuns.lossy()).length();
    assertTrue(length < 150_000, () -> length + " characters");
  }

  /** WCAG 2: 4.5 for text, 3 for lines, in light and dark; paper is light. */
  @Test
  void textAndLinesHaveEnoughContrast() throws Exception {
    String style = html(Runs.of(Work.none()));
    List<Map<String, String>> schemes = new ArrayList<>();
    for (String root : style.split(":root[^{]*\\{", -1)) {
      Map<String, String> colours = new LinkedHashMap<>();
      Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6});")
          .matcher(root.substring(0, Math.max(0, root.indexOf('}'))))
          .results()
          .forEach(match -> colours.put(match.group(1), match.group(2)));
      if (!colours.isEmpty()) {
        schemes.add(colours);
      }
    }
    assertEquals(2, schemes.size());
    for (Map<String, String> scheme : schemes) {
      for (String ground : List.of("paper", "card", "good-tint", "poor-tint", "void-tint")) {
        for (String text : List.of("ink", "soft")) {
          assertContrast(4.5, scheme, text, ground);
        }
      }
      for (String text : List.of("poor", "void")) {
        assertContrast(4.5, scheme, text, "card");
      }
      for (String lines : List.of("s1", "s2", "s3", "s4", "s5", "s6", "good")) {
        assertContrast(3, scheme, lines, "card");
      }
    }
  }

  private static void assertContrast(
      double least, Map<String, String> scheme, String one, String other) {
    double first = luminance(scheme.getOrDefault(one, ""));
    double second = luminance(scheme.getOrDefault(other, ""));
    double contrast = (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    assertTrue(contrast >= least, one + " on " + other + " has " + contrast);
  }

  private static double luminance(String colour) {
    double sum = 0;
    double[] weights = {0.2126, 0.7152, 0.0722};
    for (int i = 0; i < 3; i++) {
      double part = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
      sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
