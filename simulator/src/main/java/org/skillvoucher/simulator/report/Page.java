package org.skillvoucher.simulator.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skillvoucher.simulator.screen.Screen;

/**
 * The result as one self-contained HTML file (测试报告). Fills the template {@code page.html} with the
 * style sheet, the chart library uPlot, the script {@code page.js} and the data, which the script
 * renders. The file opens from disk without a network.
 */
public final class Page {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-z-]+)}}");
  private static final String CHART_LIBRARY = "/META-INF/resources/webjars/uplot/";
  private static final String CHART_LIBRARY_VERSION =
      "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private Page() {}

  public static void write(Measured measured, Path file) throws IOException {
    Files.writeString(file, html(measured));
  }

  static String html(Measured measured) {
    Map<String, String> values =
        Map.of(
            "title", escaped(measured.run().scenario() + ": " + Headline.of(measured).english()),
            "chart-style", chartLibrary("uPlot.min.css"),
            "chart-script", chartLibrary("uPlot.iife.min.js"),
            "page-style", resource("page.css"),
            "page-script", resource("page.js"),
            "data", scriptData(PageData.of(measured)),
            "summary", escaped(summary(measured)));
    return fill(resource("page.html"), values);
  }

  /**
   * Replaces each placeholder once; braces in the values are not placeholders.
   *
   * @throws NullPointerException when the template has an unknown placeholder
   */
  static String fill(String template, Map<String, String> values) {
    return PLACEHOLDER.matcher(template).replaceAll(match -> quoted(match, values));
  }

  private static String quoted(MatchResult placeholder, Map<String, String> values) {
    String name = placeholder.group(1);
    return Matcher.quoteReplacement(Objects.requireNonNull(values.get(name), name));
  }

  /** Text as content of an HTML element. */
  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /**
   * JSON as content of a script element, which ends at {@code </script} wherever that occurs and
   * knows no HTML escapes. In JSON these characters occur in strings only, where they may be
   * written as Unicode escapes.
   */
  static String scriptData(ObjectNode json) {
    return json.toString().replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e");
  }

  /** The text for the terminal: it is shown where scripts are disabled. */
  private static String summary(Measured measured) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Summary.show(measured, Screen.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8)));
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static String chartLibrary(String file) {
    Properties webjar = new Properties();
    try {
      webjar.load(new StringReader(resource(CHART_LIBRARY_VERSION)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return resource(CHART_LIBRARY + webjar.getProperty("version") + "/dist/" + file);
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
