package org.skillvoucher.gateway.roster;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.skillvoucher.domain.identity.IdType;
import org.skillvoucher.gateway.http.Text;

/**
 * What rosters write as the type of a number (证件类型): the documents' names, short and long, and the
 * codes of human resources departments (aac058), of which only 01 and 90 fix the type. Other code
 * lists agree on 01 and give the others to other documents, and the form of a number shows whether
 * it is a residence permit or a foreign permanent resident.
 */
final class IdTypeWords {
  private static final int SHOWN_CHARACTERS_MAX = 20;
  private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{6}");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cf}\"'“”*:]+");
  private static final Pattern CODE_BEFORE_WORD = Pattern.compile("^[0-9]{1,3}[-.、_]?(?=[^0-9])");
  private static final Pattern REMARK = Pattern.compile("\\((户口簿|户口本|含户口簿|必填)\\)|/户口簿");
  private static final Pattern PEOPLES_REPUBLIC = Pattern.compile("^中华人民共和国");

  private static final String CITIZEN_ID =
      "居民身份证 身份证 居民身份证号 居民身份证号码 身份证号 身份证号码 居民身份证件 身份证件 公民身份证 公民身份号码 公民身份证号码"
          + " 二代身份证 第二代身份证 二代居民身份证 第二代居民身份证 二代证 一代身份证 第一代身份证 第一代居民身份证 临时身份证"
          + " 临时居民身份证 居民临时身份证 大陆居民身份证 内地居民身份证 户口簿 户口本 居民户口簿 idcard citizenid citizen_id"
          + " 01 1";
  private static final String RESIDENCE_PERMIT =
      "港澳台居民居住证 港澳居民居住证 台湾居民居住证 港澳台居住证 港澳台居民证 香港居民居住证 澳门居民居住证 台湾居住证 港澳居住证"
          + " residencepermit residence_permit";
  private static final String FOREIGN_PERMANENT_RESIDENCE =
      "外国人永久居留身份证 外国人永久居留证 外国人永久居留 永久居留身份证 永久居留证 外国人永居证 永居证 外国人身份证"
          + " foreignpermanentresidence foreign_permanent_residence";
  private static final String OTHER =
      "其他 其它 其他证件 其它证件 其他有效证件 其它有效证件 其他身份证件 其它身份证件 其他有效身份证件 其他法定有效证件 护照 普通护照"
          + " 外国护照 外国人护照 中国护照 因私护照 港澳居民来往内地通行证 港澳居民往来内地通行证 港澳居民通行证 港澳通行证 回乡证"
          + " 香港特区护照/港澳居民来往内地通行证 澳门特区护照/港澳居民来往内地通行证 香港特区护照 澳门特区护照"
          + " 台湾居民来往大陆通行证 台湾居民往来大陆通行证 台湾居民来往内地通行证 台湾居民通行证 台胞证 港澳台通行证"
          + " 港澳台居民来往内地通行证 港澳台居民通行证 军官证 士兵证 军人证 军人身份证 文职干部证 警官证 武警警官证"
          + " 中国人民解放军军官证 中国人民武装警察警官证 外国人居留证 外国人居留许可 外国人工作许可证 外国人就业证 外国专家证"
          + " 台港澳人员就业证 出生医学证明 passport other 02 03 04 05 06 07 08 09 10 11 12 13 14 15 99 2 3 4 5 6 7 8 9";

  /** A card has no type of its own: its number is the holder's. */
  private static final String UNDECLARED = "社会保障卡 社保卡 电子社保卡 无 90";

  private static final Map<String, Optional<IdType>> TYPES = types();

  private IdTypeWords() {}

  private static Map<String, Optional<IdType>> types() {
    Map<String, Optional<IdType>> types = new HashMap<>();
    put(types, CITIZEN_ID, Optional.of(IdType.CITIZEN_ID));
    put(types, RESIDENCE_PERMIT, Optional.of(IdType.RESIDENCE_PERMIT));
    put(types, FOREIGN_PERMANENT_RESIDENCE, Optional.of(IdType.FOREIGN_PERMANENT_RESIDENCE));
    put(types, OTHER, Optional.of(IdType.OTHER));
    put(types, UNDECLARED, Optional.empty());
    types.put("", Optional.empty());
    return types;
  }

  private static void put(
      Map<String, Optional<IdType>> types, String words, Optional<IdType> type) {
    for (String word : words.split(" ", -1)) {
      types.put(word, type);
    }
  }

  static boolean isKnown(String cell) {
    return TYPES.containsKey(word(cell));
  }

  /** The type of a known word; empty when it leaves the type to the number. */
  static Optional<IdType> typeOf(String cell) {
    return TYPES.getOrDefault(word(cell), Optional.empty());
  }

  private static String word(String cell) {
    String plain = Normalizer.normalize(cell, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    String word = REMARK.matcher(SPACE.matcher(plain).replaceAll("")).replaceAll("");
    return PEOPLES_REPUBLIC.matcher(CODE_BEFORE_WORD.matcher(word).replaceAll("")).replaceAll("");
  }

  /** Names the word, unless it may be a person's number that is in the wrong column. */
  static Text unknown(String cell) {
    String text = cell.strip();
    boolean shown =
        text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS_MAX
            && !LONG_NUMBER.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).find();
    return new Text(
        (shown ? "“" + text + "” is" : "this is")
            + " no id type known here. Accepted: citizen_id (居民身份证), residence_permit"
            + " (港澳台居民居住证), foreign_permanent_residence (外国人永久居留身份证), other (护照,"
            + " 港澳居民来往内地通行证, 台湾居民来往大陆通行证, 其他), the codes 01 to 15, 90 and 99, or nothing",
        (shown ? "“" + text + "”" : "该内容")
            + "不是可识别的证件类型。可填：居民身份证、港澳台居民居住证、外国人永久居留身份证、护照、港澳居民来往内地通行证、"
            + "台湾居民来往大陆通行证、其他，或代码 01 至 15、90、99，也可留空");
  }
}
