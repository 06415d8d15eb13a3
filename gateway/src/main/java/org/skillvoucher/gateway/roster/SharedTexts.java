package org.skillvoucher.gateway.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The texts of a workbook that its cells refer to by their place, and texts in general. */
final class SharedTexts {
  /** The format's escape of a character that XML cannot hold, for example {@code _x000D_}. */
  private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private static final int TEXTS_MAX = 200_000;

  private SharedTexts() {}

  static List<String> read(XMLStreamReader xml) throws XMLStreamException {
    List<String> texts = new ArrayList<>();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD || texts.size() > TEXTS_MAX) {
        throw new XMLStreamException("a document type, or more texts than a roster has");
      }
      if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("si")) {
        ReadingDeadline.check();
        texts.add(unescaped(text(xml)));
      }
    }
    return texts;
  }

  /** The text of an element up to its end: all its runs, without phonetic guides. */
  static String text(XMLStreamReader xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    int depth = 1;
    int guides = 0;
    while (depth > 0) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (xml.getLocalName().equals("t")) {
          text.append(guides == 0 ? xml.getElementText() : "");
        }
        if (xml.isStartElement()) {
          depth++;
          guides += xml.getLocalName().equals("rPh") ? 1 : 0;
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        guides -= xml.getLocalName().equals("rPh") ? 1 : 0;
      }
    }
    return text.toString();
  }

  static String unescaped(String text) {
    return ESCAPED.matcher(text).replaceAll(SharedTexts::character);
  }

  private static String character(MatchResult escaped) {
    return Matcher.quoteReplacement(
        Character.toString((char) Integer.parseInt(escaped.group(1), 16)));
  }
}
