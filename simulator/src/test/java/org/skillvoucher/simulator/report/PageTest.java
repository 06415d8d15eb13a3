package org.skillvoucher.simulator.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skillvoucher.simulator.report.Measured.Check;
import org.skillvoucher.simulator.report.Measured.Run;
import org.skillvoucher.simulator.report.Measured.Work;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class PageTest {
  private static final Map<String, Measured> RUNS =
      Map.of(
          "good", MadeUp.goodDay(),
          "missed", MadeUp.morningPeak(),
          "broken", MadeUp.lossy(),
          "ramp", MadeUp.ramp(),
          "nothing", Runs.of(Work.none()));

  /** Left in target/pages for whoever wants to see them. */
  private static Document page(String run) throws Exception {
    Path folder = Files.createDirectories(Path.of("target", "pages"));
    Path file = folder.resolve(run + ".html");
    Page.write(measured(run), file);
    return parsed(Files.readString(file));
  }

  private static Measured measured(String run) {
    Measured measured = RUNS.get(run);
    if (measured == null) {
      throw new AssertionError(run);
    }
    return measured;
  }

  /** The page is HTML that is XML too, so that the JDK's own parser tells whether it is whole. */
  private static Document parsed(String html) throws Exception {
    assertTrue(html.startsWith("<!DOCTYPE html>\n"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static List<Element> elements(Document page, String name) {
    NodeList found = page.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  private static List<Element> ofClass(Document page, String name, String look) {
    return elements(page, name).stream()
        .filter(element -> List.of(element.getAttribute("class").split(" ")).contains(look))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "missed", "broken", "ramp", "nothing"})
  void aPageIsWellFormedAndNeedsNothingElse(String run) throws Exception {
    Document page = page(run);
    for (Element element : elements(page, "*")) {
      for (String attribute : List.of("src", "href", "xlink:href", "srcset", "action")) {
        assertFalse(element.hasAttribute(attribute), element.getTagName() + " " + attribute);
      }
      assertFalse(
          List.of("script", "link", "img", "iframe", "base").contains(element.getTagName()));
    }
    String style = elements(page, "style").getFirst().getTextContent();
    assertFalse(style.contains("url("));
    assertFalse(style.contains("@import"));
  }

  /** A browser takes what stands in a style as it is. */
  @Test
  void theStyleSheetHasNothingToEscape() {
    String html = Page.html(measured("nothing"));
    String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
    assertTrue(style.contains("prefers-color-scheme: dark"));
    assertTrue(style.contains("@media print"));
    assertFalse(style.contains("&"));
  }

  @Test
  void noNameIsTakenForMarkup() throws Exception {
    String name = "<script>alert('1')</script> & \"<b>\" 张𠮷";
    Measured plain = MadeUp.goodDay();
    Run run = plain.run();
    Work work = plain.scans();
    Measured named =
        new Measured(
            new Run(
                name,
                1,
                name,
                run.started(),
                60,
                0,
                1,
                run.machines(),
                Map.of("fact " + name, name)),
            new Work(1, 1, 1, 1, 0, 0, 0, 0, work.delays(), Map.of(name, 7L)),
            plain.batches(),
            plain.seconds(),
            plain.usage(),
            List.of(new Measured.Fault(name, 10, 0, 100)),
            List.of(),
            plain.thresholds(),
            List.of(new Check(name, name, 3, 1, List.of(name))));
    Document page = parsed(Page.html(named));
    assertTrue(elements(page, "script").isEmpty());
    String text = page.getDocumentElement().getTextContent();
    int times = text.split(Pattern.quote(name), -1).length - 1;
    assertTrue(times >= 9, "told " + times + " times");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "good:Good enough 达标",
        "missed:Not good enough 未达标",
        "broken:A promise was broken 承诺未兑现",
        "ramp:Not checked 未核验",
        "nothing:Not checked 未核验"
      })
  void theFirstWordsSayWhetherItIsGoodEnough(String expected) throws Exception {
    String[] words = expected.split(":", 2);
    assertEquals(words[1], elements(page(words[0]), "h1").getFirst().getTextContent());
  }

  @Test
  void aLateSimulatorIsNoVerdictOnTheGateway() {
    Work late = new Work(100, 100, 100, 100, 0, 0, 2, 0, Delays.none(), Map.of());
    Glance glance = Glance.at(Runs.of(late));
    assertEquals("Not a valid measurement", glance.english());
    assertTrue(glance.reasons().getFirst().english().contains("2.00 % of all arrivals late"));
  }

  @Test
  void aTitleWithItsChineseInBracketsIsToldInBoth() {
    assertEquals(new Words("kept once", "不丢不重"), Words.of("kept once (不丢不重)"));
    assertEquals(new Words("kept (so far)", ""), Words.of("kept (so far)"));
  }

  @Test
  void everyReasonIsToldWithWhatWasMeasured() throws Exception {
    Element glance = elements(page("missed"), "header").getFirst();
    String told = glance.getTextContent();
    for (Judgement judgement : measured("missed").judgements()) {
      assertEquals(!judgement.met(), told.contains(judgement.expression()), told);
      assertEquals(!judgement.met(), told.contains("was " + judgement.measured()), told);
    }
    assertTrue(told.contains("All 7 checks found nothing lost"));
  }

  @Test
  void thresholdsAndCheckerComeBeforeThePictures() throws Exception {
    List<String> headings =
        elements(page("missed"), "h2").stream().map(Element::getTextContent).toList();
    assertEquals(
        List.of("Thresholds 阈值", "Checker 核验", "Over time 随时间变化", "Faults made on purpose 故障注入"),
        headings.subList(0, 4));
  }

  @Test
  void everyPictureMarksEveryFault() throws Exception {
    Document page = page("missed");
    int pictures = elements(page, "figure").size();
    assertEquals(8, pictures);
    assertEquals(3 * pictures, ofClass(page, "span", "mark").size());
    assertEquals(3 * pictures, ofClass(page, "line", "fault").size());
  }

  @Test
  void whatWasNotMeasuredHasNoPicture() throws Exception {
    assertEquals(0, elements(page("nothing"), "figure").size());
  }

  /** Each for its own eyes: drawn ones are described, and signs stand beside words. */
  @ParameterizedTest
  @ValueSource(strings = {"good", "missed", "broken", "ramp"})
  void nothingIsToldByThePictureAlone(String run) throws Exception {
    for (Element svg : elements(page(run), "svg")) {
      if (!svg.getAttribute("aria-hidden").equals("true")) {
        assertEquals("img", svg.getAttribute("role"));
        assertTrue(svg.getAttribute("aria-label").matches(".+: .*\\d.*"));
      }
    }
    for (Element row : ofClass(page(run), "li", "miss")) {
      assertTrue(row.getTextContent().matches("(?s)(missed|broken): .*"), row.getTextContent());
    }
  }

  @Test
  void aSecondWithoutAnswersIsAGapAndNotAZero() throws Exception {
    String line = ofClass(page("missed"), "path", "s2").getFirst().getAttribute("d");
    // Before, between and after three outages.
    assertEquals(4, line.chars().filter(letter -> letter == 'M').count());
  }

  @Test
  void aLongRunFitsOnAPage() throws Exception {
    page("broken");
    assertTrue(Files.size(Path.of("target", "pages", "broken.html")) < 400_000);
  }

  /** WCAG 2: 4.5 for words, 3 for lines, in light, dark and print. */
  @Test
  void everythingCanBeReadInEveryScheme() throws Exception {
    String style = elements(page("nothing"), "style").getFirst().getTextContent();
    List<Map<String, String>> schemes = new ArrayList<>();
    for (String root : style.split(":root \\{", -1)) {
      Map<String, String> colours = new LinkedHashMap<>();
      Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6});")
          .matcher(root.substring(0, Math.max(0, root.indexOf('}'))))
          .results()
          .forEach(match -> colours.put(match.group(1), match.group(2)));
      if (!colours.isEmpty()) {
        schemes.add(colours);
      }
    }
    assertEquals(3, schemes.size());
    for (Map<String, String> scheme : schemes) {
      for (String ground : List.of("paper", "card", "good-tint", "poor-tint", "void-tint")) {
        for (String words : List.of("ink", "soft")) {
          assertContrast(4.5, scheme, words, ground);
        }
      }
      for (String words : List.of("poor", "void")) {
        assertContrast(4.5, scheme, words, "card");
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
