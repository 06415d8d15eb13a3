package org.skillvoucher.gateway.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Why the data of one person or one row are invalid, in both languages. */
public final class FaultTexts {
  private static final Pattern CHARACTER = Pattern.compile("U\\+[0-9A-F]{4,6}");

  private FaultTexts() {}

  /**
   * The text of a fault's code.
   *
   * @param english the domain's reason, used unchanged
   */
  public static Text of(String code, String english) {
    return switch (code) {
      case "id_length" -> new Text(english, "公民身份号码应为 18 位");
      case "id_characters" -> new Text(english, "证件号码含有不允许的字符");
      case "id_region" -> new Text(english, "号码前六位不是有效的县级或市级行政区划");
      case "id_birth_date" -> new Text(english, "号码中的出生日期无效");
      case "id_check_digit" -> new Text(english, "号码末位校验不符");
      case "id_type" -> new Text(english, "证件类型与号码不符");
      case "name_missing" -> new Text(english, "姓名缺失");
      case "name_invalid" -> new Text(english, "姓名过长或含有不允许的字符" + character(english));
      case "name_differs" -> new Text(english, "已登记，但该人员另有不同姓名记录：请核对证件，由主管部门处理");
      case "row_malformed" -> new Text(english, "该行的列与表头不一致");
      case "cell_number" -> new Text(english, "该单元格是数值或日期，位数可能已丢失：请将该列设为文本格式后重新填写");
      case "cell_formula" -> new Text(english, "该单元格是公式：请粘贴为文本值");
      case "cell_other" -> new Text(english, "该单元格是逻辑值或错误值，应为文本");
      case "region" -> new Text(english, "行政区划应为六位数字（GB/T 2260）");
      case "occupation" -> new Text(english, "职业编码格式应为 d-dd-dd-dd");
      case "credit_code_length" -> new Text(english, "统一社会信用代码应为 18 位");
      case "credit_code_characters" -> new Text(english, "统一社会信用代码只含数字和大写字母（不含 I、O、S、V、Z）");
      case "credit_code_region" -> new Text(english, "统一社会信用代码第 3 至 8 位应为行政区划数字");
      case "credit_code_check" ->
          new Text(
              english + "; a code issued so is admitted with the reason in checkOverride",
              "统一社会信用代码校验码不符；确系登记机关如此赋码的，请在 checkOverride 中写明理由");
      case "card_identification_code" -> new Text(english, "卡识别码无效");
      case "cause" -> new Text(english, "应为滞留原因，例如 status_410");
      case "cls" -> new Text(english, "应为路径中的班级、斜线和课次");
      case "device" -> new Text(english, "设备名称应为 1 至 64 个字母、数字或 . _ -");
      case String other -> new Text(english, "取值不符合要求");
    };
  }

  /** The character a reason names. */
  private static String character(String english) {
    Matcher named = CHARACTER.matcher(english);
    return named.find() ? "：" + named.group() : "";
  }

  /** The same number is earlier in the same list. */
  public static Text duplicateNumber(String en, String zh) {
    return new Text("the same number stands " + en, "与" + zh + "的号码重复");
  }
}
