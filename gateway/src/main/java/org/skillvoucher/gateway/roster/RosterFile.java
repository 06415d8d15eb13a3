package org.skillvoucher.gateway.roster;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.gateway.http.Code;
import org.skillvoucher.gateway.http.FaultTexts;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Text;
import org.skillvoucher.gateway.person.People;
import org.skillvoucher.gateway.person.PersonInput;

/** Checks a roster file (学员名册); each row is valid or refused by itself. */
public final class RosterFile {
  private static final Map<String, RosterColumn> COLUMNS =
      Map.ofEntries(
          Map.entry("姓名", RosterColumn.NAME),
          Map.entry("name", RosterColumn.NAME),
          Map.entry("社会保障号码", RosterColumn.NUMBER),
          Map.entry("公民身份号码", RosterColumn.NUMBER),
          Map.entry("身份证号码", RosterColumn.NUMBER),
          Map.entry("身份证号", RosterColumn.NUMBER),
          Map.entry("证件号码", RosterColumn.NUMBER),
          Map.entry("number", RosterColumn.NUMBER),
          Map.entry("证件类型", RosterColumn.ID_TYPE),
          Map.entry("idtype", RosterColumn.ID_TYPE));

  private static final Map<String, IdType> ID_TYPES =
      Map.ofEntries(
          Map.entry("", IdType.CITIZEN_ID),
          Map.entry("citizen_id", IdType.CITIZEN_ID),
          Map.entry("居民身份证", IdType.CITIZEN_ID),
          Map.entry("身份证", IdType.CITIZEN_ID),
          Map.entry("other", IdType.OTHER),
          Map.entry("其他", IdType.OTHER),
          Map.entry("港澳台居民居住证", IdType.OTHER),
          Map.entry("外国人永久居留身份证", IdType.OTHER));

  private static final Map<String, String> AMBIGUOUS =
      Map.of(
          "cell_number",
          "the cell is a number or a date, which may have lost digits:"
              + " format the column as text and type it again",
          "cell_formula",
          "the cell is a formula: paste its value as text",
          "cell_other",
          "the cell is a truth value or an error, not a text");

  private RosterFile() {}

  private enum RosterColumn {
    NAME,
    NUMBER,
    ID_TYPE
  }

  /**
   * One row.
   *
   * @param line of the file, on which the row begins, or the number of the sheet's row
   * @param normalised whether name or number differ from the text in the file
   */
  public record CheckedRow(long line, boolean normalised, Parsed<People.Identity> person) {}

  /**
   * Checks the lines.
   *
   * @param lines the header's and then the people's, none of them blank
   * @throws ProblemException when the whole file is refused: for its header or its length
   */
  public static List<CheckedRow> read(List<RosterRecord> lines, int rowsMax, LocalDate today) {
    if (lines.isEmpty()) {
      throw badHeader(1);
    }
    RosterRecord header = lines.getFirst();
    Map<RosterColumn, Integer> columns = columns(header);
    if (lines.size() - 1 > rowsMax) {
      throw new ProblemException(tooManyRows(rowsMax));
    }
    return refuseDuplicates(
        lines.stream()
            .skip(1)
            .map(
                line ->
                    line.cells().size() == header.cells().size()
                        ? row(line, columns, today)
                        : refused(
                            line, "row_malformed", "the row has other columns than the header"))
            .toList());
  }

  /** The header, the rows allowed, and one more that shows that there are too many. */
  public static int linesMax(int rowsMax) {
    return rowsMax + 2;
  }

