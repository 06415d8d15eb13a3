package org.skillvoucher.domain.receipt;

/** Why a receipt is invalid. */
public enum Flaw {
  LENGTH("length", "not 75 to 2122 bytes", "长度不符：应为 75 至 2122 字节"),
  FORMAT("format", "not format 0x01", "格式标识不是 0x01"),
  SUITE("suite", "unknown suite", "签名套件未知"),
  KEY("key", "no trusted certificate of this key was valid at iat", "没有在签发时刻有效的可信证书"),
  NOT_CANONICAL("not_canonical", "the payload is not canonical JSON", "内容不是规范化的 JSON"),
  TYPE("type", "$t does not agree with the suite", "$t 与签名套件不一致"),
  SIGNATURE("sig", "the signature does not fit the payload", "签名与内容不符"),
  RANGE("range", "a number in the signature is out of range", "签名数值超出范围"),
  ACT("act", "unknown act", "行为种类未知"),
  MEMBER(
      "member",
      "a member of the payload is missing, unknown or of a wrong kind",
      "内容的成员缺失、未知或类型有误");

  private final String code;
  private final String english;
  private final String chinese;

  Flaw(String code, String english, String chinese) {
    this.code = code;
    this.english = english;
    this.chinese = chinese;
  }

  /** The code after {@code invalid:}, the same in every verifier. */
  public String code() {
    return code;
  }

  public String english() {
    return english;
  }

  public String chinese() {
    return chinese;
  }
}
