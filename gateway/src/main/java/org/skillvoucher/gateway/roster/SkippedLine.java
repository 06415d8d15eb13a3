package org.skillvoucher.gateway.roster;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skillvoucher.domain.identity.PersonNumber;
import org.skillvoucher.gateway.http.Text;

/**
 * A line below the header that is nobody's row, for example a total (合计) or who made the table.
 *
 * @param sheet empty for CSV
 */
public record SkippedLine(String sheet, long line, Reason reason) {
  private static final String COUNT = "[0-9〇零一二三四五六七八九十百两]+";
  private static final Pattern TOTAL =
      Pattern.compile(
          "(合计|总计|小计|共计|累计|总人数|合计人数|人数合计|学员人数|实有人数|total|subtotal|sum)([:：,，]?.{0,20})?"
              + "|(以上|本页|本班|本表|总|合)?共(计|有)?"
              + COUNT
              + "(人|名|位|条|行|个).{0,20}");
  private static final Pattern NOTE =
      Pattern.compile(
          "(制表|填表|填报|编制|审核|复核|审批|经办|负责|联系|校长|班主任|盖章|单位|培训机构|培训学校|主管部门|日期|制表日期|填表日期"
              + "|填报日期|打印日期|打印时间|导出时间|导出日期|备注|说明|填表说明|注|注意)(人|者|员|单位|日期|时间|签字|签名|意见|电话)?"
              + "(\\((签字|签名|盖章|公章)\\))?([:：].{0,200})?"
              + "|(以下)?(空白|无正文)|以下空白|以下无正文|note[:：].{0,200}");
  private static final Pattern SERIAL = Pattern.compile("[0-9]{0,6}");
  private static final Pattern FEW_DIGITS = Pattern.compile("[^0-9]{0,4}[0-9]{0,4}[^0-9]{0,4}");

  /** Why a line is skipped. */
  public enum Reason {
    TOTAL("a line of totals", "合计行"),
    NOTE("a line of remarks, not of a person", "备注或制表信息行"),
    HEADER_REPEATED("the header again", "重复的表头"),
    NOBODY("neither a name nor a number", "无姓名且无证件号码");

    private final String en;
    private final String zh;

    Reason(String en, String zh) {
      this.en = en;
      this.zh = zh;
    }

    public Text text() {
      return new Text(en, zh);
    }
  }

  /** Why a line is nobody's row; empty when it is a person's. */
  static Optional<Reason> reason(RosterRecord line, RosterHeader header) {
    String name = header.text(line, RosterHeader.Column.NAME);
    String number = header.text(line, RosterHeader.Column.NUMBER);
    if (RosterHeader.columnOf(name).equals(Optional.of(RosterHeader.Column.NAME))
        && RosterHeader.columnOf(number).equals(Optional.of(RosterHeader.Column.NUMBER))) {
      return Optional.of(Reason.HEADER_REPEATED);
    }
    if (!isNoPersonsNumber(PersonNumber.charactersOf(number))) {
      return Optional.empty();
    }
    List<String> texts = List.of(firstText(line), plain(name));
    if (texts.stream().anyMatch(text -> TOTAL.matcher(text).matches())) {
      return Optional.of(Reason.TOTAL);
    }
    if (texts.stream().anyMatch(text -> NOTE.matcher(text).matches())) {
      return Optional.of(Reason.NOTE);
    }
    return hasSerialOnly(line) ? Optional.of(Reason.NOBODY) : Optional.empty();
  }

  /** Empty, a count, or the words of a remark that continue in the column of numbers. */
  private static boolean isNoPersonsNumber(String number) {
    return FEW_DIGITS.matcher(number).matches()
        || NOTE.matcher(number).matches()
        || TOTAL.matcher(number).matches();
  }

  private static String firstText(RosterRecord line) {
    for (int place = 0; place < line.width(); place++) {
      if (!RosterRecord.isBlank(line.cell(place))) {
        return plain(line.text(place));
      }
    }
    return "";
  }

  private static String plain(String text) {
    return text.replaceAll("[\\s\\p{Z}\\p{Cf}]+", "").replace('（', '(').replace('）', ')');
  }

  private static boolean hasSerialOnly(RosterRecord line) {
    int filled = 0;
    for (int place = 0; place < line.width(); place++) {
      filled += RosterRecord.isBlank(line.cell(place)) ? 0 : 1;
    }
    return filled == 1 && SERIAL.matcher(firstText(line)).matches();
  }
}
