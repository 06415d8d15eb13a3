package org.skillvoucher.gateway.roster;

import java.io.ByteArrayInputStream;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Checks one XML part of a spreadsheet file for what would make its reader allocate or loop without
 * bound: the reader makes a list as long as the last column named, collects shared texts up to any
 * index named, and copies formulas.
 */
final class WorkbookPart {
  /** A column has at most three letters. */
  private static final Pattern ADDRESS = Pattern.compile("([A-Z]{1,3})[1-9][0-9]{0,6}");

  private static final Pattern ROW = Pattern.compile("[1-9][0-9]{0,6}");
  private static final Pattern SHARED_TEXT = Pattern.compile("[0-9]{1,9}");
  private static final int SHARED_TEXTS_MAX = 100_000;

  /** The column limit of the format. */
  private static final int CELLS_OF_ROW_MAX = 16_384;

  /** Rows times the widest row. */
  private static final long PLACES_MAX = 50_000_000;

  private static final int ARRAY_FORMULAS_MAX = 100;
  private static final int FORMULA_CHARACTERS_MAX = 2000;

  private final XMLStreamReader xml;
  private long rows;
  private int widest;
  private int cellsOfRow;
  private int arrayFormulas;
  private boolean sharedText;

  private WorkbookPart(XMLStreamReader xml) {
    this.xml = xml;
  }

  /** Over a limit of time or memory. */
  static final class TooManyCells extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Checks a part.
   *
   * @throws XMLStreamException when it is not well-formed, or contains what no program writes
   */
  static void check(byte[] part) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    new WorkbookPart(factory.createXMLStreamReader(new ByteArrayInputStream(part))).check();
  }

  private void check() throws XMLStreamException {
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.DTD -> throw new XMLStreamException("a document type");
        case XMLStreamConstants.START_ELEMENT -> {
          switch (xml.getLocalName()) {
            case "row" -> row();
            case "c" -> cell();
            case "v" -> value();
            case "f" -> formula();
            default -> {}
          }
        }
        default -> {}
      }
    }
  }

  private void row() throws XMLStreamException {
    String number = xml.getAttributeValue(null, "r");
    require(number == null || ROW.matcher(number).matches());
    rows++;
    cellsOfRow = 0;
    bound(rows * widest <= PLACES_MAX);
  }

  private void cell() throws XMLStreamException {
    String address = xml.getAttributeValue(null, "r");
    cellsOfRow = address == null ? cellsOfRow + 1 : Math.max(cellsOfRow + 1, column(address));
    widest = Math.max(widest, cellsOfRow);
    bound(cellsOfRow <= CELLS_OF_ROW_MAX && rows * widest <= PLACES_MAX);
    sharedText = "s".equals(xml.getAttributeValue(null, "t"));
  }

  private static int column(String address) throws XMLStreamException {
    var matcher = ADDRESS.matcher(address);
    require(matcher.matches());
    int column = 0;
    for (char letter : matcher.group(1).toCharArray()) {
      column = column * 26 + letter - 'A' + 1;
    }
    return column;
  }

  private void value() throws XMLStreamException {
    if (sharedText) {
      String place = xml.getElementText();
      require(place.isEmpty() || SHARED_TEXT.matcher(place).matches());
      bound(place.isEmpty() || Integer.parseInt(place) < SHARED_TEXTS_MAX);
      sharedText = false;
    }
  }

  private void formula() throws XMLStreamException {
    arrayFormulas += "array".equals(xml.getAttributeValue(null, "t")) ? 1 : 0;
    bound(arrayFormulas <= ARRAY_FORMULAS_MAX);
    bound(xml.getElementText().length() <= FORMULA_CHARACTERS_MAX);
  }

  private static void require(boolean sound) throws XMLStreamException {
    if (!sound) {
      throw new XMLStreamException("no spreadsheet program writes this");
    }
  }

  private static void bound(boolean within) {
    if (!within) {
      throw new TooManyCells();
    }
  }
}
