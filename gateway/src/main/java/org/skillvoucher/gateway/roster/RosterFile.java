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

/** A roster file (学员名册), each of its rows with a verdict of its own. */
public final class RosterFile {
  private static final Map<String, Column> COLUMNS =
      Map.ofEntries(
          Map.entry("姓名", Column.NAME),
          Map.entry("name", Column.NAME),
          Map.entry("社会保障号码", Column.NUMBER),
          Map.entry("公民身份号码", Column.NUMBER),
          Map.entry("身份证号码", Column.NUMBER),
          Map.entry("身份证号", Column.NUMBER),
          Map.entry("证件号码", Column.NUMBER),
          Map.entry("number", Column.NUMBER),
          Map.entry("证件类型", Column.ID_TYPE),
          Map.entry("idtype", Column.ID_TYPE));

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

  private static final Map<String, String> UNFIT =
      Map.of(
          "cell_number",
          "the cell is a number or a date, which may have lost digits:"
              + " format the column as text and type it again",
          "cell_formula",
          "the cell is a formula: paste its value as text",
          "cell_other",
          "the cell is a truth value or an error, not a text");

  private RosterFile() {}

  private enum Column {
    NAME,
    NUMBER,
    ID_TYPE
  }

  /**
   * One row.
   *
   * @param line of the file, on which the row begins, or the number of the sheet's row
   * @param normalised whether a cell had to be put right to be read
   */
  public record Row(long line, boolean normalised, Parsed<People.Identity> person) {}

  /**
   * Judges the lines.
   *
   * @param lines the header's and then the people's, none of them blank
   * @throws ProblemException when the file as a whole cannot be taken: its header, its length
   */
  public static List<Row> read(List<RosterRecord> lines, int rowsMax, LocalDate today) {
    if (lines.isEmpty()) {
      throw badHeader(1);
    }
    RosterRecord header = lines.getFirst();
    Map<Column, Integer> columns = columns(header);
    if (lines.size() - 1 > rowsMax) {
      throw new ProblemException(tooManyRows(rowsMax));
    }
    return withoutDoubles(
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

  /** So many lines are enough to tell that there are too many. */
  public static int linesMax(int rowsMax) {
    return rowsMax + 2;
  }

  private static Map<Column, Integer> columns(RosterRecord header) {
    Map<Column, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.cells().size(); i++) {
      for (Column column : columnsOf(words(header, i))) {
        if (columns.put(column, i) != null) {
          throw badHeader(header.number());
        }
      }
    }
    if (!columns.containsKey(Column.NAME) || !columns.containsKey(Column.NUMBER)) {
      throw badHeader(header.number());
    }
    return columns;
  }

  /** None or one; a header may say it in two languages, as exported sheets do: 姓名 name. */
  private static Set<Column> columnsOf(String header) {
    Set<Column> columns = new HashSet<>();
    for (String word : header.strip().toLowerCase(Locale.ROOT).split("\\s+", -1)) {
      Column column = COLUMNS.get(word);
      if (column == null) {
        return Set.of();
      }
      columns.add(column);
    }
    return columns.size() == 1 ? columns : Set.of();
  }

  private static Row row(RosterRecord line, Map<Column, Integer> columns, LocalDate today) {
    for (Column column : Column.values()) {
      if (columns.containsKey(column)
          && line.cells().get(columns.get(column)) instanceof RosterRecord.Cell.Unfit(var code)) {
        return refused(line, code, UNFIT.getOrDefault(code, "not a text"));
      }
    }
    String name = words(line, columns, Column.NAME);
    String number = words(line, columns, Column.NUMBER);
    String typeWord = words(line, columns, Column.ID_TYPE).strip().toLowerCase(Locale.ROOT);
    IdType type = ID_TYPES.get(typeWord);
    if (type == null) {
      return refused(line, "id_type", "the id type is citizen_id or other");
    }
    Parsed<People.Identity> person =
        PersonInput.check(new PersonInput.Written(type, number, name), today);
    boolean normalised =
        person instanceof Parsed.Valid<People.Identity>(var identity)
            && !(identity.name().equals(name) && identity.number().equals(number));
    return new Row(line.number(), normalised, person);
  }

  private static Row refused(RosterRecord line, String code, String reason) {
    return new Row(line.number(), false, Parsed.invalid(code, reason));
  }

  private static String words(RosterRecord line, Map<Column, Integer> columns, Column column) {
    Integer place = columns.get(column);
    return place == null ? "" : words(line, place);
  }

  private static String words(RosterRecord line, int place) {
    return switch (line.cells().get(place)) {
      case RosterRecord.Cell.Words(var text) -> text;
      case RosterRecord.Cell.Unfit unfit -> "";
    };
  }

  /**
   * Refuses rows whose number stands on an earlier line. Where the names differ nobody can tell
   * whose number it is, and then the earlier row is refused too.
   */
  private static List<Row> withoutDoubles(List<Row> rows) {
    Map<PersonInput.IdNumber, List<Row>> byNumber = new HashMap<>();
    for (Row row : rows) {
      numberOf(row)
          .ifPresent(number -> byNumber.computeIfAbsent(number, n -> new ArrayList<>()).add(row));
    }
    return rows.stream()
        .map(
            row ->
                numberOf(row)
                    .map(byNumber::get)
                    .filter(same -> isDoubled(row, same))
                    .map(same -> doubled(row, same.getFirst().line()))
                    .orElse(row))
        .toList();
  }

  private static Optional<PersonInput.IdNumber> numberOf(Row row) {
    return row.person().toOptional().map(People.Identity::idNumber);
  }

  private static boolean isDoubled(Row row, List<Row> same) {
    boolean oneName = same.stream().map(Row::person).distinct().count() == 1;
    return !oneName || row.line() != same.getFirst().line();
  }

  private static Row doubled(Row row, long firstLine) {
    return new Row(
        row.line(), row.normalised(), Parsed.invalid("row_doubled", Long.toString(firstLine)));
  }

  /** What a refused row's fault is, in words. */
  public static Text textOf(String code, String reason) {
    return code.equals("row_doubled")
        ? FaultTexts.doubled("on line " + reason, "第 " + reason + " 行")
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
