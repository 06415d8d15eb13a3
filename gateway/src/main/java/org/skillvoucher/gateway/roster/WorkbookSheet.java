package org.skillvoucher.gateway.roster;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.skillvoucher.gateway.http.RosterLimits;

/**
 * Reads one worksheet. Rows are counted as they come, also empty ones, and a row has only as many
 * cells as a roster has columns, so that neither can cost more than its bytes.
 */
final class WorkbookSheet {
  /** A column has at most three letters. */
  private static final Pattern ADDRESS = Pattern.compile("([A-Z]{1,3})[1-9][0-9]{0,6}");

  private static final Pattern ROW = Pattern.compile("[1-9][0-9]{0,6}");
  private static final Pattern SHARED_TEXT = Pattern.compile("[0-9]{1,7}");

  /** A formula that is nothing but a text, with which files keep a number a text. */
  private static final Pattern TEXT_FORMULA = Pattern.compile("\\s*\"[^\"]*\"\\s*");

  /** The column limit of the format. */
  private static final int CELLS_OF_ROW_MAX = 16_384;

  /** A spreadsheet program keeps as many digits of a number. */
  private static final int EXACT_DIGITS_MAX = 15;

  private static final int NUMBER_CHARACTERS_MAX = 40;

  private final XMLStreamReader xml;
  private final List<String> sharedTexts;
  private final RosterLimits limits;
  private final List<RosterRecord> lines = new ArrayList<>();
  private List<RosterRecord.Cell> cells = new ArrayList<>();
  private int rows;
  private long number;
  private int column;

  private WorkbookSheet(XMLStreamReader xml, List<String> sharedTexts, RosterLimits limits) {
    this.xml = xml;
    this.sharedTexts = sharedTexts;
    this.limits = limits;
  }

  /**
   * The rows that are not blank.
   *
   * @throws XMLStreamException when it is not well-formed, or contains what no program writes
   */
  static List<RosterRecord> read(XMLStreamReader xml, List<String> sharedTexts, RosterLimits limits)
      throws XMLStreamException {
    return new WorkbookSheet(xml, sharedTexts, limits).read();
  }

  private List<RosterRecord> read() throws XMLStreamException {
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD) {
        throw new XMLStreamException("a document type");
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "row" -> beginRow();
          case "c" -> cell();
          default -> {}
        }
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals("row")) {
        endRow();
      }
    }
    return lines;
  }

  private void beginRow() throws XMLStreamException {
    ReadingDeadline.check();
    String written = xml.getAttributeValue(null, "r");
    require(written == null || ROW.matcher(written).matches());
    number = written == null ? number + 1 : Math.max(number + 1, Long.parseLong(written));
    rows++;
    if (rows > limits.linesMax()) {
      throw RosterProblems.tooManyLines(limits.linesMax());
    }
    cells = new ArrayList<>();
    column = 0;
  }

  private void endRow() {
    RosterRecord line = new RosterRecord(number, List.copyOf(cells));
    if (!line.isBlank()) {
      lines.add(line);
    }
  }

  private void cell() throws XMLStreamException {
    String address = xml.getAttributeValue(null, "r");
    column = address == null ? column + 1 : Math.max(column + 1, column(address));
    if (column > CELLS_OF_ROW_MAX) {
      throw RosterProblems.tooManyColumns(limits.columnsMax());
    }
    RosterRecord.Cell cell = content(xml.getAttributeValue(null, "t"));
    if (column <= limits.columnsMax()) {
      while (cells.size() < column - 1) {
        cells.add(new RosterRecord.Cell.TypedText(""));
      }
      cells.add(cell);
    } else if (!RosterRecord.isBlank(cell)) {
      throw RosterProblems.tooManyColumns(limits.columnsMax());
    }
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

  /** Reads up to the cell's end. */
  private RosterRecord.Cell content(String type) throws XMLStreamException {
    String value = "";
    String formula = "";
    boolean isFormula = false;
    int depth = 1;
    while (depth > 0) {
      int event = xml.next();
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      } else if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "v" -> value = xml.getElementText();
          case "is" -> value = SharedTexts.text(xml);
          case "f" -> {
            isFormula = true;
            formula = xml.getElementText();
          }
          default -> depth++;
        }
      }
    }
    return isFormula ? ofFormula(formula) : ofValue(type == null ? "n" : type, value);
  }

  private static RosterRecord.Cell ofFormula(String formula) {
    return TEXT_FORMULA.matcher(formula).matches()
        ? new RosterRecord.Cell.TypedText("=" + formula.strip())
        : new RosterRecord.Cell.Ambiguous("cell_formula");
  }

  private RosterRecord.Cell ofValue(String type, String value) throws XMLStreamException {
    return switch (type) {
      case "s" -> new RosterRecord.Cell.TypedText(shared(value));
      case "inlineStr", "str" -> new RosterRecord.Cell.TypedText(SharedTexts.unescaped(value));
      case "n", "d" -> value.isBlank() ? new RosterRecord.Cell.TypedText("") : number(value);
      case "b", "e" -> new RosterRecord.Cell.Ambiguous("cell_other");
      default -> throw new XMLStreamException("a type of cell that no program writes");
    };
  }

  private String shared(String place) throws XMLStreamException {
    if (place.isEmpty()) {
      return "";
    }
    require(SHARED_TEXT.matcher(place).matches() && Integer.parseInt(place) < sharedTexts.size());
    return sharedTexts.get(Integer.parseInt(place));
  }

  private static RosterRecord.Cell number(String value) {
    if (value.length() > NUMBER_CHARACTERS_MAX) {
      return new RosterRecord.Cell.Numeric("");
    }
    try {
      BigDecimal number = new BigDecimal(value.strip());
      boolean exact =
          number.signum() >= 0
              && (long) number.precision() - number.scale() <= EXACT_DIGITS_MAX
              && number.stripTrailingZeros().scale() <= 0;
      return new RosterRecord.Cell.Numeric(exact ? number.toBigInteger().toString() : "");
    } catch (NumberFormatException e) {
      return new RosterRecord.Cell.Ambiguous("cell_other");
    }
  }

  private static void require(boolean sound) throws XMLStreamException {
    if (!sound) {
      throw new XMLStreamException("no spreadsheet program writes this");
    }
  }
}