  private static Map<RosterColumn, Integer> columns(RosterRecord header) {
    Map<RosterColumn, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.cells().size(); i++) {
      for (RosterColumn column : columnsOf(text(header, i))) {
        if (columns.put(column, i) != null) {
          throw badHeader(header.number());
        }
      }
    }
    if (!columns.containsKey(RosterColumn.NAME) || !columns.containsKey(RosterColumn.NUMBER)) {
      throw badHeader(header.number());
    }
    return columns;
  }

  /** None or one; a header may be in two languages, as in exported sheets: 姓名 name. */
  private static Set<RosterColumn> columnsOf(String header) {
    Set<RosterColumn> columns = new HashSet<>();
    for (String word : header.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      RosterColumn column = COLUMNS.get(word);
      if (column == null) {
        return Set.of();
      }
      columns.add(column);
    }
    return columns.size() == 1 ? columns : Set.of();
  }

  private static CheckedRow row(
      RosterRecord line, Map<RosterColumn, Integer> columns, LocalDate today) {
    for (RosterColumn column : RosterColumn.values()) {
      if (columns.containsKey(column)
          && line.cells().get(columns.get(column))
              instanceof RosterRecord.Cell.Ambiguous(var code)) {
        return refused(line, code, AMBIGUOUS.getOrDefault(code, "not a text"));
      }
    }
    String name = text(line, columns, RosterColumn.NAME);
    String number = text(line, columns, RosterColumn.NUMBER);
    String typeWord = text(line, columns, RosterColumn.ID_TYPE).strip().toLowerCase(Locale.ROOT);
    IdType type = ID_TYPES.get(typeWord);
    if (type == null) {
      return refused(line, "id_type", "the id type is citizen_id or other");
    }
    Parsed<People.Identity> person =
        PersonInput.check(new PersonInput.Written(type, number, name), today);
    boolean normalised =
        person instanceof Parsed.Valid<People.Identity>(var identity)
            && !(identity.name().equals(name) && identity.number().equals(number));
    return new CheckedRow(line.number(), normalised, person);
  }

  private static CheckedRow refused(RosterRecord line, String code, String reason) {
    return new CheckedRow(line.number(), false, Parsed.invalid(code, reason));
  }

  private static String text(
      RosterRecord line, Map<RosterColumn, Integer> columns, RosterColumn column) {
    Integer place = columns.get(column);
    return place == null ? "" : text(line, place);
  }

  private static String text(RosterRecord line, int place) {
    return switch (line.cells().get(place)) {
      case RosterRecord.Cell.TypedText(var text) -> text;
      case RosterRecord.Cell.Ambiguous unfit -> "";
    };
  }

  /**
   * Refuses rows whose number is on an earlier line. Where the names differ it is unknown whose
   * number it is, and the earlier row is refused too.
   */
  private static List<CheckedRow> refuseDuplicates(List<CheckedRow> rows) {
    Map<PersonInput.IdNumber, List<CheckedRow>> byNumber = new HashMap<>();
    for (CheckedRow row : rows) {
      numberOf(row)
          .ifPresent(number -> byNumber.computeIfAbsent(number, n -> new ArrayList<>()).add(row));
    }
    return rows.stream()
        .map(
            row ->
                numberOf(row)
                    .map(byNumber::get)
                    .filter(same -> isDuplicate(row, same))
                    .map(same -> duplicate(row, same.getFirst().line()))
                    .orElse(row))
        .toList();
  }

  private static Optional<PersonInput.IdNumber> numberOf(CheckedRow row) {
    return row.person().toOptional().map(People.Identity::idNumber);
  }

  private static boolean isDuplicate(CheckedRow row, List<CheckedRow> same) {
    boolean oneName = same.stream().map(CheckedRow::person).distinct().count() == 1;
    return !oneName || row.line() != same.getFirst().line();
  }

  private static CheckedRow duplicate(CheckedRow row, long firstLine) {
    return new CheckedRow(
        row.line(), row.normalised(), Parsed.invalid("row_doubled", Long.toString(firstLine)));
  }

  /** The text of a refused row's fault. */
  public static Text textOf(String code, String reason) {
    return code.equals("row_doubled")
        ? FaultTexts.duplicateNumber("on line " + reason, "第 " + reason + " 行")
        : FaultTexts.of(code, reason);
  }

  private static ProblemException badHeader(long line) {
    Text needed =
        new Text(
            "must name the columns 姓名 and 社会保障号码, or name and number, each once",
            "表头应各含一列“姓名”和“社会保障号码”（或 name 和 number）");
    return new ProblemException(Problem.invalid(Problem.Fault.at("", needed)).with("line", line));
  }

  private static Problem tooManyRows(int rowsMax) {
    return Problem.of(
            Code.TOO_LARGE,
            "A roster file may have " + rowsMax + " rows.",
            "名册文件最多 " + rowsMax + " 行。")
        .with("rowsMax", rowsMax);
  }
}
