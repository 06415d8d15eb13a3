package org.skillvoucher.gateway.roster;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.skillvoucher.gateway.http.Problem;
import org.skillvoucher.gateway.http.ProblemException;
import org.skillvoucher.gateway.http.Text;

/**
 * The header of a roster: the first of its first lines that names both the people's names and their
 * numbers. A column is known by its words only, never by what is in it.
 *
 * @param line of the file or sheet
 * @param width columns up to the last one that has a word
 */
record RosterHeader(long line, Map<Column, Integer> columns, int width) {
  /** Lines before the header: a title, a subtitle, the class. */
  private static final int SEARCHED_LINES = 10;

  private static final int SHOWN_CELLS_MAX = 12;
  private static final int SHOWN_CHARACTERS_MAX = 20;

  /** Decoration of a header's words. */
  private static final Pattern DECORATION = Pattern.compile("[*:_\"'“”‘’\\p{Cf}]");

  private static final Pattern SEPARATORS = Pattern.compile("[\\s/()\\[\\]【】|、]+");

  /** Remarks to people who fill a form in. */
  private static final Pattern REMARK =
      Pattern.compile("必填项?|必录|选填|可选|\\d+位|文本|文本格式|证件上的|与证件一致|与身份证一致|required|optional");

  /** A number that may be a person's is not shown. */
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9０-９]{6}");

  enum Column {
    NAME(
        "姓名 学员姓名 学生姓名 人员姓名 真实姓名 员工姓名 职工姓名 参训人员姓名 培训人员姓名 培训学员姓名 参培人员姓名"
            + " 申请人姓名 持卡人姓名 劳动者姓名 名字 学员名字 name fullname studentname traineename aac003"),
    NUMBER(
        "社会保障号码 社会保障号 社保号码 社保号 公民身份号码 公民身份证号码 公民身份证号 公民身份证 身份证号码 身份证号 身份证"
            + " 身份证件号码 身份证件号 居民身份证号码 居民身份证号 居民身份证 身份号码 身份证编号 证件号码 证件号 证件编号"
            + " 有效证件号码 有效证件号 有效身份证件号码 有效身份证件号 学员身份证号码 学员身份证号 学员身份证 学员证件号码"
            + " 学生身份证号码 学生身份证号 本人身份证号码 本人身份证号 员工身份证号 number idnumber idno idcard idcardno"
            + " idcardnumber aac002 aac147"),
    ID_TYPE(
        "证件类型 身份证件类型 身份证类型 证件种类 证件类别 有效证件类型 学员证件类型 idtype documenttype certificatetype"
            + " aac058");

    private final String words;

    Column(String words) {
      this.words = words;
    }

    private List<String> words() {
      return List.of(words.split(" "));
    }
  }

  private static final Map<String, Column> WORDS = words();

  private static Map<String, Column> words() {
    Map<String, Column> words = new LinkedHashMap<>();
    for (Column column : Column.values()) {
      column.words().forEach(word -> words.put(word, column));
    }
    return words;
  }

  /** Whether the first lines have a header. */
  static boolean isIn(List<RosterRecord> lines) {
    return lines.stream().limit(SEARCHED_LINES).anyMatch(line -> hasBoth(columns(line)));
  }

  /**
   * The header; empty when the first lines have none.
   *
   * @throws ProblemException when a column is named twice, so that which one is meant is unknown
   */
  static Optional<RosterHeader> find(List<RosterRecord> lines) {
    Optional<RosterRecord> header =
        lines.stream().limit(SEARCHED_LINES).filter(line -> hasBoth(columns(line))).findFirst();
    return header.map(RosterHeader::of);
  }

  private static RosterHeader of(RosterRecord line) {
    Map<Column, Integer> places = new EnumMap<>(Column.class);
    columns(line)
        .forEach(
            (column, all) -> {
              if (all.size() > 1) {
                throw twice(line, all);
              }
              places.put(column, all.getFirst());
            });
    return new RosterHeader(line.number(), places, line.width());
  }

  private static boolean hasBoth(Map<Column, List<Integer>> columns) {
    return columns.containsKey(Column.NAME) && columns.containsKey(Column.NUMBER);
  }

  private static Map<Column, List<Integer>> columns(RosterRecord line) {
    Map<Column, List<Integer>> columns = new EnumMap<>(Column.class);
    for (int place = 0; place < line.width(); place++) {
      int at = place;
      columnOf(line.text(place))
          .ifPresent(column -> columns.computeIfAbsent(column, c -> new ArrayList<>()).add(at));
    }
    return columns;
  }

  /** A header may be in two languages, as in exported sheets: 姓名 name. */
  static Optional<Column> columnOf(String cell) {
    if (cell.length() > SHOWN_CHARACTERS_MAX * 4) {
      return Optional.empty();
    }
    String plain =
        DECORATION
            .matcher(Normalizer.normalize(cell, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT))
            .replaceAll("");
    List<String> words =
        SEPARATORS
            .splitAsStream(plain)
            .filter(word -> !word.isEmpty() && !REMARK.matcher(word).matches())
            .toList();
    Column whole = WORDS.get(String.join("", words));
    if (whole != null) {
      return Optional.of(whole);
    }
    Set<Optional<Column>> each = new HashSet<>();
    words.forEach(word -> each.add(Optional.ofNullable(WORDS.get(word))));
    return each.size() == 1 ? each.iterator().next() : Optional.empty();
  }

  Optional<Integer> place(Column column) {
    return Optional.ofNullable(columns.get(column));
  }

  /** The text in a line under a column; empty where there is no such column. */
  String text(RosterRecord line, Column column) {
    return place(column).map(line::text).orElse("");
  }

  private static ProblemException twice(RosterRecord line, List<Integer> places) {
    String cells =
        String.join(", ", places.stream().map(place -> shown(line.text(place))).toList());
    Text detail =
        new Text(
            "must name each column once; these mean the same: " + cells,
            "表头中每一列应只出现一次，以下各列含义相同：" + cells);
    return new ProblemException(
        Problem.invalid(Problem.Fault.at("", detail)).with("line", line.number()));
  }

  /**
   * No table has a header: what its first lines have instead, without lines of people.
   *
   * @param tables not empty
   */
  static ProblemException missing(List<RosterTable> tables) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (RosterTable table : tables) {
      found.addAll(firstLines(table));
    }
    Text detail =
        new Text(
            "must name the columns 姓名 and 社会保障号码, or name and number, each once, within the"
                + " first "
                + SEARCHED_LINES
                + " lines. Found: "
                + inWords(found),
            "前 "
                + SEARCHED_LINES
                + " 行内应有表头，各含一列“姓名”和“社会保障号码”（或 name 和 number）。读到的是："
                + inWords(found));
    Map<String, Object> accepted = new LinkedHashMap<>();
    accepted.put("name", Column.NAME.words());
    accepted.put("number", Column.NUMBER.words());
    accepted.put("idType", Column.ID_TYPE.words());
    return new ProblemException(
        Problem.invalid(Problem.Fault.at("", detail))
            .with("line", 1L)
            .with("found", found)
            .with("acceptedHeaders", accepted));
  }

  private static List<Map<String, Object>> firstLines(RosterTable table) {
    List<Map<String, Object>> found = new ArrayList<>();
    for (RosterRecord line : table.lines().stream().limit(SEARCHED_LINES).toList()) {
      List<String> cells = new ArrayList<>();
      for (int place = 0; place < Math.min(line.width(), SHOWN_CELLS_MAX); place++) {
        cells.add(line.text(place).strip());
      }
      if (cells.stream().anyMatch(cell -> LONG_NUMBER.matcher(cell).find())) {
        return found; // from here on it is people
      }
      Map<String, Object> shown = new LinkedHashMap<>();
      if (!table.name().isEmpty()) {
        shown.put("sheet", table.name());
      }
      shown.put("line", line.number());
      shown.put("cells", cells.stream().map(RosterHeader::shown).toList());
      found.add(shown);
    }
    return found;
  }

  private static String shown(String cell) {
    String text = cell.replaceAll("\\s+", " ");
    return text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS_MAX
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS_MAX)) + "…";
  }

  private static String inWords(List<Map<String, Object>> found) {
    return found.isEmpty()
        ? "—"
        : String.join(
            "; ", found.stream().map(line -> line.get("line") + ": " + line.get("cells")).toList());
  }
}
