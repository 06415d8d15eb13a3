package org.skillvoucher.gateway.http;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.domain.identity.Parsed;
import org.skillvoucher.gateway.security.People;

/** A roster file (学员名册), each of its rows with a verdict of its own. */
final class RosterFile {
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

  private RosterFile() {}

  private enum Column {
    NAME,
    NUMBER,
    ID_TYPE
  }

  /**
   * One row.
   *
   * @param line of the file, on which the row begins
   * @param normalised whether a cell had to be put right to be read
   */
  record Row(long line, boolean normalised, Parsed<People.Identity> person) {}

  /**
   * Reads the rows.
   *
   * @throws Refused when the file as a whole cannot be taken: its header, its quotes, its length
   */
  static List<Row> read(String text, int rowsMax, LocalDate today) {
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(text)) {
      Iterator<CsvRecord> records = csv.iterator();
      if (!records.hasNext()) {
        throw badHeader(1);
      }
      CsvRecord header = records.next();
      Map<Column, Integer> columns = columns(header);
      List<Row> rows = new ArrayList<>();
      while (records.hasNext()) {
        CsvRecord record = records.next();
        if (record.getFields().stream().allMatch(String::isBlank)) {
          continue;
        }
        if (rows.size() == rowsMax) {
          throw new Refused(tooManyRows(rowsMax));
        }
        rows.add(
            record.getFieldCount() == header.getFieldCount()
                ? row(record, columns, today)
                : new Row(
                    record.getStartingLineNumber(),
                    false,
                    Parsed.invalid("row_malformed", "the row has other columns than the header")));
      }
      return withoutDoubles(rows);
    } catch (CsvParseException e) {
      throw new Refused(unreadableQuotes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<Column, Integer> columns(CsvRecord header) {
    Map<Column, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.getFieldCount(); i++) {
      Column column = COLUMNS.get(header.getField(i).strip().toLowerCase(Locale.ROOT));
      if (column != null && columns.put(column, i) != null) {
        throw badHeader(header.getStartingLineNumber());
      }
    }
    if (!columns.containsKey(Column.NAME) || !columns.containsKey(Column.NUMBER)) {
      throw badHeader(header.getStartingLineNumber());
    }
    return columns;
  }

  private static Row row(CsvRecord record, Map<Column, Integer> columns, LocalDate today) {
    String name = cell(record, columns, Column.NAME);
    String number = cell(record, columns, Column.NUMBER);
    String typeWord = cell(record, columns, Column.ID_TYPE).strip().toLowerCase(Locale.ROOT);
    IdType type = ID_TYPES.get(typeWord);
    if (type == null) {
      return new Row(
          record.getStartingLineNumber(),
          false,
          Parsed.invalid("id_type", "the id type is citizen_id or other"));
    }
    Parsed<People.Identity> person = Persons.check(new Persons.Written(type, number, name), today);
    boolean normalised =
        person instanceof Parsed.Valid<People.Identity>(var identity)
            && !(identity.name().equals(name) && identity.number().equals(number));
    return new Row(record.getStartingLineNumber(), normalised, person);
  }

  private static String cell(CsvRecord record, Map<Column, Integer> columns, Column column) {
    Integer place = columns.get(column);
    return place == null ? "" : record.getField(place);
  }

  /**
   * Refuses rows whose number stands on an earlier line. Where the names differ nobody can tell
   * whose number it is, and then the earlier row is refused too.
   */
  private static List<Row> withoutDoubles(List<Row> rows) {
    Map<Persons.IdNumber, List<Row>> byNumber = new HashMap<>();
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

  private static Optional<Persons.IdNumber> numberOf(Row row) {
    return row.person()
        .toOptional()
        .map(identity -> new Persons.IdNumber(identity.type(), identity.number()));
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
  static Text textOf(String code, String reason) {
    return code.equals("row_doubled")
        ? Reasons.doubled("on line " + reason, "第 " + reason + " 行")
        : Reasons.of(code, reason);
  }

  private static Refused badHeader(long line) {
    Text needed =
        new Text(
            "must name the columns 姓名 and 社会保障号码, or name and number, each once",
            "表头应各含一列“姓名”和“社会保障号码”（或 name 和 number）");
    return new Refused(Problem.invalid(Problem.Fault.at("", needed)).with("line", line));
  }

  private static Problem tooManyRows(int rowsMax) {
    return Problem.of(
            Code.TOO_LARGE,
            "A roster file may have " + rowsMax + " rows.",
            "名册文件最多 " + rowsMax + " 行。")
        .with("rowsMax", rowsMax);
  }

  private static Problem unreadableQuotes() {
    return Problem.of(
        Code.ROSTER_UNDECODABLE,
        "A quoted cell does not end where it should, so that the rows cannot be told apart.",
        "带引号的单元格没有正确结束，无法区分各行。");
  }
}
